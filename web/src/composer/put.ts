import type { Refusal } from "../socket/wire";

/** Sends bytes, tells how far it is, and never rejects. */
export type Put = (
  address: string,
  body: Blob,
  progress: (part: number) => void,
  stop: AbortSignal,
) => Promise<{ readonly ok: true; readonly value: unknown } | Refusal>;

const unreachable: Refusal = { ok: false, code: "unreachable", message: "The server cannot be reached.", retry: true };

/** XMLHttpRequest, because fetch does not tell how much of a body has left. */
export const putOverHttp: Put = (address, body, progress, stop) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("PUT", address);
    request.setRequestHeader("X-Parley", "1");
    request.setRequestHeader("Content-Type", body.type || "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const value = parse(request.responseText);
      resolve(request.status >= 200 && request.status < 300 ? { ok: true, value } : refusalOf(request.status, value));
    };
    request.onerror = request.ontimeout = request.onabort = () => resolve(unreachable);
    stop.addEventListener("abort", () => request.abort());
    request.send(body);
  });

function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusalOf(status: number, value: unknown): Refusal {
  const error =
    (value as { error?: { code?: unknown; message?: unknown; retryable?: unknown; after?: unknown } } | null)
      ?.error;
  const message = typeof error?.message === "string" ? error.message : "The server did not take the file.";
  const code = typeof error?.code === "string" ? error.code : status === 413 ? "too_large" : "unavailable";
  const retry = error?.retryable === true || (typeof error?.code !== "string" && status >= 500);
  return { ok: false, code, message, retry, ...(typeof error?.after === "number" && { after: error.after }) };
}
