import { call } from "../session/http";

/** Deletes a room with everything in it, for everybody. The server wants its name, so that nobody deletes another one than they mean. */
export function deleteRoom({ c, name }: { readonly c: string; readonly name: string }): Promise<void> {
  return call("DELETE", `/api/conversations/${encodeURIComponent(c)}`, { name });
}
