import { memo } from "react";
import { hueOf, initialsOf } from "./initials";
import { classes } from "./classes";
import "./Avatar.css";

interface AvatarProps {
  /** Decides the colour: the same id has the same colour everywhere. */
  readonly id: string;
  readonly name: string;
  /** The picture that the person chose. */
  readonly image?: string | null | undefined;
  readonly size?: "s" | "m" | "l" | "xl";
  /** Rooms are squares, people are circles. */
  readonly room?: boolean;
}

export const Avatar = memo(function Avatar({ id, name, image, size = "m", room = false }: AvatarProps) {
  return (
    <span className={classes("avatar", `avatar-${size}`, `hue-${hueOf(id)}`, room && "avatar-room")} aria-hidden="true">
      {image ? <img src={image} alt="" loading="lazy" decoding="async" /> : initialsOf(name)}
    </span>
  );
});
