// The browser that the official client of Socket.IO v2 needs, on top of Node: an XMLHttpRequest that can hand out an
// ArrayBuffer, which v3 of Engine.IO uses for binary polling, and WebSocket from the `ws` package.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

/** The content types of all polling answers so far. */
export const contentTypes = [];

class BinaryRequest {
  readyState = 0;
  status = 0;
  responseText = "";
  response = null;
  responseType = "";
  #method = "GET";
  #url = "";
  #headers = {};
  #answered = null;
  #aborter = new AbortController();

  open(method, url) {
    this.#method = method;
    this.#url = url;
    this.readyState = 1;
  }

  setRequestHeader(name, value) {
    this.#headers[name] = value;
  }

  getResponseHeader(name) {
    return this.#answered?.get(name) ?? null;
  }

  abort() {
    this.#aborter.abort();
  }

  async send(body) {
    try {
      const response = await fetch(this.#url, {
        method: this.#method,
        headers: this.#headers,
        body: body ?? undefined,
        signal: this.#aborter.signal,
      });
      this.status = response.status;
      this.#answered = response.headers;
      if (this.#method === "GET") contentTypes.push(response.headers.get("content-type"));
      this.readyState = 2;
      this.onreadystatechange?.();
      const data = await response.arrayBuffer();
      if (this.responseType === "arraybuffer") {
        this.response = data;
      } else {
        this.responseText = this.response = new TextDecoder().decode(data);
      }
    } catch (error) {
      if (error.name === "AbortError") return;
      this.status = 0;
    }
    this.readyState = 4;
    this.onreadystatechange?.();
  }
}

globalThis.XMLHttpRequest = BinaryRequest;
globalThis.WebSocket = require("/usr/share/nodejs/ws");

export const io = require(join(root, "build", "socket.io-client-2.0.3.min.js"));
