import type { FormEvent, ReactNode } from "react";
import { useState } from "react";
import { useChat, useChatState } from "../app/session";
import { rich, t } from "../i18n/translate";
import type { Me } from "../session/api";
import { Button } from "../ui/Button";
import { CopyBox } from "../ui/CopyBox";
import { Part } from "../ui/Desk";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { Icon } from "../ui/Icon";
import { QrCode } from "../ui/QrCode";
import { accountApi } from "./accountApi";
import { RecoveryCodes } from "./RecoveryCodes";
import { useWork } from "./useWork";

type Step =
  | { readonly at: "start" | "ending" | "renewing" | "asking" }
  | { readonly at: "scan"; readonly secret: string; readonly uri: string }
  | { readonly at: "codes"; readonly codes: readonly string[] };

/** A second factor: begun with the password, confirmed with a first code, with recovery codes for the day the phone is gone. */
export function TotpPage() {
  const chat = useChat();
  const on = useChatState((state) => (state.me as Me).totp === true);
  const [step, setStep] = useState<Step>({ at: "start" });
  const work = useWork();
  const go = (next: Step) => {
    work.setProblem(undefined);
    setStep(next);
  };

  if (step.at === "codes") return <RecoveryCodes codes={step.codes} onDone={() => go({ at: "start" })} />;
  if (step.at === "scan") {
    const confirm = async (code: string) => {
      await work.run(async () => {
        const { recovery } = await accountApi.confirmTotp(code);
        chat.updateMe({ totp: true });
        go({ at: "codes", codes: recovery });
      });
    };
    return (
      <Scan
        secret={step.secret}
        uri={step.uri}
        work={work}
        onCode={confirm}
        onCancel={() => go({ at: "start" })}
      />
    );
  }
  if (step.at === "asking") {
    return (
      <Proof
        text={t("totp.proveText")}
        action={t("totp.continue")}
        withCode={false}
        work={work}
        onCancel={() => go({ at: "start" })}
        onProof={(password) => work.run(async () => go({ at: "scan", ...await accountApi.beginTotp(password) }))}
      />
    );
  }
  if (step.at === "ending") {
    return (
      <Proof
        text={t("totp.endText")}
        action={t("totp.end")}
        danger
        withCode
        work={work}
        onCancel={() => go({ at: "start" })}
        onProof={(password, code) =>
          work.run(async () => {
            await accountApi.endTotp(password, code);
            chat.updateMe({ totp: false });
            go({ at: "start" });
          })}
      />
    );
  }
  if (step.at === "renewing") {
    return (
      <Proof
        text={t("totp.renewText")}
        action={t("totp.renew")}
        withCode
        work={work}
        onCancel={() => go({ at: "start" })}
        onProof={(password, code) =>
          work.run(async () => go({ at: "codes", codes: (await accountApi.newRecovery(password, code)).recovery }))}
      />
    );
  }
  return (
    <Part text={t("totp.text")}>
      <p className={on ? "state state-good" : "state"}>
        <Icon name="shield" />
        <span>{t(on ? "totp.on" : "totp.off")}</span>
      </p>
      <div className="part-buttons">
        {on
          ? (
            <>
              <Button onClick={() => go({ at: "renewing" })}>{t("totp.renew")}</Button>
              <Button look="danger" onClick={() => go({ at: "ending" })}>{t("totp.end")}</Button>
            </>
          )
          : <Button look="main" icon="shield" onClick={() => go({ at: "asking" })}>{t("totp.begin")}</Button>}
      </div>
    </Part>
  );
}

interface ProofProps {
  readonly text: ReactNode;
  readonly action: string;
  readonly danger?: boolean;
  readonly withCode: boolean;
  readonly work: ReturnType<typeof useWork>;
  readonly onProof: (password: string, code: string) => Promise<unknown>;
  readonly onCancel: () => void;
}

/** The password again, and a code where there is a second factor already. */
function Proof({ text, action, danger = false, withCode, work, onProof, onCancel }: ProofProps) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onProof(password, code.trim());
  };
  return (
    <Part text={text}>
      <form className="form" onSubmit={submit} noValidate>
        <Field
          label={t("account.password")}
          type="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onValue={setPassword}
        />
        {withCode && <CodeField value={code} onValue={setCode} label={t("totp.codeOrRecovery")} />}
        <FormError text={work.problem} />
        <div className="part-buttons">
          <Button type="submit" look={danger ? "danger" : "main"} busy={work.busy}>{action}</Button>
          <Button onClick={onCancel}>{t("app.cancel")}</Button>
        </div>
      </form>
    </Part>
  );
}

interface ScanProps {
  readonly secret: string;
  readonly uri: string;
  readonly work: ReturnType<typeof useWork>;
  readonly onCode: (code: string) => Promise<void>;
  readonly onCancel: () => void;
}

function Scan({ secret, uri, work, onCode, onCancel }: ScanProps) {
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onCode(code.replace(/\s+/g, ""));
  };
  return (
    <Part title={t("totp.scan")} text={t("totp.scanText")}>
      <div className="totp-scan">
        <QrCode text={uri} label={t("totp.qr")} />
        <div className="totp-secret">
          <p>{t("totp.secretText")}</p>
          <CopyBox label={t("totp.secret")} value={secret.replace(/(.{4})(?=.)/g, "$1 ")} />
          <p className="field-hint">{rich("totp.link", { link: <a href={uri}>{t("totp.linkText")}</a> })}</p>
        </div>
      </div>
      <form className="form" onSubmit={submit} noValidate>
        <CodeField value={code} onValue={setCode} label={t("totp.code")} />
        <FormError text={work.problem} />
        <div className="part-buttons">
          <Button type="submit" look="main" busy={work.busy}>{t("totp.confirm")}</Button>
          <Button onClick={onCancel}>{t("app.cancel")}</Button>
        </div>
      </form>
    </Part>
  );
}

function CodeField({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  return (
    <Field
      label={label}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={32}
      value={value}
      onValue={onValue}
    />
  );
}
