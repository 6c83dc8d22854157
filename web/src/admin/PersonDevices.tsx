import { useCallback } from "react";
import { t } from "../i18n/translate";
import { DeviceRow } from "../settings/DeviceRow";
import { useAnswer } from "../settings/useAnswer";
import { useWork } from "../settings/useWork";
import { Button } from "../ui/Button";
import { FormError } from "../ui/FormError";
import { Waiting } from "../ui/Waiting";
import { adminApi } from "./adminApi";

/** Where somebody is signed in, and the end of it. */
export function PersonDevices({ u, onBack }: { u: string; onBack: () => void }) {
  const answer = useAnswer(useCallback(() => adminApi.devices(u), [u]));
  const { busy, problem, run } = useWork();
  const end = async (what: () => Promise<void>) => {
    await run(what);
    answer.reload();
  };
  return (
    <>
      <Waiting answer={answer}>
        {({ sessions }) => (
          <>
            {sessions.length === 0 && <p className="list-none">{t("people.noDevices")}</p>}
            <ul className="rows rows-dense">
              {sessions.map((device) => (
                <li key={device.id}>
                  <DeviceRow
                    device={{ ...device, current: false }}
                    busy={busy}
                    onEnd={() => void end(() => adminApi.endDevice(u, device.id))}
                  />
                </li>
              ))}
            </ul>
            <FormError text={problem} />
            <div className="part-buttons">
              <Button onClick={onBack}>{t("app.back")}</Button>
              {sessions.length > 0 && (
                <Button
                  look="danger"
                  busy={busy}
                  onClick={() => void end(() => adminApi.endDevices(u))}
                >
                  {t("people.endDevices")}
                </Button>
              )}
            </div>
          </>
        )}
      </Waiting>
    </>
  );
}
