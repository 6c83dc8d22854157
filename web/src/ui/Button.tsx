import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classes } from "./classes";
import type { IconName } from "./Icon";
import { Icon } from "./Icon";
import "./Button.css";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "main" | "plain" | "danger" | "quiet";
  readonly icon?: IconName;
  /** Work is under way: it stays where it is, and does nothing more. */
  readonly busy?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Button(
  { look = "plain", icon, busy = false, wide = false, children, className, onClick, type, ...rest }: ButtonProps,
) {
  return (
    <button
      {...rest}
      type={type === "submit" ? "submit" : "button"}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
      className={classes("button", `button-${look}`, wide && "button-wide", className)}
    >
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  readonly label: string;
}

/** A round button that is only a drawing; its label is for screen readers and for the pointer that rests on it. */
export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type="button" aria-label={label} title={label} className={classes("icon-button", className)}>
      <Icon name={icon} />
    </button>
  );
}
