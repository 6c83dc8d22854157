import { goTo } from "../app/route";
import { Store } from "../ui/Store";
import { pathOf } from "./pushed";

/** Takes the newer version of the page that is ready; undefined while there is none. */
export const update = new Store<(() => void) | undefined>(undefined);

/** How often a page that stays open asks whether there is a newer version. */
const period = 3_600_000;

/** Registers the service worker. Without one (plain http, an old browser) the page works all the same, but not offline. */
export function startWorker(): void {
  const container = navigator.serviceWorker;
  if (!container || !globalThis.isSecureContext) return;
  container.addEventListener("message", ({ data }) => {
    const path = (data as { go?: unknown } | null)?.go;
    if (typeof path === "string") goTo(pathOf(path));
  });
  // Not before the page has what it needs itself.
  globalThis.addEventListener("load", () => void register(container), { once: true });
}

async function register(container: ServiceWorkerContainer): Promise<void> {
  try {
    const registration = await container.register(trusted("/sw.js"));
    const look = () => {
      const { waiting } = registration;
      if (waiting && container.controller) update.set(() => takeOver(container, waiting));
    };
    look();
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", look);
    });
    setInterval(() => void registration.update().catch(() => undefined), period);
  } catch {
    // A build without one, or a browser that refuses.
  }
}

function takeOver(container: ServiceWorkerContainer, waiting: ServiceWorker): void {
  container.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take over", []);
}

interface Policy {
  createScriptURL(url: string): string;
}

/** The page may load scripts from addresses only that a policy has made (`require-trusted-types-for`). */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  };
  return trustedTypes?.createPolicy("worker", { createScriptURL: (path) => path }).createScriptURL(url) ?? url;
}
