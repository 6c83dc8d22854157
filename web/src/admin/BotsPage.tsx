import { useState } from "react";
import { t } from "../i18n/translate";
import { useAnswer } from "../settings/useAnswer";
import { useWork } from "../settings/useWork";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Confirm } from "../ui/Confirm";
import { CopyBox } from "../ui/CopyBox";
import { Part } from "../ui/Desk";
import { FormError } from "../ui/FormError";
import { exactTime } from "../ui/time";
import { Waiting } from "../ui/Waiting";
import type { Bot } from "./adminApi";
import { adminApi } from "./adminApi";
import { NewBotDialog } from "./NewBotDialog";

/** Accounts of programs. A token is shown once, when it is made. */
export function BotsPage() {
  const answer = useAnswer(adminApi.bots);
  const [making, setMaking] = useState(false);
  return (
    <Part title={t("bots.title")} text={t("bots.text")}>
      <div className="part-buttons">
        <Button look="main" icon="plus" onClick={() => setMaking(true)}>{t("bots.new")}</Button>
      </div>
      <Waiting answer={answer}>
        {({ bots }) => (
          bots.length === 0 ? <p className="list-none">{t("bots.none")}</p> : (
            <ul className="rows">
              {bots.map((bot) => (
                <li key={bot.user.u}>
                  <BotRow bot={bot} onChanged={answer.reload} />
                </li>
              ))}
            </ul>
          )
        )}
      </Waiting>
      {making && <NewBotDialog onCreated={answer.reload} onClose={() => setMaking(false)} />}
    </Part>
  );
}

function BotRow({ bot, onChanged }: { bot: Bot; onChanged: () => void }) {
  const { user, by, seen, rooms } = bot;
  const { busy, problem, run } = useWork();
  const [token, setToken] = useState<string>();
  const [asking, setAsking] = useState<"token" | "off">();
  const off = user.state === "deactivated";

  async function renew() {
    setAsking(undefined);
    await run(async () => setToken((await adminApi.renewToken(user.u)).token));
  }
  async function change(state: "active" | "deactivated") {
    setAsking(undefined);
    const done = await run(async () => void await adminApi.changeBot(user.u, { state }));
    if (done) onChanged();
  }

  return (
    <div className="row-line">
      <Avatar id={user.u} name={user.name} image={user.avatar} size="s" />
      <div className="row-text">
        <p className="row-title">
          <bdi>{user.name}</bdi>
          {off && <span className="tag">{t("bots.off")}</span>}
        </p>
        <p className="row-detail">
          <span>@{user.username}</span>
          <span>{t("bots.rooms", { n: rooms })}</span>
          {by && <span>{t("admin.by", { name: by.name })}</span>}
          <span>{seen ? t("bots.seen", { time: exactTime(seen) }) : t("bots.neverSeen")}</span>
        </p>
      </div>
      {off ? <Button busy={busy} onClick={() => void change("active")}>{t("bots.turnOn")}</Button> : (
        <>
          <Button icon="key" busy={busy} onClick={() => setAsking("token")}>{t("bots.newToken")}</Button>
          <Button look="danger" busy={busy} onClick={() => setAsking("off")}>{t("bots.turnOff")}</Button>
        </>
      )}
      <FormError text={problem} />
      {asking && (
        <Confirm
          text={t(asking === "token" ? "bots.newTokenSure" : "bots.turnOffSure", { name: user.name })}
          action={t(asking === "token" ? "bots.newToken" : "bots.turnOff")}
          onConfirm={() => void (asking === "token" ? renew() : change("deactivated"))}
          onCancel={() => setAsking(undefined)}
        />
      )}
      {token && (
        <div className="hand-over" role="status">
          <p>{t("bots.once")}</p>
          <CopyBox label={t("bots.token")} value={token} />
        </div>
      )}
    </div>
  );
}
