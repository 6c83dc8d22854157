// The parts of a browser that the official client's browser build needs, on top of Node: XMLHttpRequest and FileReader for
// long-polling, WebSocket from the `ws` package. With them it runs the same code as in a page.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

class FetchRequest {
  readyState = 0;
  status = 0;
  responseText = "";
  response = null;
  withCredentials = false;
  #method = "GET";
  #url = "";
  #headers = {};
  #responseHeaders = null;
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
    return this.#responseHeaders?.get(name) ?? null;
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
      this.#responseHeaders = response.headers;
      this.responseText = this.response = await response.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.status = 0;
    }
    this.readyState = 4;
    this.onreadystatechange?.();
  }
}

class BlobReader {
  result = null;

  async readAsDataURL(blob) {
    const bytes = Buffer.from(await blob.arrayBuffer());
    this.result = `data:application/octet-stream;base64,${bytes.toString("base64")}`;
    this.onload?.();
  }
}

globalThis.XMLHttpRequest = FetchRequest;
globalThis.FileReader = BlobReader;
globalThis.WebSocket = require("/usr/share/nodejs/ws");

export const { io, Manager } = require(join(root, "web", "vendor", "socket.io-client", "socket.io.min.js"));
