import type { MouseEvent } from "react";
import { useChatState } from "../app/session";
import { t } from "../i18n/translate";
import { WithPresence } from "../people/PresenceDot";
import { presenceText, usePresence } from "../people/usePresence";
import type { Conv, RoomMember } from "../socket/wire";
import { Avatar } from "../ui/Avatar";
import { IconButton } from "../ui/Button";

interface MemberRowProps {
  readonly conv: Conv;
  readonly member: RoomMember;
  readonly onMenu: (event: MouseEvent<HTMLElement>, member: RoomMember) => void;
}

export function MemberRow({ conv, member, onMenu }: MemberRowProps) {
  const me = useChatState((state) => state.me.u);
  const { u, name, username, avatar, role, silenced } = member;
  const seen = usePresence(u);
  const there = presenceText(seen);
  return (
    <div className="member">
      <WithPresence seen={seen}>
        <Avatar id={u} name={name} image={avatar} size="s" />
      </WithPresence>
      <span className="conv-text">
        <bdi className="conv-name">{name}</bdi>
        <span className="conv-preview">@{username}{there === "" ? "" : ` · ${there}`}</span>
      </span>
      {(silenced ?? 0) > Date.now() && <span className="tag tag-bad">{t("details.silenced")}</span>}
      {conv.kind !== "group" && role === "owner" && <span className="tag tag-good">{t("room.owner")}</span>}
      {conv.kind !== "group" && role === "moderator" && <span className="tag">{t("details.moderator")}</span>}
      {u !== me && (
        <IconButton
          icon="menu"
          label={t("arrange.of", { name })}
          onClick={(event) => onMenu(event, member)}
        />
      )}
    </div>
  );
}
