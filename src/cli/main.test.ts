import { describe, expect, test } from "vitest";
import { main } from "./main.ts";
import type { OutputStream } from "./context.ts";

interface Outcome {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly tty?: boolean;
  readonly aborted?: boolean;
}

async function medkit(line: string, { env = {}, tty = false, aborted = false }: Setting = {}): Promise<Outcome> {
  const texts = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr"): OutputStream => ({
    isTTY: tty,
    write(text, done) {
      texts[name] += text;
      done?.();
    },
  });
  const exit = await main({
    argv: line === "" ? [] : line.split(" "),
    env,
    cwd: "/",
    streams: { stdout: stream("stdout"), stderr: stream("stderr"), stdin: {} },
    signal: aborted ? AbortSignal.abort() : new AbortController().signal,
  });
  return { exit, ...texts };
}

function document(text: string): unknown {
  expect(text.endsWith("}\n")).toBe(true);
  return JSON.parse(text);
}

describe("results", () => {
  test("as text: on stdout, with one final line end", async () => {
    const { exit, stdout, stderr } = await medkit("explain locked");
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^LOCKED {2}Another medkit/);
    expect(stdout).toMatch(/[^\n]\n$/);
    expect(stderr).toBe("");
  });

  test("as JSON: exactly one document", async () => {
    const { exit, stdout, stderr } = await medkit("explain LOCKED --json");
    expect(exit).toBe(0);
    expect(stderr).toBe("");
    expect(document(stdout)).toMatchObject({
      schema: "medkit/explain/v1",
      ok: true,
      data: { code: "LOCKED", exit: 7, docs: "docs/reference/errors/LOCKED.md" },
    });
  });

  test("JSON holds no colour, whatever is asked", async () => {
    const { stdout } = await medkit("explain LOCKED --json --color always", { tty: true });
    expect(stdout).not.toContain("\u001B");
  });
});

describe("errors", () => {
  test("as text: on stderr, with code and hint; stdout stays clean", async () => {
    const { exit, stdout, stderr } = await medkit("explain NOPE");
    expect(exit).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toBe(
      "error: There is no error code `NOPE`. [USAGE]\n  → `medkit explain --help` shows how it is used.\n",
    );
  });

  test("as JSON: on stdout, with --json anywhere on the line", async () => {
    for (const line of ["--json explain", "explain --json", "nope --json", "--json --lang fr", "kit --json --frob"]) {
      const { exit, stdout, stderr } = await medkit(line);
      expect(exit).toBe(2);
      expect(stderr).toBe("");
      expect(document(stdout)).toMatchObject({
        schema: "medkit/error/v1",
        ok: false,
        error: { code: "USAGE", exit: 2, docs: "docs/reference/errors/USAGE.md" },
      });
    }
  });

  test("in Chinese", async () => {
    const { stderr } = await medkit("explain NOPE", { env: { LANG: "zh_CN.UTF-8" } });
    expect(stderr).toBe("错误： 没有错误码 `NOPE`。 [USAGE]\n  → 用法请看 `medkit explain --help`。\n");
    const json = await medkit("explain NOPE --json --lang zh-CN");
    expect(document(json.stdout)).toMatchObject({
      error: { message: "没有错误码 `NOPE`。", docs: "docs/zh-CN/reference/errors/USAGE.md" },
    });
  });

  test("an unknown command is answered with near ones", async () => {
    const { exit, stderr } = await medkit("explian LOCKED");
    expect(exit).toBe(2);
    expect(stderr).toContain("Did you mean `medkit explain`?");
  });

  test("after Ctrl-C the status is 130, and a result that came all the same is printed", async () => {
    const { exit, stdout, stderr } = await medkit("explain LOCKED", { aborted: true });
    expect(exit).toBe(130);
    expect(stdout).toContain("LOCKED");
    expect(stderr).toContain("[INTERRUPTED]");
    expect(document((await medkit("explain LOCKED --json", { aborted: true })).stdout)).toMatchObject({
      ok: false,
      error: { code: "INTERRUPTED", exit: 130 },
      data: { code: "LOCKED" },
    });
  });
});

describe("help", () => {
  test("medkit alone, help and --help show all commands", async () => {
    const alone = await medkit("");
    expect(alone.exit).toBe(0);
    expect(alone.stdout).toContain("explain");
    expect((await medkit("--help")).stdout).toBe(alone.stdout);
    expect((await medkit("help")).stdout).toBe(alone.stdout);
  });

  test("of a command, by flag anywhere or by `help`", async () => {
    const { exit, stdout } = await medkit("explain --help");
    expect(exit).toBe(0);
    expect(stdout).toContain("medkit explain CODE");
    expect((await medkit("-h explain")).stdout).toBe(stdout);
    expect((await medkit("help explain")).stdout).toBe(stdout);
    expect((await medkit("explain --help", { env: { MEDKIT_LANG: "zh-CN" } })).stdout).toContain("用法");
  });

  test("of a command that does not exist is an error", async () => {
    expect((await medkit("explian --help")).exit).toBe(2);
  });

  test("as JSON is one document too", async () => {
    expect(document((await medkit("explain --help --json")).stdout)).toMatchObject({
      schema: "medkit/help/v1",
      ok: true,
      data: { command: "explain" },
    });
    expect(document((await medkit("--version --json")).stdout)).toMatchObject({
      schema: "medkit/version/v1",
      ok: true,
    });
  });
});

describe("colour", () => {
  test("on a terminal, not without one", async () => {
    expect((await medkit("explain LOCKED", { tty: true })).stdout).toContain("\u001B[1m");
    expect((await medkit("explain LOCKED")).stdout).not.toContain("\u001B");
  });

  test("NO_COLOR, TERM=dumb and --color never take it away, --color always brings it back", async () => {
    expect((await medkit("explain LOCKED", { tty: true, env: { NO_COLOR: "1" } })).stdout).not.toContain("\u001B");
    expect((await medkit("explain LOCKED", { tty: true, env: { NO_COLOR: "" } })).stdout).toContain("\u001B");
    expect((await medkit("explain LOCKED", { tty: true, env: { TERM: "dumb" } })).stdout).not.toContain("\u001B");
    expect((await medkit("explain LOCKED --color never", { tty: true })).stdout).not.toContain("\u001B");
    expect((await medkit("explain LOCKED --color always", { env: { NO_COLOR: "1" } })).stdout).toContain("\u001B");
  });
});
