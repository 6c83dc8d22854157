// Holds the devices of one run. Every line of standard input is a command, every line of standard output its answer:
// {"do": "open" | "write" | "look" | "reload" | "close" | "retryNow" | "loadAll" | "report", "id", ...} -> {"ok": true, ...}
import "../interop/js/browser.mjs";
import { createInterface } from "node:readline";

const { Device } = await import(process.argv[2]);
const devices = new Map();

const commands = {
  open: ({ id, options }) => void devices.set(id, new Device(options)),
  write: ({ id, c, body }) => devices.get(id).write(c, body),
  look: ({ id, c }) => devices.get(id).look(c ?? undefined),
  reload: ({ id }) => devices.get(id).reload(),
  close: ({ id }) => {
    devices.get(id).close();
    devices.delete(id);
  },
  retryNow: ({ id }) => devices.get(id).retryNow(),
  loadAll: ({ id, c }) => devices.get(id).loadAll(c),
  report: ({ id }) => ({ report: devices.get(id).report() }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = { ok: true, ...await commands[command.do](command) };
  } catch (error) {
    answer = { ok: false, error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
