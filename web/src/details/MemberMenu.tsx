import { conversationPath, goTo } from "../app/route";
import { useChat, useConnection } from "../app/session";
import { t } from "../i18n/translate";
import { refusalSentence } from "../session/errorText";
import type { Answer, Conv, Role, RoomMember } from "../socket/wire";
import type { Place } from "../ui/Popover";
import type { MenuItem } from "../ui/Menu";
import { inGroups, Menu } from "../ui/Menu";
import { toast } from "../ui/toast";

const hour = 3_600_000;
const rank: Readonly<Record<Role, number>> = { owner: 2, moderator: 1, member: 0 };

interface MemberMenuProps {
  readonly conv: Conv;
  readonly member: RoomMember;
  readonly at: Place;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

/** A moderator rules over members, an owner over both; everybody can begin a conversation. */
export function MemberMenu({ conv, member, at, onChanged, onClose }: MemberMenuProps) {
  const chat = useChat();
  const connection = useConnection();
  const { c } = conv;
  const { u, name, role } = member;
  const room = conv.kind === "public" || conv.kind === "private";
  const rules = room && !conv.archived && (conv.role === "owner" || rank[conv.role] > rank[role]) &&
    conv.role !== "member";
  const silent = (member.silenced ?? 0) > Date.now();

  async function talk() {
    const answer = await connection.request("dm", { u });
    if (!answer.ok) {
      toast(refusalSentence(answer));
      return;
    }
    chat.meet(answer.conv);
    goTo(conversationPath(answer.conv.c));
  }
  async function does(asked: Promise<Answer<"room.kick">>) {
    const answer = await asked;
    if (!answer.ok) toast(refusalSentence(answer));
    onChanged();
  }

  const roles: MenuItem[] = rules && conv.role === "owner"
    ? (["owner", "moderator", "member"] as const).map((each) => ({
      label: t(each === "owner" ? "room.owner" : each === "moderator" ? "details.moderator" : "details.member"),
      checked: role === each,
      onSelect: () => void does(connection.request("room.role", { c, u, role: each })),
    }))
    : [];
  const order: MenuItem[] = rules && role !== "owner"
    ? [
      silent
        ? {
          label: t("details.unsilence"),
          icon: "bell",
          onSelect: () => void does(connection.request("room.mute", { c, u, until: 0 })),
        }
        : {
          label: t("details.silence"),
          icon: "bellOff",
          onSelect: () => void does(connection.request("room.mute", { c, u, until: Date.now() + hour })),
        },
      {
        label: t("details.kick"),
        icon: "leave",
        danger: true,
        onSelect: () => void does(connection.request("room.kick", { c, u })),
      },
      {
        label: t("details.ban"),
        icon: "ban",
        danger: true,
        onSelect: () => void does(connection.request("room.ban", { c, u, on: true })),
      },
    ]
    : [];
  return (
    <Menu
      label={t("arrange.of", { name })}
      at={at}
      onClose={onClose}
      items={inGroups([[{ label: t("details.talk"), icon: "chats", onSelect: () => void talk() }], roles, order])}
    />
  );
}
