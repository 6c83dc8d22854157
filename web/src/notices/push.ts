import { useEffect, useState } from "react";
import { accountApi } from "../settings/accountApi";
import { askPermission } from "./desktopNotice";

const patience = 15_000;

export type PushResult = "done" | "denied" | "unreachable";

export function pushSupported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && globalThis.isSecureContext;
}

/** Whether this browser has a subscription; undefined until it has said so. */
export function usePushState(): [on: boolean | undefined, set: (on: boolean) => void] {
  const [on, setOn] = useState<boolean>();
  useEffect(() => {
    let wanted = true;
    void present().then((subscription) => wanted && setOn(subscription !== undefined));
    return () => {
      wanted = false;
    };
  }, []);
  return [on, setOn];
}

/** Rejects with an `ApiError` when the server does not take it. The browser's push service may simply never answer. */
export async function subscribePush(serverKey: string): Promise<PushResult> {
  if (await askPermission() !== "granted") return "denied";
  const made = (async () => {
    const worker = await navigator.serviceWorker.ready;
    return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(serverKey) });
  })().catch(() => undefined);
  const subscription = await inTime(made);
  if (!subscription) return "unreachable";
  try {
    await accountApi.subscribePush(subscription.toJSON());
  } catch (error) {
    await subscription.unsubscribe().catch(() => undefined);
    throw error;
  }
  return "done";
}

export async function unsubscribePush(): Promise<PushResult> {
  const subscription = await present();
  if (!subscription) return "done";
  await accountApi.unsubscribePush(subscription.endpoint);
  await subscription.unsubscribe().catch(() => undefined);
  return "done";
}

/** For signing out: this browser gets nothing more that is meant for this person. */
export async function forgetPush(): Promise<void> {
  if (pushSupported()) await unsubscribePush().catch(() => undefined);
}

async function present(): Promise<PushSubscription | undefined> {
  const worker = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  return await worker?.pushManager.getSubscription().catch(() => null) ?? undefined;
}

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), patience)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Base64url, as the key comes, to bytes, as the browser wants them. */
export function bytesOf(key: string): Uint8Array {
  const text = atob(key.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(key.length / 4) * 4, "="));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
