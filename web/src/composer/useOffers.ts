import { useEffect, useState } from "react";
import { useChatState, useConnection } from "../app/session";
import { emojiTable, findEmoji } from "../emoji/table";
import { language } from "../i18n/language";
import { t } from "../i18n/translate";
import type { Conv } from "../socket/wire";
import type { Trigger } from "./completion";

/** One line of the list above the composer. */
export interface Offer {
  readonly key: string;
  /** What goes into the text. */
  readonly text: string;
  readonly label: string;
  readonly detail: string;
  /** A person has a face, an emoji is its own. */
  readonly sign: string | undefined;
}

const most = 7;
const pause = 120;
const none: readonly Offer[] = [];

interface Nameable {
  readonly u: string;
  readonly username: string;
  readonly name: string;
}

/** People and emoji that fit what is being typed. */
export function useOffers(conv: Conv, trigger: Trigger | undefined): readonly Offer[] {
  const connection = useConnection();
  const me = useChatState((state) => state.me.u);
  const [found, setFound] = useState<{ of: string; offers: readonly Offer[] }>();
  const { c, kind, peer, peers } = conv;
  const of = trigger && `${trigger.kind} ${trigger.typed.toLowerCase()}`;

  useEffect(() => {
    if (!trigger || of === undefined) return undefined;
    let wanted = true;
    const show = (offers: readonly Offer[]) => wanted && setFound({ of, offers });
    if (trigger.kind === "emoji") {
      emojiTable(language.get()).then(
        (table) => show(emojiOffers(findEmoji(table, trigger.typed, most))),
        () => show(none),
      );
      return () => {
        wanted = false;
      };
    }
    const known = [peer, ...(peers ?? [])].filter((person): person is Nameable =>
      person !== null && person !== undefined
    );
    const room = kind === "public" || kind === "private";
    const ask = async () => {
      const q = trigger.typed;
      const answer = room ? await connection.request("room.members", { c, q, limit: 30 }) : undefined;
      const people: readonly Nameable[] = answer?.ok ? answer.members : known;
      show(peopleOffers(people.filter(({ u }) => u !== me), q.toLowerCase(), kind !== "direct" && kind !== "self"));
    };
    const timer = setTimeout(() => void ask(), room ? pause : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
    // `of` says everything that matters about the trigger.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [connection, of, c, kind, peer, peers, me]);

  return trigger && found ? (found.of === of || found.of.startsWith(trigger.kind) ? found.offers : none) : none;
}

function emojiOffers(list: ReturnType<typeof findEmoji>): Offer[] {
  return list.map(({ sign, name, short }) => ({ key: sign, text: sign, label: name, detail: `:${short}:`, sign }));
}

function peopleOffers(people: readonly Nameable[], typed: string, many: boolean): Offer[] {
  const fits = ({ username, name }: Nameable) =>
    username.startsWith(typed) || name.toLowerCase().split(/\s+/).some((word) => word.startsWith(typed));
  const offers = people.filter(fits).slice(0, most).map(({ u, username, name }): Offer => ({
    key: u,
    text: `@${username}`,
    label: name,
    detail: `@${username}`,
    sign: undefined,
  }));
  if (many && "room".startsWith(typed)) {
    offers.push({ key: "room", text: "@room", label: t("composer.everybody"), detail: "@room", sign: "📣" });
  }
  return offers;
}
