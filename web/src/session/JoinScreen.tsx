import { useCallback } from "react";
import { conversationPath, replaceWith } from "../app/route";
import type { Key } from "../i18n/translate";
import { rich, t, textOf } from "../i18n/translate";
import { useAnswer } from "../settings/useAnswer";
import { useWork } from "../settings/useWork";
import type { User } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { FormError } from "../ui/FormError";
import { AccountForm } from "./AccountForm";
import type { InvitationAnswer, NewAccount, ServerState } from "./api";
import { api } from "./api";
import { AuthCard } from "./AuthCard";
import { LinkButton } from "./SignInScreen";

interface JoinScreenProps {
  readonly server: ServerState;
  /** From the link /join/<code>. */
  readonly code: string;
  readonly onDone: (me: User) => void;
  readonly onSignIn: () => void;
}

const reasons: Readonly<Record<string, Key>> = {
  expired: "join.expired",
  used: "join.used",
  revoked: "join.revoked",
};

/** What a link leads to: who invites, into which rooms; a new account, or the one that is signed in. */
export function JoinScreen({ server, code, onDone, onSignIn }: JoinScreenProps) {
  const answer = useAnswer(useCallback(() => api.invitation(code), [code]));
  const invitation = answer.value;
  if (answer.problem) {
    return (
      <AuthCard title={t("join.title", { server: server.name })} text={answer.problem}>
        <Button look="main" wide onClick={answer.reload}>{t("app.retry")}</Button>
      </AuthCard>
    );
  }
  if (!invitation) return <AuthCard title={t("join.title", { server: server.name })} text={t("join.asking")} />;
  if (!invitation.valid) {
    return (
      <AuthCard title={t("join.invalid")} text={textOf(reasons[invitation.reason ?? ""] ?? "join.invalidText")}>
        <Button look="main" wide onClick={onSignIn}>{t(server.me ? "join.toChats" : "join.toSignIn")}</Button>
      </AuthCard>
    );
  }
  if (server.me) return <Accept server={server} code={code} invitation={invitation} me={server.me} />;
  const create = (account: NewAccount) => api.signUp({ ...account, invite: code });
  return (
    <AuthCard
      title={t("join.title", { server: server.name })}
      text={<Inviter invitation={invitation} server={server} />}
      below={rich("join.have", { link: <LinkButton onPress={onSignIn}>{t("signin.action")}</LinkButton> })}
      above={<Rooms invitation={invitation} />}
    >
      <AccountForm action={t("account.create")} create={create} onDone={onDone} />
    </AuthCard>
  );
}

/** Without an invitation, on a server that is open to everybody. */
export function SignUpScreen({ server, onDone, onSignIn }: Omit<JoinScreenProps, "code">) {
  return (
    <AuthCard
      title={t("join.title", { server: server.name })}
      text={t("join.open")}
      below={rich("join.have", { link: <LinkButton onPress={onSignIn}>{t("signin.action")}</LinkButton> })}
    >
      <AccountForm action={t("account.create")} create={api.signUp} onDone={onDone} />
    </AuthCard>
  );
}

interface AcceptProps {
  readonly server: ServerState;
  readonly code: string;
  readonly invitation: InvitationAnswer;
  readonly me: User;
}

/** I have an account here already: the rooms of the link are one press away. */
function Accept({ server, code, invitation, me }: AcceptProps) {
  const { busy, problem, run } = useWork();
  const rooms = invitation.rooms ?? [];
  const accept = () =>
    run(async () => {
      const { convs: [first] } = await api.accept(code);
      replaceWith(first ? conversationPath(first) : "/");
    });
  return (
    <AuthCard
      title={t("join.title", { server: server.name })}
      text={rooms.length > 0 ? <Inviter invitation={invitation} server={server} /> : t("join.member")}
      above={<Rooms invitation={invitation} />}
    >
      <div className="form">
        <p className="join-me">
          <Avatar id={me.u} name={me.name} image={me.avatar} size="s" />
          <span>{rich("join.signedIn", { name: <strong>{me.name}</strong> })}</span>
        </p>
        <FormError text={problem} />
        {rooms.length > 0 && (
          <Button look="main" wide busy={busy} onClick={() => void accept()}>{t("join.accept")}</Button>
        )}
        <Button wide onClick={() => replaceWith("/")}>{t("join.toChats")}</Button>
      </div>
    </AuthCard>
  );
}

function Inviter({ invitation, server }: { invitation: InvitationAnswer; server: ServerState }) {
  return (
    <>
      {invitation.by ? rich("join.by", { by: <strong>{invitation.by}</strong>, server: server.name }) : t("join.open")}
    </>
  );
}

function Rooms({ invitation }: { invitation: InvitationAnswer }) {
  const rooms = invitation.rooms ?? [];
  if (rooms.length === 0) return null;
  return (
    <ul className="join-rooms" aria-label={t("join.rooms")}>
      {rooms.map(({ name, members }) => (
        <li key={name}>
          <Avatar id={name} name={name} room />
          <span className="conv-text">
            <bdi className="conv-name">{name}</bdi>
            <span className="conv-preview">{t("room.members", { n: members })}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
