import { useState } from "react";
import { waitingCount } from "../app/chatState";
import { useChatState, useSession } from "../app/session";
import { errorText } from "../session/errorText";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Choice } from "../ui/Choice";
import { Confirm } from "../ui/Confirm";
import { Dialog } from "../ui/Dialog";
import { useStore } from "../ui/Store";
import { chooseTheme, theme } from "../ui/theme";
import { toast } from "../ui/toast";
import { InvitationSection } from "./InvitationSection";
import { ServerSection } from "./ServerSection";
import "./SettingsDialog.css";

export function SettingsDialog({ serverName, onClose }: { serverName: string; onClose: () => void }) {
  const { signOut } = useSession();
  const me = useChatState((state) => state.me);
  const waiting = useChatState(waitingCount);
  const look = useStore(theme, (now) => now);
  const [asking, setAsking] = useState(false);

  async function leave() {
    try {
      await signOut();
    } catch (error) {
      toast(errorText(error));
    }
  }

  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="settings">
        <div className="settings-me">
          <Avatar id={me.u} name={me.name} size="l" />
          <div>
            <p className="settings-name">
              <bdi>{me.name}</bdi>
            </p>
            <p>@{me.username}{me.admin ? " · Administrator" : ""}</p>
          </div>
        </div>
        <Choice
          legend="Appearance"
          value={look}
          onValue={chooseTheme}
          options={[
            { value: "system", label: "System" },
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
        {me.admin && <ServerSection serverName={serverName} />}
        {me.admin && <InvitationSection />}
        <section className="settings-part">
          {asking
            ? (
              <Confirm
                text={waiting === 1
                  ? "One message has not been sent yet. Sign out and lose it?"
                  : `${waiting} messages have not been sent yet. Sign out and lose them?`}
                action="Sign out"
                onConfirm={() => void leave()}
                onCancel={() => setAsking(false)}
              />
            )
            : (
              <Button icon="leave" wide onClick={() => (waiting > 0 ? setAsking(true) : void leave())}>
                Sign out
              </Button>
            )}
        </section>
      </div>
    </Dialog>
  );
}
