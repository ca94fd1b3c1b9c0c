import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createProcessRunner } from "./node-process.ts";

const env = { PATH: process.env["PATH"] ?? "" };
const runner = createProcessRunner(new AbortController().signal);

function alive(marker: string): boolean {
  return spawnSync("pgrep", ["-f", marker]).status === 0;
}

describe("run", () => {
  test("gives status, stdout as bytes and stderr", async () => {
    const result = await runner.run({ command: "sh", args: ["-c", "printf 'a\\000b'; echo oops >&2; exit 3"], env });
    expect(result).toMatchObject({ status: 3, signal: undefined, stderr: "oops\n", timedOut: false });
    expect([...result.stdout]).toEqual([97, 0, 98]);
  });

  test("passes arguments as they are, and no more environment than given", async () => {
    const result = await runner.run({
      command: "/bin/sh",
      args: ["-c", 'printf "%s|" "$@" "$HOME"', "x", "a b", "$HOME;'"],
      env: {},
    });
    expect(result.stdout.toString()).toBe("a b|$HOME;'||");
  });

  test("feeds input, and minds not when it is left unread", async () => {
    expect((await runner.run({ command: "cat", args: [], env, input: "hello" })).stdout.toString()).toBe("hello");
    expect((await runner.run({ command: "true", args: [], env, input: Buffer.alloc(1 << 20) })).status).toBe(0);
  });

  test("hands out stderr by lines while it runs, the last one without a line end too", async () => {
    const lines: string[] = [];
    await runner.run({
      command: "sh",
      args: ["-c", "printf 'one\\r\\ntw' >&2; sleep 0.05; printf 'o\\nthree' >&2"],
      env,
      onStderrLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(["one", "two", "three"]);
  });

  test("a program that is not there is a result without status", async () => {
    const result = await runner.run({ command: "medkit-no-such-program", args: [], env });
    expect(result).toMatchObject({ status: undefined, signal: undefined });
    expect(result.stderr).toContain("ENOENT");
  });

  test("keeps the last megabyte of stderr", async () => {
    const { stderr } = await runner.run({
      command: "sh",
      args: ["-c", "head -c 5000000 /dev/zero | tr '\\0' x >&2; echo end >&2"],
      env,
    });
    expect(stderr.length).toBeLessThanOrEqual(1024 * 1024);
    expect(stderr.endsWith("end\n")).toBe(true);
  });
});

describe("ending", () => {
  test("a timeout ends the whole process group", async () => {
    const marker = `300.${process.pid}1`;
    const result = await runner.run({
      command: "sh",
      args: ["-c", `sleep ${marker} & sleep ${marker}`],
      env,
      timeout: 200,
    });
    expect(result.timedOut).toBe(true);
    expect(result.signal).toBe("SIGTERM");
    expect(alive(`sleep ${marker}`)).toBe(false);
  });

  test("a program that ignores SIGTERM is killed", async () => {
    const result = await runner.run({
      command: "sh",
      args: ["-c", "trap '' TERM; while :; do sleep 0.1; done"],
      env,
      timeout: 100,
    });
    expect(result).toMatchObject({ timedOut: true, signal: "SIGKILL" });
  });

  test("abort ends the group and throws INTERRUPTED; afterwards nothing starts", async () => {
    const controller = new AbortController();
    const own = createProcessRunner(controller.signal);
    const marker = `300.${process.pid}2`;
    const running = own.run({ command: "sh", args: ["-c", `sleep ${marker} & wait`], env });
    await sleep(150);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: "INTERRUPTED" });
    expect(alive(`sleep ${marker}`)).toBe(false);
    await expect(own.run({ command: "true", args: [], env })).rejects.toMatchObject({ code: "INTERRUPTED" });
  });

  test("a daemon that holds the pipes does not hold us", async () => {
    const started = performance.now();
    const result = await runner.run({ command: "sh", args: ["-c", "setsid sleep 20 & echo done"], env });
    expect(result).toMatchObject({ status: 0 });
    expect(result.stdout.toString()).toBe("done\n");
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
