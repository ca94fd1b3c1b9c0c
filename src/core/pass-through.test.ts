import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runPassThrough, signalStatus, type PassThroughSpec } from "./pass-through.ts";

const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin" };
const quiet = { cwd: "/", env, streams: { stdout: "tee", stderr: "tee" }, stdin: false, show: false } as const;

function sh(script: string, more: Partial<PassThroughSpec> = {}): ReturnType<typeof runPassThrough> {
  return runPassThrough({ ...quiet, argv: ["/bin/sh", "-c", script], ...more });
}

describe("runPassThrough", () => {
  test("gives the status and both streams", async () => {
    expect(await sh("echo out; echo err >&2; exit 5")).toEqual({
      status: 5,
      signal: undefined,
      startError: undefined,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  test("tells a signal from a status", async () => {
    expect(await sh("kill -TERM $$")).toMatchObject({ status: undefined, signal: "SIGTERM" });
  });

  test("a program that is not there, or may not be run, is a start error", async () => {
    expect(await runPassThrough({ ...quiet, argv: ["/nowhere/program"] })).toMatchObject({ startError: "ENOENT" });
    expect(await runPassThrough({ ...quiet, argv: ["/etc/passwd"] })).toMatchObject({ startError: "EACCES" });
  });

  test("merged streams keep their order", async () => {
    const result = await sh("for i in 1 2 3 4 5; do echo o$i; echo e$i >&2; done", { streams: { stdout: "tee", stderr: "merge" } }); // prettier-ignore
    expect(result.stdout).toBe("o1\ne1\no2\ne2\no3\ne3\no4\ne4\no5\ne5\n");
  });

  test("the prelude holds for the program, and arguments are never read by a shell", async () => {
    const result = await runPassThrough({ ...quiet, argv: ["/bin/sh", "-c", 'umask; echo "$1"', "x", "$(id) `id` ; exit 9"], prelude: ["umask 027"] }); // prettier-ignore
    expect(result).toMatchObject({ status: 0, stdout: "0027\n$(id) `id` ; exit 9\n" });
  });

  test("keeps the end of a long stream, and does not wait for what a program left behind", async () => {
    const started = performance.now();
    const result = await sh("i=0; while [ $i -lt 300 ]; do printf '%8192d' $i; i=$((i + 1)); done; sleep 30 & exit 3");
    expect(result.status).toBe(3);
    expect(result.stdout).toHaveLength(1024 * 1024);
    expect(result.stdout.endsWith("299")).toBe(true);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test("the status a shell gives for a signal", () => {
    expect([signalStatus("SIGINT"), signalStatus("SIGKILL"), signalStatus("SIGTERM")]).toEqual([130, 137, 143]);
  });
});

describe("a process that passes through", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "medkit-pass-"));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  /** Runs a script of its own process, since signals and streams are the process's. */
  async function wrapper(child: string): Promise<{ readonly file: string }> {
    const file = join(folder, "wrapper.ts");
    const module = new URL("./pass-through.ts", import.meta.url).href;
    await writeFile(
      file,
      `import { endBySignal, runPassThrough } from ${JSON.stringify(module)};
const result = await runPassThrough({ argv: ["/bin/sh", "-c", ${JSON.stringify(child)}], cwd: "/", env: process.env, streams: { stdout: "tee", stderr: "tee" }, stdin: true, show: true });
process.exit(result.signal === undefined ? result.status : await endBySignal(result.signal));
`,
    );
    return { file };
  }

  test("hands SIGTERM on, and ends as the child did", async () => {
    const mark = join(folder, "mark");
    const { file } = await wrapper(`trap 'echo got >${mark}; exit 7' TERM; echo ready; while :; do sleep 0.05; done`);
    const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGTERM");
    const status = await new Promise((resolve) => child.once("exit", (code) => resolve(code)));
    expect(status).toBe(7);
    expect(await readFile(mark, "utf8")).toBe("got\n");
  });

  test("is ended by the signal that ended the child", async () => {
    const { file } = await wrapper("kill -INT $$");
    const child = spawn(process.execPath, [file], { stdio: "ignore" });
    const ended = await new Promise((resolve) => child.once("exit", (code, signal) => resolve([code, signal])));
    expect(ended).toEqual([null, "SIGINT"]);
  });

  test("a program that opens its own streams by name can", async () => {
    const { file } = await wrapper("echo out >/dev/stdout; echo err >/dev/stderr; sleep 20 & exit 0");
    const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    // It ends although what it left behind still holds the pipes.
    await new Promise((resolve) => child.once("exit", resolve));
    expect(Buffer.concat(chunks).toString().split("\n").toSorted()).toEqual(["", "err", "out"]);
  });

  test("standard input is the child's, byte for byte, and so is its output", async () => {
    const { file } = await wrapper("cat; cat >&2 </dev/null");
    const child = spawn(process.execPath, [file], { stdio: ["pipe", "pipe", "inherit"] });
    const data = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 256));
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stdin.end(data);
    await new Promise((resolve) => child.once("close", resolve));
    expect(Buffer.concat(chunks).equals(data)).toBe(true);
  });

  test("a slow reader gets everything, however long ago the program ended", async () => {
    // What it left behind holds the pipe for longer than this test may take.
    const { file } = await wrapper("head -c 400000 /dev/zero; sleep 60 & exit 0");
    const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout.pause();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    let size = 0;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      expect(chunk.every((byte) => byte === 0)).toBe(true);
      size += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(size).toBe(400_000);
  });

  /** Runs the wrapper with one stream on a device that is full, and gives its status and what the other stream got. */
  async function onFullDevice(child: string, stream: "stdout" | "stderr") {
    const { file } = await wrapper(child);
    const device = openSync("/dev/full", "w");
    const stdio = stream === "stdout" ? (["ignore", device, "pipe"] as const) : (["ignore", "pipe", device] as const);
    const run = spawnSync(process.execPath, [file], { stdio: [...stdio], encoding: "utf8" });
    closeSync(device);
    return { status: run.status, signal: run.signal, other: stream === "stdout" ? run.stderr : run.stdout };
  }

  describe.skipIf(process.platform !== "linux")("a full device is no error of ours", () => {
    test("on stdout", async () => {
      const run = await onFullDevice("echo a; echo b; sleep 0.2; echo c; echo told >&2; exit 5", "stdout");
      expect(run).toEqual({ status: 5, signal: null, other: "told\n" });
    });

    test("on stderr", async () => {
      const run = await onFullDevice("echo a >&2; sleep 0.2; echo b >&2; echo told; exit 5", "stderr");
      expect(run).toEqual({ status: 5, signal: null, other: "told\n" });
    });

    test("and a program that never stops writing is stopped", async () => {
      expect(await onFullDevice("exec yes", "stdout")).toMatchObject({ status: 141, signal: null });
    });
  });

  test("a reader that goes away ends the child, not with an error of ours", async () => {
    const { file } = await wrapper("yes");
    const child = spawn("/bin/sh", ["-c", `"$0" "$1" | head -n 1`, process.execPath, file], { stdio: ["ignore", "pipe", "pipe"] }); // prettier-ignore
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => child.once("close", resolve));
    expect(Buffer.concat(chunks).toString()).toBe("y\n");
  });
});
