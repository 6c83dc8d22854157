import { goTo } from "../app/route";

export type Permission = "granted" | "denied" | "default" | "unsupported";

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** A newer notice with the same tag takes the place of the older one. */
  readonly tag: string;
  /** Where a click leads. */
  readonly path: string;
  readonly icon?: string | undefined;
}

export function permission(): Permission {
  return "Notification" in globalThis && globalThis.isSecureContext ? Notification.permission : "unsupported";
}

export async function askPermission(): Promise<Permission> {
  if (permission() !== "default") return permission();
  return await Notification.requestPermission().catch(() => permission());
}

/** Shows a notice of the system. Phones allow it by way of the service worker only. */
export async function show({ title, body, tag, path, icon }: Notice): Promise<void> {
  if (permission() !== "granted") return;
  const options = { body, tag, icon: icon ?? "/icon-192.png", data: { path }, renotify: true };
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  if (worker?.active) {
    await worker.showNotification(title, options);
    return;
  }
  try {
    const notice = new Notification(title, options);
    notice.addEventListener("click", () => {
      globalThis.focus();
      goTo(path);
      notice.close();
    });
  } catch {
    // A browser that wants a service worker for this, and has none on a plain http address.
  }
}
