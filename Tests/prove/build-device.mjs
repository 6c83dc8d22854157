// Bundles the web client's state and connection for Node: node build-device.mjs OUTPUT
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const web = resolve(here, "..", "..", "web");
const esbuild = createRequire(join(web, "package.json"))("esbuild");

await esbuild.build({
  absWorkingDir: web,
  entryPoints: [join(here, "device.ts")],
  outfile: process.argv[2],
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node18",
  alias: { "socket.io-client": join(web, "vendor", "socket.io-client", "socket.io.min.js") },
  logLevel: "warning",
});
