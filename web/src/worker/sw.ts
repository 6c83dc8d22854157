/**
 * The service worker: keeps the shell of the page, so that it opens without a connection, and tells of messages that arrive while
 * it is closed. A newer one waits until the person says so: nothing is reloaded by surprise.
 */
import { answerFor } from "./answers";
import { pathOf, pushedOf } from "./pushed";
import type { WorkerScope } from "./scope";

/** Paths of the shell, and a name for their contents; put in by the build. */
declare const SHELL: readonly string[];
declare const VERSION: string;

const scope = self as unknown as WorkerScope;
const cacheName = `shell-${VERSION}`;
const shell = new Set(SHELL);
const page = "/index.html";

scope.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll(SHELL.map((path) => new Request(path, { cache: "no-cache" })));
  };
  event.waitUntil(keep());
});

scope.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== cacheName);
    await Promise.all(names.map((name) => caches.delete(name)));
  };
  event.waitUntil(tidy());
});

scope.addEventListener("message", ({ data }) => {
  if (data === "take over") void scope.skipWaiting();
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const answer = answerFor(request, scope.location.origin, shell);
  if (answer === "network") return;
  const path = answer === "page" ? page : new URL(request.url).pathname;
  const find = async () => {
    const cache = await caches.open(cacheName);
    return await cache.match(path) ?? fetch(request); // the browser may have dropped it
  };
  event.respondWith(find());
});

scope.addEventListener("push", (event) => {
  let data: unknown;
  try {
    data = event.data?.json();
  } catch {
    // Not what our server sends.
  }
  const pushed = pushedOf(data);
  const tell = async () => {
    if (pushed.kind === "read") {
      for (const notice of await scope.registration.getNotifications({ tag: pushed.tag })) notice.close();
      return;
    }
    const { title, body, tag, path } = pushed;
    await scope.registration.showNotification(title, { body, tag, icon: "/icon-192.png", data: { path } });
  };
  event.waitUntil(tell());
});

scope.addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  const path = pathOf(String((notification.data as { path?: unknown } | null)?.path ?? ""));
  const go = async () => {
    const [open] = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (!open) return scope.clients.openWindow(path);
    open.postMessage({ go: path }, []);
    return open.focus();
  };
  event.waitUntil(go());
});
