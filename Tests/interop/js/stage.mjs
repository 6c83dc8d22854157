// A behaviour-server for one test: started with a plan, told what to do, and asked what it saw. Its words: ../README.md.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { io, Manager } from "./browser.mjs";
import { happens } from "./harness.mjs";

export { assert, happens };
export const WebSocket = createRequire(import.meta.url)("/usr/share/nodejs/ws");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const binary = process.env.BEHAVIOUR_SERVER ?? join(root, ".build", "release", "behaviour-server");
const PATIENCE = 10_000;

/** The official engine client's class: the bundle does not name it, but its Manager makes one. */
export const EngineClient = (() => {
  const manager = new Manager("http://127.0.0.1:1", { autoConnect: false, reconnection: false, timeout: false });
  manager.open(() => {});
  const { engine } = manager;
  engine.close();
  return engine.constructor;
})();

/** A server that does what `plan` says, for the time of the test `t`. */
export async function stage(t, plan = {}, { port = 0 } = {}) {
  const server = new Stage(plan, port);
  await server.listening;
  t.after(() => server.stop());
  return server;
}

class Stage {
  lines = [];
  #waiting = [];
  #clients = [];
  #commands = 0;

  constructor(plan, port) {
    this.child = spawn(binary, ["--plan", JSON.stringify(plan), "--port", String(port)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.exited = once(this.child, "exit");
    this.listening = new Promise((resolve, reject) => {
      this.child.on("error", reject);
      this.child.once("exit", (code) => reject(new Error(`${binary} ended with ${code}`)));
      createInterface({ input: this.child.stdout }).on("line", (line) => {
        const found = /^listening on http:\/\/([\w.[\]-]+):(\d+)/.exec(line);
        if (!found) return this.#heard(JSON.parse(line));
        this.port = Number(found[2]);
        this.url = `http://127.0.0.1:${this.port}`;
        resolve();
      });
    });
  }

  #heard(line) {
    this.lines.push(line);
    for (const waiting of [...this.#waiting]) waiting();
  }

  /** The first journal line of this kind that fits, waited for; each line is given once. */
  seen(kind, fit = {}) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = this.lines.find((one) => !one.taken && one.kind === kind && fits(one, fit));
        if (!line) return false;
        line.taken = true;
        this.#waiting = this.#waiting.filter((one) => one !== look);
        clearTimeout(timer);
        resolve(line);
        return true;
      };
      const timer = setTimeout(() => {
        const lines = this.lines.map((line) => JSON.stringify(line)).join("\n");
        reject(new Error(`no "${kind}" with ${JSON.stringify(fit)} in the journal:\n${lines}`));
      }, PATIENCE);
      this.#waiting.push(look);
      look();
    });
  }

  /** The journal until now: a command's result comes after all that the server had done before. */
  async journal() {
    await this.tell({});
    return this.lines.filter((line) => line.kind !== "result");
  }

  /** The journal lines of this kind until now. */
  async all(kind, fit = {}) {
    return (await this.journal()).filter((line) => line.kind === kind && fits(line, fit));
  }

  async #command(command) {
    const id = ++this.#commands;
    this.child.stdin.write(`${JSON.stringify({ id, ...command })}\n`);
    const { value, error } = await this.seen("result", { id });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Lets the server take these steps now, for a socket's id or a namespace; the last one's result. */
  tell(steps, whose = {}) {
    return this.#command({ steps: [steps].flat(), ...whose });
  }

  /** Lets a bare engine session take these steps. */
  tellSession(session, steps) {
    return this.#command({ session, engine: [steps].flat() });
  }

  /** The official client, not connected yet; it shares no connection unless `forceNew: false`. */
  client(namespace = "/", options = {}) {
    const socket = io(this.url + namespace, { forceNew: true, reconnection: false, ...options });
    this.#clients.push(() => {
      socket.disconnect();
      socket.io.engine?.close();
    });
    return socket;
  }

  async connected(namespace, options) {
    const socket = this.client(namespace, options);
    await happens(socket, "connect");
    return socket;
  }

  /** The official engine client, for the bare Engine.IO under /engine.io/. */
  engine(options = {}, query = "") {
    const socket = new EngineClient(this.url + query, { path: "/engine.io/", ...options });
    this.#clients.push(() => socket.close());
    return socket;
  }

  /** One HTTP request on a connection of its own. */
  request(method, path, { headers = {}, body } = {}) {
    return request(this.port, method, path, { headers, body });
  }

  engineURL(query = {}) {
    return `/engine.io/?${new URLSearchParams({ EIO: 4, ...query })}`;
  }

  /** A raw WebSocket to the bare Engine.IO; its failures are events for whom they concern. */
  webSocket(query = {}, options = {}) {
    const url = `ws://127.0.0.1:${this.port}${this.engineURL({ transport: "websocket", ...query })}`;
    const socket = new WebSocket(url, options);
    socket.on("error", () => {});
    this.#clients.push(() => socket.terminate());
    return socket;
  }

  /** Whatever a test did to it, the server is still there and ends in good order. */
  async stop() {
    for (const close of this.#clients) close();
    await this.end();
  }

  /** Ends the server alone: its clients find out. */
  async end() {
    if (this.child.exitCode === 0) return;
    assert.equal(this.child.exitCode, null, `the server died with status ${this.child.exitCode}`);
    assert.equal(this.child.signalCode, null, `the server died of ${this.child.signalCode}`);
    this.child.kill("SIGTERM");
    const [code] = await this.exited;
    assert.equal(code, 0, `the server ended with status ${code}`);
  }
}

function fits(line, fit) {
  return Object.entries(fit).every(([key, value]) => value !== undefined && JSON.stringify(line[key]) === JSON.stringify(value));
}

export function request(port, method, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const chunks = [];
      response.on("error", reject);
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        resolve({ status: response.statusCode, headers: response.headers, bytes, text: bytes.toString() });
      });
    });
    sent.on("error", reject);
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.alloc(0), text: "" });
    });
    sent.end(body);
  });
}

/** Long-polling by hand. */
export class Polling {
  constructor(server, path = "/socket.io/") {
    this.server = server;
    this.base = `${path}?EIO=4&transport=polling`;
  }

  async open(headers = {}) {
    this.answer = await this.server.request("GET", this.base, { headers });
    assert.equal(this.answer.status, 200, this.answer.text);
    this.handshake = JSON.parse(this.answer.text.split("\x1e")[0].slice(1));
    this.sid = this.handshake.sid;
    return this;
  }

  get path() {
    return `${this.base}&sid=${this.sid}`;
  }

  poll(headers = {}) {
    return this.server.request("GET", this.path, { headers });
  }

  async push(body, headers = {}) {
    const answer = await this.server.request("POST", this.path, { headers: { "content-type": "text/plain", ...headers }, body });
    assert.equal(answer.text, "ok");
    return answer;
  }
}

/** The arguments of every `event` from now on, for what must not happen; see {@link settled}. */
export function calls(emitter, event) {
  const all = [];
  emitter.on(event, (...args) => all.push(args));
  return all;
}

/** When this returns, all that the server had sent to these clients has arrived. */
export async function settled(...sockets) {
  await Promise.all(sockets.map((socket) => socket.timeout(PATIENCE).emitWithAck("sync")));
}

/** Arguments of a journal line with their binary data as arrays of bytes. */
export function values(value) {
  if (Array.isArray(value)) return value.map(values);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.$bytes === "string") return new Uint8Array(Buffer.from(value.$bytes, "base64"));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, values(inner)]));
}

/** Binary data as a plan's argument. */
export function asBytes(data) {
  return { $bytes: Buffer.from(data).toString("base64") };
}
