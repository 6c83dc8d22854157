import type { FormEvent } from "react";
import { useState } from "react";
import { t } from "../i18n/translate";
import type { MadeHook, NewHook } from "../rooms/hooksApi";
import { hooksApi } from "../rooms/hooksApi";
import { useWork } from "../settings/useWork";
import { Button } from "../ui/Button";
import { Choice } from "../ui/Choice";
import { CopyBox } from "../ui/CopyBox";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { Select } from "../ui/Select";

interface Props {
  readonly c: string;
  readonly onCreated: () => void;
  readonly onClose: () => void;
}

/** A new webhook; the address or key that it needs is shown here and never again. */
export function NewHookDialog({ c, onCreated, onClose }: Props) {
  const [kind, setKind] = useState<"in" | "out">("in");
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [match, setMatch] = useState<"all" | "mention" | "word">("all");
  const [word, setWord] = useState("");
  const [made, setMade] = useState<MadeHook>();
  const { busy, problem, setProblem, run } = useWork();

  async function create(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") {
      setProblem(t("account.badName"));
      return;
    }
    const hook: NewHook = kind === "in"
      ? { kind, name: name.trim() }
      : { kind, name: name.trim(), url: url.trim(), match, ...(match === "word" && { word: word.trim() }) };
    if (await run(async () => setMade(await hooksApi.make(c, hook)))) onCreated();
  }

  if (made) {
    const address = made.url !== undefined ? new URL(made.url, location.origin).href : undefined;
    return (
      <Dialog title={name} onClose={onClose} footer={<Button look="main" onClick={onClose}>{t("app.done")}</Button>}>
        <div className="hand-over" role="status">
          <p>{t(address ? "hooks.addressOnce" : "hooks.keyOnce")}</p>
          <CopyBox label={t(address ? "hooks.address" : "hooks.key")} value={address ?? made.secret ?? ""} />
          {address && (
            <pre className="hook-example" aria-label={t("hooks.example")}>
            {`curl -d '{"text":"Hello"}' \\\n  -H 'Content-Type: application/json' \\\n  ${address}`}
            </pre>
          )}
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("hooks.new")}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("app.cancel")}</Button>
          <Button type="submit" form="new-hook" look="main" busy={busy}>{t("hooks.create")}</Button>
        </>
      }
    >
      <form id="new-hook" className="form" onSubmit={(event) => void create(event)} noValidate>
        <Choice
          legend={t("hooks.kind")}
          value={kind}
          onValue={setKind}
          options={[{ value: "in", label: t("hooks.in") }, { value: "out", label: t("hooks.out") }]}
        />
        <Field label={t("room.name")} autoFocus autoComplete="off" maxLength={64} value={name} onValue={setName} />
        {kind === "out" && (
          <>
            <Field
              label={t("hooks.url")}
              type="url"
              inputMode="url"
              autoComplete="off"
              placeholder="https://"
              maxLength={2000}
              value={url}
              onValue={setUrl}
            />
            <Select
              label={t("hooks.match")}
              value={match}
              onValue={(value) => setMatch(value as typeof match)}
              options={[
                { value: "all", label: t("hooks.matchAll") },
                { value: "mention", label: t("hooks.matchMention") },
                { value: "word", label: t("hooks.matchWord") },
              ]}
            />
            {match === "word" && (
              <Field label={t("hooks.word")} autoComplete="off" maxLength={64} value={word} onValue={setWord} />
            )}
          </>
        )}
        <FormError text={problem} />
      </form>
    </Dialog>
  );
}
