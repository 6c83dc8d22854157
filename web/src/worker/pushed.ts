/** What a push tells, after the browser has decrypted it. */
export type Pushed =
  | {
    readonly kind: "notice";
    readonly title: string;
    readonly body: string;
    readonly tag: string;
    readonly path: string;
  }
  | { readonly kind: "read"; readonly tag: string };

/** Reads a push. What cannot be read is still a notice: browsers demand one for every push. */
export function pushedOf(data: unknown): Pushed {
  const fields = typeof data === "object" && data !== null ? data as Record<string, unknown> : {};
  const text = (name: string) => typeof fields[name] === "string" ? fields[name] as string : "";
  const c = text("c");
  if (c && typeof fields["read"] === "number") return { kind: "read", tag: c };
  return {
    kind: "notice",
    title: text("title") || "Parley",
    body: text("body"),
    tag: text("tag") || c || "parley",
    path: pathOf(text("url")),
  };
}

/** Only a path of this server: a push leads nowhere else. */
export function pathOf(url: string): string {
  return /^\/(?![/\\])/.test(url) ? url : "/";
}
