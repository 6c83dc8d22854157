import type { FormEvent } from "react";
import { useState } from "react";
import { conversationPath, replaceWith } from "../app/route";
import { useChat, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { useWork } from "../settings/useWork";
import { Button } from "../ui/Button";
import { CopyBox } from "../ui/CopyBox";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { QrCode } from "../ui/QrCode";
import { api, ApiError } from "./api";
import { AuthCard } from "./AuthCard";

import { LinkButton } from "./SignInScreen";

/** The third step of the first visit: a room, and a link with which others come into it. */
export function WelcomeScreen() {
  const chat = useChat();
  const connection = useConnection();
  const [name, setName] = useState(() => t("welcome.general"));
  const [made, setMade] = useState<{ readonly c: string; readonly link: string }>();
  const { busy, problem, setProblem, run } = useWork();

  async function create(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") {
      setProblem(t("room.nameMissing"));
      return;
    }
    await run(async () => {
      const answer = await connection.request("room.create", { name: name.trim(), public: true });
      if (!answer.ok) throw new ApiError(answer.code, answer.message, answer.after);
      chat.meet(answer.conv);
      const { url } = await api.invite({ hours: 168, uses: 100, rooms: [answer.conv.c] });
      setMade({ c: answer.conv.c, link: new URL(url, location.origin).href });
    });
  }

  if (made) {
    return (
      <AuthCard title={t("welcome.invite")} text={t("welcome.inviteText")} step={3}>
        <div className="form welcome-link">
          <QrCode text={made.link} label={t("welcome.qr")} />
          <CopyBox label={t("welcome.link")} value={made.link} />
          <Button look="main" wide onClick={() => replaceWith(conversationPath(made.c))}>{t("welcome.start")}</Button>
        </div>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={t("welcome.title")}
      text={t("welcome.text")}
      step={3}
      below={<LinkButton onPress={() => replaceWith("/")}>{t("welcome.skip")}</LinkButton>}
    >
      <form className="form" onSubmit={(event) => void create(event)} noValidate>
        <Field label={t("welcome.room")} autoFocus autoComplete="off" maxLength={80} value={name} onValue={setName} />
        <FormError text={problem} />
        <Button type="submit" look="main" wide busy={busy}>{t("room.create")}</Button>
      </form>
    </AuthCard>
  );
}
