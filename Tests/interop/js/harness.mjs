// Starts interop-server, and opens clients that a test cannot forget to close.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { io } from "./browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const binary = process.env.INTEROP_SERVER ?? join(root, ".build", "release", "interop-server");

/** How a client may travel; "upgrade" begins with polling and moves. */
export const TRAVELS = {
  websocket: ["websocket"],
  polling: ["polling"],
  upgrade: ["polling", "websocket"],
};

/** A running server: `{ url, stop }`. */
export async function startServer({ port = "0", options = [] } = {}) {
  const child = spawn(binary, ["--port", port, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    let seen = "";
    child.on("error", reject);
    child.once("exit", (code) => reject(new Error(`${binary} ended with ${code} before it listened`)));
    child.stdout.on("data", (chunk) => {
      seen += chunk;
      const found = /https?:\/\/[\w.[\]:-]+:\d+/.exec(seen);
      if (found) resolve(found[0]);
    });
  });
  child.removeAllListeners("exit");
  const exited = once(child, "exit");
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await exited;
      if (code !== 0) throw new Error(`the server ended with status ${code}`);
    },
  };
}

/** A connected client, on its final transport; closed when the test `t` ends. */
export async function connect(t, server, { travel = "websocket", namespace = "/", ...options } = {}) {
  const socket = open(t, server, { travel, namespace, ...options });
  await happens(socket, "connect");
  const { engine } = socket.io;
  if (travel === "upgrade" && engine.transport.name !== "websocket") await happens(engine, "upgrade");
  return socket;
}

/** A client that may fail to connect; closed when the test `t` ends. */
export function open(t, server, { travel = "websocket", namespace = "/", ...options } = {}) {
  const socket = io(server.url + namespace, {
    transports: TRAVELS[travel],
    forceNew: true,
    reconnection: false,
    timeout: 20_000,
    ...options,
  });
  t.after(() => socket.io.engine?.close());
  t.after(() => socket.disconnect());
  return socket;
}

/** The arguments of the next `event`; a failure when it does not come in time. */
export function happens(emitter, event, milliseconds = 20_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`"${event}" did not happen`)), milliseconds);
    emitter.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });
}

export const bytes = (value) => [...new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength)];
