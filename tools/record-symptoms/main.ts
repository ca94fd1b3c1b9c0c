// npm run record:symptoms -- [--go 1.21,1.26] [--cause go-sum-missing] [--family modules] [--toolchains DIR]
// Breaks real Go builds in known ways, and keeps what `go` says of it in test/fixtures/symptoms/. Linux and root only.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { storeRecordings } from "./folder.ts";
import { namespaces } from "./namespace.ts";
import { selectCauses } from "./registry.ts";
import { provideToolchain, RELEASES } from "./toolchains.ts";
import type { Recording } from "./types.ts";

const { values } = parseArgs({
  options: {
    go: { type: "string" },
    cause: { type: "string" },
    family: { type: "string" },
    toolchains: { type: "string", default: join(tmpdir(), "symptoms-go") },
    jobs: { type: "string", default: "2" },
  },
});
const list = (text: string | undefined): string[] | undefined => text?.split(",");
const releases = RELEASES.filter((each) => list(values.go)?.some((go) => `${each}.`.startsWith(`${go}.`)) ?? true);
const causes = selectCauses(list(values.family), list(values.cause));
if (process.platform !== "linux" || process.arch !== "x64" || process.getuid?.() !== 0)
  throw new Error("the recorder mounts and unshares: it needs root on linux/amd64");
if (releases.length === 0 || causes.length === 0) throw new Error("no such release or cause");

/** Records all chosen causes with one release, in namespaces of its own. */
function record(release: string): Promise<Recording[]> {
  const warm = join(values.toolchains, "warm");
  mkdirSync(join(warm, release), { recursive: true });
  const worker = fileURLToPath(new URL("worker.ts", import.meta.url));
  const names = causes.map(({ family, cause }) => `${family}/${cause.id}`).join(",");
  const first = release === releases.at(-1) ? "first" : "later";
  const args = [...namespaces, process.execPath, worker, release, values.toolchains, warm, first, names];
  return new Promise((resolve, reject) => {
    const child = spawn("unshare", args, { stdio: ["ignore", "pipe", "inherit"] });
    const recordings: Recording[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      // The worker is this very program, and prints one recording a line.
      recordings.push(JSON.parse(line) as Recording);
    });
    child.on("error", reject).on("close", (status) => {
      if (status === 3) process.exitCode = 1;
      if (status === 0 || status === 3) resolve(recordings);
      else reject(new Error(`go${release}: the recorder ended with ${status}`));
    });
  });
}

for (const release of releases) provideToolchain(values.toolchains, release);
const queue = [...releases];
const chosen = causes.map(({ family, cause }) => ({ family, cause: cause.id, variants: Object.keys(cause.runs) }));
let problems: readonly string[] = [];
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let release = queue.shift(); release !== undefined; release = queue.shift())
      // Kept as soon as a release is through. A worker that could not record something has said so; what it gave is kept all the same.
      problems = storeRecordings(await record(release), chosen);
  }),
);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
