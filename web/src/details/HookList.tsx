import { useCallback, useState } from "react";
import { t } from "../i18n/translate";
import type { Hook } from "../rooms/hooksApi";
import { hooksApi } from "../rooms/hooksApi";
import { useAnswer } from "../settings/useAnswer";
import { useWork } from "../settings/useWork";
import type { Conv } from "../socket/wire";
import { Button, IconButton } from "../ui/Button";
import { Confirm } from "../ui/Confirm";
import { FormError } from "../ui/FormError";
import { Icon } from "../ui/Icon";
import { exactTime } from "../ui/time";
import { NewHookDialog } from "./NewHookDialog";

/** The webhooks of a room, for those in charge of it. */
export function HookList({ conv }: { conv: Conv }) {
  const { c } = conv;
  const answer = useAnswer(useCallback(() => hooksApi.list(c), [c]));
  const [making, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<Hook>();
  const { busy, problem, run } = useWork();

  async function remove({ h }: Hook) {
    setLeaving(undefined);
    if (await run(() => hooksApi.remove(c, h))) answer.reload();
  }

  return (
    <section className="details-part" aria-label={t("hooks.title")}>
      <h2>{t("hooks.title")}</h2>
      <p className="field-hint">{t("hooks.text")}</p>
      <ul className="rows">
        {answer.value?.hooks.map((hook) => (
          <li key={hook.h} className="member">
            <span className="row-icon">
              <Icon name={hook.kind === "in" ? "down" : "up"} />
            </span>
            <span className="conv-text">
              <bdi className="conv-name">{hook.name}</bdi>
              <span className="conv-preview">{hook.kind === "in" ? t("hooks.in") : hook.url}</span>
              {hook.last && <span className="conv-preview" title={exactTime(hook.last.at)}>{lastText(hook.last)}</span>}
            </span>
            <IconButton
              icon="bin"
              label={t("hooks.removeNamed", { name: hook.name })}
              disabled={busy}
              onClick={() => setLeaving(hook)}
            />
          </li>
        ))}
      </ul>
      <FormError text={problem ?? answer.problem} />
      {leaving && (
        <Confirm
          text={t("hooks.removeSure", { name: leaving.name })}
          action={t("hooks.remove")}
          onConfirm={() => void remove(leaving)}
          onCancel={() => setLeaving(undefined)}
        />
      )}
      {!conv.archived && (
        <div className="part-buttons">
          <Button icon="plus" onClick={() => setMaking(true)}>{t("hooks.new")}</Button>
        </div>
      )}
      {making && <NewHookDialog c={c} onCreated={answer.reload} onClose={() => setMaking(false)} />}
    </section>
  );
}

function lastText({ status, error }: NonNullable<Hook["last"]>): string {
  return error ?? t("hooks.answered", { status: status ?? 200 });
}
