import { t } from "../i18n/translate";

/** What the server answered instead of what was wanted; `code` is "unreachable" when there was no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Milliseconds to wait before another attempt. */
    readonly after?: number,
  ) {
    super(message);
  }
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One request of the HTTP half of the realtime API. Rejects with an `ApiError`. */
export async function call<T>(method: Method, path: string, body?: object | Blob): Promise<T> {
  const headers: Record<string, string> = method === "GET" ? {} : { "X-Parley": "1" };
  const request: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (body instanceof Blob) {
    headers["Content-Type"] = body.type;
    request.body = body;
  } else if (body) {
    headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  const response = await fetch(path, request).catch(() => undefined);
  if (!response) throw unreachable();
  if (response.status === 204) return undefined as T;
  const text = await response.text().catch(() => undefined);
  if (text === undefined) throw unreachable(); // cut off on the way
  const value = parse(text);
  if (response.ok && value !== undefined) return value as T;
  throw errorFrom(value);
}

/** "?q=a&limit=2" without what is undefined or empty. */
export function query(values: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

function unreachable(): ApiError {
  return new ApiError("unreachable", t("error.unreachable"));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorFrom(value: unknown): ApiError {
  const error = (value as { error?: { code?: unknown; message?: unknown; after?: unknown } } | undefined)?.error;
  if (typeof error?.code !== "string") return new ApiError("unavailable", t("error.unavailable"));
  const after = typeof error.after === "number" ? error.after : undefined;
  return new ApiError(error.code, typeof error.message === "string" ? error.message : "", after);
}
