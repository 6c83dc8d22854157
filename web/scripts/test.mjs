// Unit tests: esbuild turns every src/**/*.test.ts(x) into CommonJS, Node's own runner runs them.
// `node scripts/test.mjs outbox` runs the files whose name contains "outbox"; flags go to node.
import * as esbuild from "esbuild";
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const web = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(web, ".test-out");
const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith("-"));
const flags = args.filter((arg) => arg.startsWith("-"));

function testsUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return testsUnder(path);
    return /\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const tests = testsUnder(join(web, "src")).filter((file) =>
  names.length === 0 || names.some((name) => file.includes(name))
);
if (tests.length === 0) {
  console.error("no test file matches");
  process.exit(1);
}
rmSync(out, { recursive: true, force: true });
await esbuild.build({
  absWorkingDir: web,
  entryPoints: tests,
  outbase: join(web, "src"),
  outdir: out,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node18",
  jsx: "automatic",
  sourcemap: "inline",
  logLevel: "warning",
  external: ["react", "react-dom", "react/*", "react-dom/*"], // React's act() needs a real module.require
});
const built = tests.map((file) => join(out, file.slice(join(web, "src").length).replace(/\.tsx?$/, ".cjs")));
const run = spawnSync(
  process.execPath,
  ["--enable-source-maps", "--test", "--test-reporter=spec", ...flags, ...built],
  {
    cwd: web,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "development", TZ: "Europe/Berlin" },
  },
);
process.exit(run.status ?? 1);
