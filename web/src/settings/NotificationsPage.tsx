import { useState } from "react";
import { useSession } from "../app/session";
import { t } from "../i18n/translate";
import { askPermission, permission, show } from "../notices/desktopNotice";
import { chime } from "../notices/chime";
import { pushSupported, subscribePush, unsubscribePush, usePushState } from "../notices/push";
import { Button } from "../ui/Button";
import { Part } from "../ui/Desk";
import { FormError } from "../ui/FormError";
import { useStore } from "../ui/Store";
import { Switch } from "../ui/Switch";
import { toast } from "../ui/toast";
import { accountApi } from "./accountApi";
import { prefer, preferences } from "./preferences";
import { useWork } from "./useWork";

export function NotificationsPage() {
  const { server } = useSession();
  const chosen = useStore(preferences, (now) => now);
  const [allowed, setAllowed] = useState(permission);
  const desktop = chosen.desktop && allowed === "granted";

  async function setDesktop(on: boolean) {
    const answer = on ? await askPermission() : allowed;
    setAllowed(answer);
    prefer({ desktop: on && answer === "granted" });
  }

  async function test() {
    if (chosen.sound) chime();
    if (desktop) await show({ title: t("notices.testTitle"), body: t("notices.testBody"), tag: "test", path: "/" });
    else if (!chosen.sound) toast(t("notices.allOff"));
  }

  return (
    <>
      <Part title={t("notices.here")} text={t("notices.hereText")}>
        <Switch
          label={t("notices.desktop")}
          hint={allowed === "denied"
            ? t("notices.denied")
            : allowed === "unsupported"
            ? t("notices.unsupported")
            : t("notices.desktopText")}
          value={desktop}
          disabled={allowed === "denied" || allowed === "unsupported"}
          onValue={(on) => void setDesktop(on)}
        />
        <Switch
          label={t("notices.sound")}
          hint={t("notices.soundText")}
          value={chosen.sound}
          onValue={(sound) => prefer({ sound })}
        />
        <div className="part-buttons">
          <Button icon="bell" onClick={() => void test()}>{t("notices.test")}</Button>
        </div>
      </Part>
      {server.push && pushSupported() && <PushPart serverKey={server.push} />}
      <Part title={t("notices.rooms")} text={t("notices.roomsText")} />
    </>
  );
}

/** Messages that arrive while the program is closed, by way of the browser's own push service. */
function PushPart({ serverKey }: { serverKey: string }) {
  const [on, setOn] = usePushState();
  const { busy, problem, setProblem, run } = useWork();

  async function choose(wanted: boolean) {
    await run(async () => {
      const result = wanted ? await subscribePush(serverKey) : await unsubscribePush();
      if (result === "done") setOn(wanted);
      else setProblem(t(result === "denied" ? "notices.denied" : "notices.pushUnreachable"));
    });
  }

  return (
    <Part title={t("notices.push")} text={t("notices.pushText")}>
      <Switch
        label={t("notices.pushHere")}
        value={on === true}
        disabled={on === undefined || busy}
        onValue={(wanted) => void choose(wanted)}
      />
      <FormError text={problem} />
      {on && (
        <div className="part-buttons">
          <Button onClick={() => void run(accountApi.testPush)}>{t("notices.pushTest")}</Button>
        </div>
      )}
    </Part>
  );
}
