import type { MouseEvent } from "react";
import { useCallback, useState } from "react";
import { useChat, useSession } from "../app/session";
import { t } from "../i18n/translate";
import type { Conv } from "../socket/wire";
import type { Place } from "../ui/Popover";
import type { MenuItem } from "../ui/Menu";
import { inGroups, Menu } from "../ui/Menu";
import { isQuiet } from "./sections";

const hour = 3_600_000;

/** The menu of a conversation in the list: from the pointer, a long press, or Shift+F10. */
export function useConversationMenu() {
  const [open, setOpen] = useState<{ readonly conv: Conv; readonly at: Place }>();
  const onMenu = useCallback((event: MouseEvent<HTMLElement>, conv: Conv) => {
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    setOpen({ conv, at: byKey ? { x: box.left + 60, y: box.bottom - 12 } : { x: event.clientX, y: event.clientY } });
  }, []);
  const menu = open && <ConversationMenu conv={open.conv} at={open.at} onClose={() => setOpen(undefined)} />;
  return { onMenu, menu };
}

function ConversationMenu({ conv, at, onClose }: { conv: Conv; at: Place; onClose: () => void }) {
  const chat = useChat();
  const { arrangement } = useSession().session;
  const now = Date.now();
  const quiet = isQuiet(conv, now);
  const read: MenuItem[] = conv.unread > 0
    ? [{ label: t("arrange.read"), icon: "check", onSelect: () => chat.sawUpTo(conv.c, conv.seq) }]
    : [];
  const mute: MenuItem[] = quiet && conv.notify !== "none"
    ? [{ label: t("arrange.unmute"), icon: "bell", onSelect: () => void arrangement.mute(conv, 0) }]
    : [
      { label: t("arrange.muteHour"), icon: "bellOff", onSelect: () => void arrangement.mute(conv, now + hour) },
      { label: t("arrange.muteDay"), icon: "bellOff", onSelect: () => void arrangement.mute(conv, now + 24 * hour) },
    ];
  return (
    <Menu
      label={t("arrange.of", { name: conv.name })}
      at={at}
      onClose={onClose}
      items={inGroups([
        [
          ...read,
          {
            label: t(conv.pinned ? "arrange.unpin" : "arrange.pin"),
            icon: "pin",
            onSelect: () => void arrangement.pin(conv, !conv.pinned),
          },
          { label: t("arrange.hide"), icon: "hide", onSelect: () => void arrangement.hide(conv, true) },
        ],
        conv.kind === "self" ? [] : mute,
        conv.kind === "self" ? [] : (["all", "mentions", "none"] as const).map((level) => ({
          label: t(level === "all" ? "arrange.all" : level === "mentions" ? "arrange.mentions" : "arrange.none"),
          checked: (conv.notify ?? "all") === level,
          onSelect: () => void arrangement.level(conv, level),
        })),
      ])}
    />
  );
}
