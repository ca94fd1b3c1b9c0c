import { spawn } from "node:child_process";
import { chmodSync, chownSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { zipOf } from "../../published.ts";
import type { Sandbox } from "../../sandbox.ts";
import type { Cause, Prepare } from "../../types.ts";
import { all, cache, downloadGreet, greetIn, loading, needsGreet, steps, writeGoSum } from "../dependencies.ts";

const verifying = { ...all, verify: "go mod verify", vendor: "go mod vendor" } as const;
const untidied = { ...loading, download: "go mod download", modules: "go list -m all" } as const;
const wrongHash = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

const without =
  (pattern: RegExp): Prepare =>
  (box) =>
    writeGoSum(box, (sum) => sum.replace(pattern, ""));

/** The proxy hands out this module with other bytes than it was published with. */
function tamper(box: Sandbox, kind: "zip" | "mod"): void {
  const { servers } = box;
  const module = servers.module("example.com/greet@v1.2.0");
  servers.handler = (request, response) => {
    if (request.url?.endsWith(`/greet/@v/v1.2.0.${kind}`) !== true) servers.honest(request, response);
    else if (kind === "mod") response.end(`${module.files["go.mod"] ?? ""}\n// changed on the way\n`);
    else response.end(zipOf(module, (_, text) => `${text}// changed on the way\n`));
  };
}

/** Downloads soundly, then changes what lies in the module cache. */
const inCache =
  (fault: (box: Sandbox) => void): Prepare =>
  async (box) => {
    await downloadGreet(box);
    fault(box);
  };

function extracted(box: Sandbox): string {
  const folder = `${cache}/example.com/greet@v1.2.0`;
  chmodSync(folder, 0o755);
  chmodSync(box.path(`${folder}/greet.go`), 0o644);
  return folder;
}

function tamperedZip(box: Sandbox): Buffer {
  return zipOf(box.servers.module("example.com/greet@v1.2.0"), (_, text) => `${text}// changed in the cache\n`);
}

/** go.sum, hashes and the module cache. */
export const sums: readonly Cause[] = [
  {
    id: "go-sum-missing",
    fault: "go.sum does not exist; the proxy is healthy",
    files: needsGreet,
    runs: { ...untidied, readonly: "go mod graph" },
  },
  {
    id: "go-sum-lacks-zip",
    fault: "go.sum lacks the line for a module's content",
    files: needsGreet,
    prepare: without(/^example.com\/greet v1.2.0 .*\n/m),
    runs: loading,
  },
  {
    id: "go-sum-lacks-indirect-zip",
    fault: "go.sum lacks the line for the content of an indirect module",
    files: needsGreet,
    prepare: without(/^example.com\/color v1.0.0 .*\n/m),
    runs: loading,
  },
  {
    id: "go-sum-lacks-mod",
    fault: "go.sum lacks the line for a module's go.mod",
    files: needsGreet,
    prepare: without(/^example.com\/greet v1.2.0\/go.mod .*\n/m),
    runs: { ...loading, modules: "go list -m all", graph: "go mod graph" },
  },
  {
    id: "go-sum-malformed",
    fault: "go.sum holds conflict markers",
    files: needsGreet,
    prepare: (box) => writeGoSum(box, (sum) => `<<<<<<< HEAD\n${sum}>>>>>>> main\n`),
    runs: verifying,
  },
  {
    id: "moved-tag",
    fault: "go.sum has the hash of what a tag meant before; proxy and checksum database agree on another",
    files: needsGreet,
    prepare: (box) => writeGoSum(box, (sum) => sum.replace(/^(example.com\/greet v1.2.0) .*$/m, `$1 ${wrongHash}`)),
    runs: verifying,
  },
  {
    id: "moved-tag-mod",
    fault: "the same for the hash of go.mod",
    files: needsGreet,
    prepare: (box) =>
      writeGoSum(box, (sum) => sum.replace(/^(example.com\/greet v1.2.0\/go.mod) .*$/m, `$1 ${wrongHash}`)),
    runs: verifying,
  },
  {
    id: "go-sum-wrong-cache-sound",
    fault: "go.sum has another hash than the module that is in the cache already",
    files: needsGreet,
    prepare: inCache((box) =>
      box.edit("go.sum", (sum) => sum.replace(/^(example.com\/greet v1.2.0) .*$/m, `$1 ${wrongHash}`)),
    ),
    runs: verifying,
  },
  {
    id: "tampered-proxy",
    fault: "the proxy hands out another zip than the one in go.sum",
    files: needsGreet,
    prepare: steps(writeGoSum, (box) => tamper(box, "zip")),
    runs: verifying,
  },
  {
    id: "tampered-proxy-mod",
    fault: "the proxy hands out another go.mod than the one in go.sum",
    files: needsGreet,
    prepare: steps(writeGoSum, (box) => tamper(box, "mod")),
    runs: verifying,
  },
  {
    id: "tampered-proxy-database",
    fault: "the proxy hands out other bytes than the checksum database knows, and go.sum has no line yet",
    files: needsGreet,
    prepare: (box) => tamper(box, "zip"),
    runs: {
      tidy: "go mod tidy",
      download: "go mod download",
      get: "go get example.com/greet@v1.2.0",
      modmod: "go build -mod=mod ./...",
      mod: { command: "go mod tidy", prepare: (box) => tamper(box, "mod") },
      install: "go install example.com/greet@v1.2.0",
    },
  },
  {
    id: "cache-zip-and-hash-replaced",
    fault: "zip and hash in the module cache were replaced together, and nothing is unpacked",
    files: needsGreet,
    prepare: inCache((box) => {
      const folder = extracted(box);
      box.remove(folder);
      box.write(`${greetIn}/v1.2.0.zip`, tamperedZip(box));
      box.write(`${greetIn}/v1.2.0.ziphash`, wrongHash);
    }),
    runs: verifying,
  },
  {
    id: "cache-zip-replaced",
    fault: "the zip in the module cache was replaced",
    files: needsGreet,
    prepare: inCache((box) => void box.write(`${greetIn}/v1.2.0.zip`, tamperedZip(box))),
    runs: { verify: "go mod verify" },
  },
  {
    id: "cache-zip-replaced-no-hash",
    fault: "the zip in the module cache was replaced, its hash and the unpacked folder are gone",
    files: needsGreet,
    prepare: inCache((box) => {
      box.remove(extracted(box));
      box.write(`${greetIn}/v1.2.0.zip`, tamperedZip(box));
      box.remove(`${greetIn}/v1.2.0.ziphash`);
    }),
    runs: verifying,
  },
  {
    id: "cache-mod-edited",
    fault: "a go.mod in the module cache was edited",
    files: needsGreet,
    prepare: inCache((box) => box.edit(`${greetIn}/v1.2.0.mod`, (text) => `${text}\n// edited\n`)),
    runs: verifying,
  },
  {
    id: "cache-info-broken",
    fault: "an .info file in the module cache is empty",
    files: needsGreet,
    prepare: inCache((box) => void box.write(`${greetIn}/v1.2.0.info`, "")),
    runs: {
      get: "go get example.com/greet@v1.2.0",
      modules: "go list -m -json all",
      download: "go mod download -json",
    },
  },
  {
    id: "cache-folder-edited",
    fault: "a file of an unpacked module was edited",
    files: needsGreet,
    prepare: inCache((box) => box.edit(`${extracted(box)}/greet.go`, (text) => `${text}\n// edited\n`)),
    runs: { verify: "go mod verify" },
  },
  {
    id: "cache-folder-edited-breaks",
    fault: "a file of an unpacked module was edited and does not compile",
    files: needsGreet,
    prepare: inCache((box) => box.edit(`${extracted(box)}/greet.go`, (text) => `${text}\nvar x int = "a"\n`)),
    runs: { build: "go build ./...", vet: "go vet ./...", verify: "go mod verify" },
  },
  {
    id: "cache-file-lost",
    fault: "the source file of an unpacked module is gone",
    files: needsGreet,
    prepare: inCache((box) => box.remove(`${extracted(box)}/greet.go`)),
    runs: { ...loading, verify: "go mod verify", tidy: "go mod tidy" },
  },
  {
    id: "cache-zip-truncated",
    fault: "the zip in the module cache ends in the middle, and nothing is unpacked",
    files: needsGreet,
    prepare: inCache((box) => {
      box.remove(extracted(box));
      box.write(`${greetIn}/v1.2.0.zip`, tamperedZip(box).subarray(0, 100));
    }),
    runs: verifying,
  },
  {
    id: "cache-zip-empty",
    fault: "the zip in the module cache is empty, its hash and the unpacked folder are gone",
    files: needsGreet,
    prepare: inCache((box) => {
      box.remove(extracted(box));
      box.write(`${greetIn}/v1.2.0.zip`, "");
      box.remove(`${greetIn}/v1.2.0.ziphash`);
    }),
    runs: verifying,
  },
  {
    id: "cache-hash-empty",
    fault: "the .ziphash in the module cache is empty",
    files: needsGreet,
    prepare: inCache((box) => void box.write(`${greetIn}/v1.2.0.ziphash`, "")),
    runs: verifying,
  },
  {
    id: "cache-lock-held",
    fault: "another process holds the lock of a module in the cache; a person interrupts after four seconds",
    patience: 4,
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      const lock = box.write(`${greetIn}/v1.2.0.lock`, "");
      const holder = spawn("flock", [lock, "sleep", "8"], { stdio: "ignore", detached: true });
      await new Promise((resolve) => {
        holder.on("spawn", () => setTimeout(resolve, 200));
      });
    },
    runs: { build: "go build ./...", download: "go mod download" },
  },
  {
    id: "cache-lock-not-writable",
    fault: "lock files in the module cache are of another user and read-only",
    files: needsGreet,
    prepare: async (box) => {
      await downloadGreet(box);
      box.remove(extracted(box));
      for (const name of [`${greetIn}/v1.2.0.lock`, `${cache}/cache/lock`]) {
        box.write(name, "", 0o400);
        chownSync(name, 0, 0);
      }
    },
    runs: { build: "go build ./...", download: "go mod download", tidy: "go mod tidy" },
  },
  {
    id: "cache-not-writable",
    fault: "the module cache is of another user",
    files: needsGreet,
    prepare: (box) => {
      writeGoSum(box);
      chownSync(box.folder(cache), 0, 0);
    },
    runs: verifying,
  },
  {
    id: "cache-parent-not-writable",
    fault: "the module cache does not exist and its parent is of another user",
    env: { GOMODCACHE: "/opt/cache/mod" },
    files: needsGreet,
    prepare: steps(writeGoSum, (box) => void box.folder("/opt/cache")),
    runs: { build: "go build ./...", download: "go mod download", tidy: "go mod tidy" },
  },
  {
    id: "cache-is-file",
    fault: "GOMODCACHE is a file",
    env: { GOMODCACHE: "/home/dev/modcache" },
    files: needsGreet,
    prepare: steps(writeGoSum, (box) => void box.write("/home/dev/modcache", "")),
    runs: { build: "go build ./...", download: "go mod download" },
  },
  {
    id: "cache-folder-of-root",
    fault: "a part of the module cache was written by root",
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      const path = join(cache, "cache/download/example.com");
      chownSync(box.folder(path), 0, 0);
      copyFileSync("/etc/hosts", join(path, "hosts"));
    },
    runs: { build: "go build ./...", download: "go mod download" },
  },
];
