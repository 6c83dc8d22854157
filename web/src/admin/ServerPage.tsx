import type { FormEvent } from "react";
import { useState } from "react";
import { languages } from "../i18n/languages";
import { t } from "../i18n/translate";
import { useAnswer } from "../settings/useAnswer";
import { useWork } from "../settings/useWork";
import { Button } from "../ui/Button";
import { Choice } from "../ui/Choice";
import { Confirm } from "../ui/Confirm";
import { Part } from "../ui/Desk";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { Select } from "../ui/Select";
import { Switch } from "../ui/Switch";
import { toast } from "../ui/toast";
import { Waiting } from "../ui/Waiting";
import type { ServerSettings } from "./adminApi";
import { adminApi } from "./adminApi";

const mega = 1_000_000;

/** What holds for everybody on this server. */
export function ServerPage() {
  const answer = useAnswer(adminApi.settings);
  return <Waiting answer={answer}>{(settings) => <Form settings={settings} onSaved={answer.setValue} />}</Waiting>;
}

function Form({ settings, onSaved }: { settings: ServerSettings; onSaved: (settings: ServerSettings) => void }) {
  const [name, setName] = useState(settings.name);
  const [upload, setUpload] = useState(String(Math.round((settings.uploadMax ?? 0) / mega)));
  const [edit, setEdit] = useState(String(settings.editMinutes ?? ""));
  const [keep, setKeep] = useState(String(settings.retentionDays ?? ""));
  const [doubted, setDoubted] = useState<Partial<ServerSettings>>();
  const { busy, problem, setProblem, run } = useWork();

  const save = async (change: Partial<ServerSettings>) => {
    onSaved({ ...settings, ...change }); // shown at once, taken back when it is refused
    const saved = await run(async () => onSaved({ ...settings, ...await adminApi.saveSettings(change) }));
    if (saved) toast(t("app.saved"));
    else onSaved(settings);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const numbers = [upload, edit, keep].map((text) => (text.trim() === "" ? null : Number(text)));
    const [uploadMax = null, editMinutes = null, days = null] = numbers;
    const retentionDays = days === 0 ? null : days;
    const wrong =
      numbers.some((value) => value !== null && (!Number.isInteger(value) || value < 0 || value > 100_000)) ||
      (days ?? 0) > 36_500;
    setProblem(wrong ? t("server.badNumber") : name.trim() === "" ? t("setup.nameMissing") : undefined);
    if (wrong || name.trim() === "") return;
    const change = {
      name: name.trim(),
      editMinutes,
      retentionDays,
      ...(uploadMax !== null && { uploadMax: uploadMax * mega }),
    };
    if (retentionDays !== null && retentionDays < (settings.retentionDays ?? Infinity)) setDoubted(change);
    else void save(change);
  };

  return (
    <>
      <Part title={t("server.access")}>
        <Choice
          legend={t("admin.signup", { server: settings.name })}
          value={settings.signup}
          onValue={(signup) => void save({ signup })}
          options={[
            { value: "invite", label: t("admin.signupInvite"), detail: t("admin.signupInviteText") },
            { value: "open", label: t("admin.signupOpen"), detail: t("admin.signupOpenText") },
          ]}
        />
      </Part>
      <Part title={t("admin.server")}>
        <form className="form" onSubmit={submit} noValidate>
          <Field label={t("setup.name")} autoComplete="off" maxLength={64} value={name} onValue={setName} />
          <div className="part-pair">
            <Field
              label={t("server.upload")}
              inputMode="numeric"
              value={upload}
              onValue={setUpload}
              hint={t("server.uploadHint")}
            />
            <Field
              label={t("server.keep")}
              inputMode="numeric"
              value={keep}
              onValue={setKeep}
              hint={t("server.keepHint")}
            />
          </div>
          <Field
            label={t("server.edit")}
            inputMode="numeric"
            value={edit}
            onValue={setEdit}
            hint={t("server.editHint")}
          />
          <FormError text={problem} />
          <div className="part-buttons">
            <Button type="submit" look="main" busy={busy}>{t("app.save")}</Button>
          </div>
        </form>
        {doubted && (
          <Confirm
            text={t("server.keepSure", { n: doubted.retentionDays ?? 0 })}
            action={t("server.keepAction")}
            onConfirm={() => {
              setDoubted(undefined);
              void save(doubted);
            }}
            onCancel={() => setDoubted(undefined)}
          />
        )}
      </Part>
      <Part>
        <Select
          label={t("server.locale")}
          value={settings.locale ?? "en"}
          onValue={(locale) => void save({ locale })}
          options={languages.map(({ tag, name: label }) => ({ value: tag, label }))}
        />
        <Switch
          label={t("server.previews")}
          hint={t("server.previewsText")}
          value={settings.previews ?? false}
          onValue={(previews) => void save({ previews })}
        />
      </Part>
    </>
  );
}
