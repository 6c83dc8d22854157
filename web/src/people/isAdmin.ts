import type { User } from "../socket/wire";

export function isAdmin(user: User): boolean {
  return user.role === "admin" || user.admin === true;
}
