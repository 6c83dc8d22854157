// Fills web/node_modules from Debian's node-* packages, for machines without the npm registry.
// It follows package.json as npm would: same names, same imports, so every other script is the same after `npm ci`.
// Copies, because a symlink into /usr/share/nodejs resolves to a place from where "react" cannot be found.
// Quiet when the tree is already right; a tree made by npm is left alone.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const web = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(web, "node_modules");
const record = join(modules, ".debian.json");
const triplet = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch];
const roots = [join(web, "vendor"), "/usr/share/nodejs", `/usr/lib/${triplet}/nodejs`, "/usr/lib/nodejs"];
const unused = new Set(["loose-envify", "@types/node"]); // the first is for browserify only, the second is not packaged
const selfContained = new Set(["typescript"]); // 70 MB, has no dependencies: a link will do

const json = (file) => JSON.parse(readFileSync(file, "utf8"));
const place = (name) => roots.map((root) => join(root, name)).find((dir) => existsSync(join(dir, "package.json")));

function plan() {
  const { dependencies = {}, devDependencies = {} } = json(join(web, "package.json"));
  const wanted = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
  const found = new Map();
  const missing = [];
  for (let i = 0; i < wanted.length; i++) {
    const name = wanted[i];
    if (found.has(name) || unused.has(name)) continue;
    const dir = place(name);
    if (!dir) {
      missing.push(name);
      continue;
    }
    const manifest = json(join(dir, "package.json"));
    found.set(name, { dir, version: manifest.version, bin: manifest.bin });
    wanted.push(...Object.keys(manifest.dependencies ?? {}));
    if (name === "esbuild") wanted.push(`@esbuild/linux-${process.arch}`);
    if (place(`@types/${name}`)) wanted.push(`@types/${name}`);
  }
  return { found, missing };
}

/** What the tree was made of: names and versions, and the vendored bytes, which may change without a version. */
function fingerprint(found) {
  const rows = [...found].map(([name, { version }]) => `${name}@${version}`);
  for (const { dir } of found.values()) {
    if (!dir.startsWith(roots[0])) continue;
    for (const file of readdirSync(dir)) {
      rows.push(`${file} ${createHash("sha256").update(readFileSync(join(dir, file))).digest("hex")}`);
    }
  }
  return JSON.stringify(rows.sort(), null, 1);
}

function link(found) {
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(join(modules, ".bin"), { recursive: true });
  for (const [name, { dir, bin }] of found) {
    const target = join(modules, name);
    mkdirSync(dirname(target), { recursive: true });
    if (selfContained.has(name)) symlinkSync(dir, target);
    else cpSync(dir, target, { recursive: true, dereference: true });
    for (const [command, file] of Object.entries(typeof bin === "string" ? { [name]: bin } : bin ?? {})) {
      symlinkSync(join("..", name, file), join(modules, ".bin", command));
    }
  }
}

if (existsSync(join(modules, ".package-lock.json"))) process.exit(0);
const { found, missing } = plan();
if (missing.length > 0) {
  console.error(`missing: ${missing.join(" ")}`);
  console.error(
    "apt-get install -y --no-install-recommends node-react node-react-dom node-prop-types node-csstype esbuild node-typescript",
  );
  console.error("python3 web/scripts/vendor-socketio.py");
  process.exit(1);
}
const now = fingerprint(found);
if (!existsSync(record) || readFileSync(record, "utf8") !== now) {
  link(found);
  writeFileSync(record, now);
  console.log([...found].map(([name, { version }]) => `${name}@${version}`).join("  "));
}
