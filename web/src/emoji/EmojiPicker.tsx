import type { KeyboardEvent } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import { language } from "../i18n/language";
import { t } from "../i18n/translate";
import { Popover } from "../ui/Popover";
import { SearchField } from "../ui/SearchField";
import { useStore } from "../ui/Store";
import { recentEmoji, usedEmoji } from "./recentEmoji";
import type { EmojiGroup } from "./table";
import { emojiTable, findEmoji } from "./table";
import "./EmojiPicker.css";

interface EmojiPickerProps {
  readonly at: { readonly x: number; readonly y: number };
  readonly onPick: (emoji: string) => void;
  readonly onClose: () => void;
}

const perRow = 8;

/** Every emoji: what was used last first, found by name, picked with the pointer or the arrow keys. */
export function EmojiPicker({ at, onPick, onClose }: EmojiPickerProps) {
  const groups = useTable();
  const [typed, setTyped] = useState("");
  const grid = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => sectionsOf(groups, typed), [groups, typed]);

  const pick = (sign: string) => {
    usedEmoji(sign);
    onClose();
    onPick(sign);
  };

  function onKey(event: KeyboardEvent) {
    const cells = [...(grid.current?.querySelectorAll<HTMLElement>("[data-sign]") ?? [])];
    const now = cells.indexOf(document.activeElement as HTMLElement);
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const by = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: perRow, ArrowUp: -perRow }[event.key];
    if (by === undefined || (now < 0 && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const to = now < 0 ? 0 : now + by;
    if (to < 0) grid.current?.parentElement?.querySelector("input")?.focus();
    else cells[Math.min(to, cells.length - 1)]?.focus();
  }

  return (
    <Popover label={t("emoji.pick")} at={at} className="emoji-popover" onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the arrow keys lead from the field to the grid */}
      <div className="emoji-picker" onKeyDown={onKey}>
        <SearchField
          label={t("emoji.search")}
          value={typed}
          onValue={setTyped}
          onEnter={() => {
            const [first] = shown[0]?.list ?? [];
            if (first) pick(first.sign);
          }}
        />
        <div ref={grid} className="emoji-grid scroll" aria-busy={groups === undefined}>
          {shown.map(({ name, list }) => (
            <section key={name} aria-label={name}>
              <h3>{name}</h3>
              <div className="emoji-cells">
                {list.map(({ sign, name: title }) => (
                  <button
                    key={sign}
                    type="button"
                    data-sign={sign}
                    aria-label={title}
                    title={title}
                    onClick={() => pick(sign)}
                  >
                    {sign}
                  </button>
                ))}
              </div>
            </section>
          ))}
          {groups && shown.length === 0 && <p className="list-none">{t("app.notfound")}</p>}
        </div>
      </div>
    </Popover>
  );
}

interface Section {
  readonly name: string;
  readonly list: readonly { readonly sign: string; readonly name: string }[];
}

function sectionsOf(groups: readonly EmojiGroup[] | undefined, typed: string): readonly Section[] {
  if (groups && typed.trim() !== "") {
    const list = findEmoji(groups, typed, 80);
    return list.length > 0 ? [{ name: t("emoji.found"), list }] : [];
  }
  const names = new Map(groups?.flatMap(({ list }) => list.map(({ sign, name }) => [sign, name] as const)));
  const recent = recentEmoji().map((sign) => ({ sign, name: names.get(sign) ?? sign }));
  return [
    { name: t("emoji.recent"), list: recent },
    ...(groups ?? []).map(({ list }, i) => ({ name: t(titles[i] ?? "emoji.symbols"), list })),
  ];
}

/** In the order of the table. */
const titles = [
  "emoji.smileys",
  "emoji.people",
  "emoji.animals",
  "emoji.food",
  "emoji.travel",
  "emoji.activities",
  "emoji.objects",
  "emoji.symbols",
  "emoji.flags",
] as const;

function useTable(): readonly EmojiGroup[] | undefined {
  const now = useStore(language, (value) => value);
  const [groups, setGroups] = useState<readonly EmojiGroup[]>();
  useEffect(() => {
    let wanted = true;
    emojiTable(now).then((table) => wanted && setGroups(table), () => wanted && setGroups([]));
    return () => {
      wanted = false;
    };
  }, [now]);
  return groups;
}
