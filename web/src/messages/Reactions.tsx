import { t } from "../i18n/translate";
import type { Msg, Reaction } from "../socket/wire";
import { classes } from "../ui/classes";
import { Icon } from "../ui/Icon";
import { placeOf, useMessageActions } from "./actions";
import { useNames } from "./useNames";

interface ReactionsProps {
  readonly msg: Msg;
  readonly list: readonly Reaction[];
  readonly me: string;
}

/** The reactions under a message. A press adds mine or takes it back. */
export function Reactions({ msg, list, me }: ReactionsProps) {
  const actions = useMessageActions();
  const nameOf = useNames(msg.c);
  return (
    <div className="reactions" role="group" aria-label={t("msg.reactions")}>
      {list.map(([emoji, n, who]) => {
        const mine = who.includes(me);
        const names = who.map((u) => (u === me ? t("messages.you") : nameOf(u))).filter((name) => name !== undefined);
        const more = n - names.length;
        const title = more > 0 && names.length > 0
          ? t("msg.andMore", { names: names.join(", "), n: more })
          : names.join(", ");
        return (
          <button
            key={emoji}
            type="button"
            className={classes("reaction", mine && "reaction-mine")}
            aria-pressed={mine}
            aria-label={t("msg.reaction", { emoji, n })}
            title={title || undefined}
            onClick={() => actions.react(msg, emoji)}
          >
            <span className="reaction-sign">{emoji}</span>
            <span className="reaction-count">{n}</span>
          </button>
        );
      })}
      <button
        type="button"
        className="reaction reaction-add"
        aria-label={t("msg.react")}
        title={t("msg.react")}
        onClick={(event) => actions.pickReaction(msg, placeOf(event.currentTarget))}
      >
        <Icon name="smile" size={16} />
      </button>
    </div>
  );
}
