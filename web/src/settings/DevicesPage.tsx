import { useState } from "react";
import { t } from "../i18n/translate";
import { Button } from "../ui/Button";
import { Confirm } from "../ui/Confirm";
import { Part } from "../ui/Desk";
import { FormError } from "../ui/FormError";
import { toast } from "../ui/toast";
import { Waiting } from "../ui/Waiting";
import { accountApi } from "./accountApi";
import { DeviceRow } from "./DeviceRow";
import { useAnswer } from "./useAnswer";
import { useWork } from "./useWork";

/** Where I am signed in, and the end of it. */
export function DevicesPage() {
  const answer = useAnswer(accountApi.devices);
  const { busy, problem, run } = useWork();
  const [asking, setAsking] = useState(false);

  async function end(id: string) {
    await run(() => accountApi.endDevice(id));
    answer.reload();
  }

  async function endOthers() {
    setAsking(false);
    if (await run(accountApi.endOthers)) toast(t("devices.othersEnded"));
    answer.reload();
  }

  return (
    <Part text={t("devices.text")}>
      <Waiting answer={answer}>
        {({ sessions }) => (
          <>
            <ul className="rows">
              {[...sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.seen - a.seen).map((device) => (
                <li key={device.id}>
                  <DeviceRow
                    device={device}
                    busy={busy}
                    onEnd={() => void end(device.id)}
                  />
                </li>
              ))}
            </ul>
            <FormError text={problem} />
            {sessions.length > 1 && !asking && (
              <div className="part-buttons">
                <Button
                  look="danger"
                  icon="leave"
                  onClick={() => setAsking(true)}
                >
                  {t("devices.endOthers")}
                </Button>
              </div>
            )}
            {asking && (
              <Confirm
                text={t("devices.endOthersText")}
                action={t("devices.endOthers")}
                onConfirm={() => void endOthers()}
                onCancel={() => setAsking(false)}
              />
            )}
          </>
        )}
      </Waiting>
    </Part>
  );
}
