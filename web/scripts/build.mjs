// Builds web/dist: hashed assets, index.html, public files, and .gz and .br beside each of them; prints the sizes.
// Quiet when nothing changed since the last build. `--dev`: not minified, with source maps inside.
import * as esbuild from "esbuild";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const web = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(web, "dist");
const mark = join(dist, ".fingerprint");
const dev = process.argv.includes("--dev");
const limit = 150 * 1024; // gzip bytes of JavaScript that a first visit may load
const started = performance.now();

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  }).sort();
}

function fingerprint() {
  const hash = createHash("sha256").update(`${esbuild.version} ${dev}`);
  const inputs = ["src", "public", "vendor"].flatMap((folder) => filesUnder(join(web, folder)));
  for (const file of [...inputs, join(web, "package.json"), fileURLToPath(import.meta.url)]) {
    hash.update(relative(web, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

async function bundle() {
  const result = await esbuild.build({
    absWorkingDir: web,
    entryPoints: ["src/main.tsx"],
    outdir: "dist/assets",
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2021"],
    jsx: "automatic",
    charset: "utf8",
    minify: !dev,
    sourcemap: dev ? "inline" : false,
    legalComments: "linked",
    logLevel: "warning",
    metafile: true,
    define: { "process.env.NODE_ENV": JSON.stringify(dev ? "development" : "production") },
  }).catch(() => process.exit(1)); // esbuild has said why
  const { outputs } = result.metafile;
  const [entry, main] = Object.entries(outputs).find(([, output]) => output.entryPoint === "src/main.tsx");
  dropLooseStyles(outputs, main.cssBundle);
  return { script: entry, style: main.cssBundle, first: firstVisit(outputs, entry) };
}

/** Nothing loads the style sheet of a late part: its styles must be in the one of the page. */
function dropLooseStyles(outputs, style) {
  for (const [file, { inputs }] of Object.entries(outputs)) {
    if (!file.endsWith(".css") || file === style) continue;
    const missing = Object.keys(inputs).filter((input) => !(input in outputs[style].inputs));
    if (missing.length > 0) {
      console.error(`not in the page's style sheet: ${missing.join(", ")}`);
      process.exit(1);
    }
    rmSync(join(web, file));
  }
}

/** The scripts that the page needs before anybody has done anything: the entry, and what it imports at once. */
function firstVisit(outputs, entry) {
  const found = new Set([entry]);
  for (const file of found) {
    for (const { path, kind } of outputs[file].imports) if (kind === "import-statement") found.add(path);
  }
  return found;
}

function page({ script, style, first }) {
  const address = (file) => `/${file.replace(/^dist\//, "")}`;
  const preloads = [...first].filter((file) => file !== script).map((file) =>
    `<link rel="modulepreload" href="${address(file)}">\n`
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>Parley</title>
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f6f8f9" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#12181b" media="(prefers-color-scheme: dark)">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icon-192.png">
<link rel="manifest" href="/manifest.webmanifest">
<link rel="stylesheet" href="${address(style)}">
${preloads.join("")}<script type="module" src="${address(script)}"></script>
</head>
<body><div id="root"></div><noscript>Parley needs JavaScript.</noscript></body>
</html>
`;
}

/** Builds the service worker, which knows the files of the shell by name, and changes whenever one of them does. */
async function bundleWorker() {
  const shell = filesUnder(dist).map((file) => `/${relative(dist, file)}`)
    .filter((path) => !/\.(map|txt)$/.test(path) && !path.endsWith("-512.png"));
  const hash = createHash("sha256");
  for (const path of shell) hash.update(path).update("\0").update(readFileSync(join(dist, path)));
  await esbuild.build({
    absWorkingDir: web,
    entryPoints: ["src/worker/sw.ts"],
    outfile: "dist/sw.js",
    bundle: true,
    format: "iife",
    target: ["es2021"],
    minify: !dev,
    logLevel: "warning",
    define: { SHELL: JSON.stringify(shell), VERSION: JSON.stringify(hash.digest("hex").slice(0, 12)) },
  }).catch(() => process.exit(1)); // esbuild has said why
}

/** Writes the compressed copies that the server picks by Accept-Encoding, and answers the sizes. */
function compress(file) {
  const bytes = readFileSync(file);
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  if (bytes.length > 1024) {
    writeFileSync(`${file}.gz`, gzip);
    writeFileSync(`${file}.br`, brotli);
  }
  return { file: relative(dist, file), raw: bytes.length, gzip: gzip.length, brotli: brotli.length };
}

const now = fingerprint();
if (existsSync(mark) && readFileSync(mark, "utf8") === now) process.exit(0);
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const assets = await bundle();
cpSync(join(web, "public"), dist, { recursive: true });
writeFileSync(join(dist, "index.html"), page(assets));
await bundleWorker();
const sizes = filesUnder(dist).filter((file) => /\.(js|css|html|svg|webmanifest)$/.test(file)).map(compress);
for (const { file, raw, gzip, brotli } of sizes) {
  console.log(
    `${file.padEnd(32)} ${String(raw).padStart(8)}   gzip ${String(gzip).padStart(7)}   brotli ${
      String(brotli).padStart(7)
    }`,
  );
}
console.log(`esbuild ${esbuild.version}, ${Math.round(performance.now() - started)} ms`);
const script = sizes.filter(({ file }) => assets.first.has(`dist/${file}`)).reduce((sum, { gzip }) => sum + gzip, 0);
console.log(`JavaScript of a first visit: gzip ${script} of ${limit}`);
if (!dev && script > limit) {
  console.error(`JavaScript of a first visit is ${script} bytes gzip, more than ${limit}`);
  process.exit(1);
}
writeFileSync(mark, now);
