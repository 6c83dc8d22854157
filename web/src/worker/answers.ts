/** What the service worker does with a request. */
export type Answer = "page" | "shell" | "network";

/**
 * The page itself is answered from the cache, whatever its path; so are the files that belong to it. Everything else is the
 * server's: what it says is private, and never kept.
 */
export function answerFor(
  request: { method: string; mode: string; url: string },
  origin: string,
  shell: ReadonlySet<string>,
): Answer {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== origin) return "network";
  if (request.mode === "navigate") return isOfServer(url.pathname) ? "network" : "page";
  return shell.has(url.pathname) ? "shell" : "network";
}

/** Addresses that are no screens of the page. */
function isOfServer(path: string): boolean {
  return /^\/(api|files|hooks|health|metrics|socket\.io)(\/|$)/.test(path) || /\.[a-z0-9]+$/i.test(path);
}
