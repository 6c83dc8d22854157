import type { Conv, Msg, User } from "../src/socket/wire";

export const me: User = { u: "usr_me", username: "me", name: "Mia" };
export const c = "cnv_a";

export function conv(part: Partial<Conv> = {}): Conv {
  return {
    c,
    kind: "direct",
    name: "Ada",
    role: "member",
    members: 2,
    seq: 0,
    rev: 0,
    read: 0,
    got: 0,
    unread: 0,
    ...part,
  };
}

export function msg(seq: number, part: Partial<Msg> = {}): Msg {
  const where = part.c ?? c;
  return {
    c: where,
    seq,
    id: `${where}/${seq}`,
    from: "usr_ada",
    name: "Ada",
    ts: 1_000 * seq,
    body: `m${seq}`,
    kind: "text",
    ...part,
  };
}

/** Messages from...to, both included. */
export function msgs(from: number, to: number): Msg[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => msg(from + i));
}
