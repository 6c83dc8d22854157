import type { ChangeEvent, FormEvent } from "react";
import { useRef, useState } from "react";
import { useChat, useChatState } from "../app/session";
import { t } from "../i18n/translate";
import type { Me } from "../session/api";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Part } from "../ui/Desk";
import { Field } from "../ui/Field";
import { FormError } from "../ui/FormError";
import { toast } from "../ui/toast";
import { accountApi, meIn } from "./accountApi";
import { squareImage } from "./squareImage";
import { useWork } from "./useWork";

/** How others see me. */
export function ProfilePage() {
  return (
    <>
      <Picture />
      <Names />
    </>
  );
}

function Picture() {
  const chat = useChat();
  const me = useChatState((state) => state.me);
  const { busy, problem, setProblem, run } = useWork();
  const input = useRef<HTMLInputElement>(null);

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    event.target.value = ""; // the same file may be chosen again
    if (!file) return;
    const image = await squareImage(file);
    if (!image) {
      setProblem(t("profile.notImage"));
      return;
    }
    await run(async () => {
      const answer = meIn(await accountApi.putAvatar(image));
      if (answer) chat.updateMe(answer);
    });
  }

  async function remove() {
    await run(async () => {
      await accountApi.dropAvatar();
      chat.updateMe({ avatar: undefined });
    });
  }

  return (
    <Part title={t("profile.picture")}>
      <div className="picture">
        <Avatar id={me.u} name={me.name} image={me.avatar} size="xl" />
        <div className="part-buttons">
          <Button icon="person" busy={busy} onClick={() => input.current?.click()}>{t("profile.choosePicture")}</Button>
          {me.avatar && (
            <Button look="danger" busy={busy} onClick={() => void remove()}>{t("profile.removePicture")}</Button>
          )}
        </div>
        <input
          ref={input}
          type="file"
          accept="image/*"
          hidden
          aria-label={t("profile.picture")}
          onChange={(event) => void choose(event)}
        />
      </div>
      <p className="field-hint">{t("profile.pictureHint")}</p>
      <FormError text={problem} />
    </Part>
  );
}

function Names() {
  const chat = useChat();
  const me = useChatState((state) => state.me) as Me;
  const [name, setName] = useState(me.name);
  const [status, setStatus] = useState(me.status ?? "");
  const { busy, problem, setProblem, run } = useWork();
  const same = name.trim() === me.name && status.trim() === (me.status ?? "");

  async function save(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "") {
      setProblem(t("account.badName"));
      return;
    }
    const change = { name: name.trim(), status: status.trim() };
    const done = await run(async () => {
      chat.updateMe(meIn(await accountApi.change(change)) ?? change);
    });
    if (done) toast(t("app.saved"));
  }

  return (
    <Part title={t("profile.names")}>
      <form className="form" onSubmit={(event) => void save(event)} noValidate>
        <Field
          label={t("account.name")}
          autoComplete="name"
          maxLength={64}
          value={name}
          onValue={setName}
          hint={t("account.nameHint")}
        />
        <Field
          label={t("profile.status")}
          autoComplete="off"
          maxLength={100}
          value={status}
          onValue={setStatus}
          placeholder={t("profile.statusExample")}
        />
        <p className="field-hint">{t("profile.username", { name: me.username })}</p>
        <FormError text={problem} />
        <div className="part-buttons">
          <Button type="submit" look="main" busy={busy} aria-disabled={same}>{t("app.save")}</Button>
        </div>
      </form>
    </Part>
  );
}
