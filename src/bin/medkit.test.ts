import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { version } from "../cli/version.ts";

const medkit = fileURLToPath(new URL("medkit.ts", import.meta.url));
const slow = fileURLToPath(new URL("__fixtures__/slow-medkit.ts", import.meta.url));
const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C" };

function run(script: string, args: readonly string[]) {
  return spawnSync(process.execPath, [script, ...args], { env, encoding: "utf8" });
}

/** Starts the slow one, and sends it signals once it is ready, 100 ms apart. */
async function signalled(
  kind: string,
  signals: readonly NodeJS.Signals[],
): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, [slow, kind], { env, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => (stderr += text));
  const closed = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  await new Promise<void>((resolve) => {
    child.stderr.on("data", () => {
      if (stderr.includes("ready")) resolve();
    });
  });
  for (const signal of signals) {
    child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { status: await closed, stderr };
}

test("--version", () => {
  expect(run(medkit, ["--version"])).toMatchObject({ status: 0, stdout: `medkit ${version}\n`, stderr: "" });
});

test("exit statuses reach the caller", () => {
  expect(run(medkit, ["explain", "LOCKED"]).status).toBe(0);
  expect(run(medkit, ["nope"]).status).toBe(2);
});

describe("signals", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s lets the command end, with 130", async (signal) => {
    expect(await signalled("polite", [signal])).toMatchObject({ status: 130 });
  });

  test("a second Ctrl-C ends at once", async () => {
    expect(await signalled("deaf", ["SIGINT", "SIGINT"])).toMatchObject({ status: 130 });
  });
});

describe("a reader that goes away", () => {
  const pipe = (command: string) =>
    spawnSync("bash", ["--norc", "-c", `set -o pipefail; ${command}`], {
      env: { ...env, NODE: process.execPath, MEDKIT: medkit, SLOW: slow },
      encoding: "utf8",
    });

  test("is no error: nothing on stderr, and the status is the command's own", () => {
    expect(pipe('"$NODE" "$SLOW" chatty | head -1')).toMatchObject({ status: 3, stdout: "line 0\n", stderr: "" });
  });

  test("may have read nothing at all", () => {
    expect(pipe('"$NODE" "$MEDKIT" completion bash | head -0')).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(pipe('"$NODE" "$MEDKIT" --version | head -0').stderr).toBe("");
    expect(pipe('"$NODE" "$MEDKIT" nope 2>&1 | head -0').status).toBe(2);
  });

  test("a closed stdout is no error either", () => {
    expect(pipe('"$NODE" "$MEDKIT" explain LOCKED >&-').stderr).toBe("");
  });
});

describe.skipIf(process.platform !== "linux")("a full device", () => {
  let home = "";
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "medkit-full-"));
  });
  afterAll(async () => rm(home, { recursive: true, force: true }));
  const full = (command: string) =>
    spawnSync("sh", ["-c", command], {
      env: { ...env, MEDKIT_HOME: home, NODE: process.execPath, MEDKIT: medkit },
      encoding: "utf8",
    });

  test("is no affair of a wrapped command", () => {
    const out = full(`"$NODE" "$MEDKIT" rescue -- sh -c 'echo hi; exit 0' >/dev/full`);
    expect(out).toMatchObject({ status: 0, stderr: "" });
    expect(full(`"$NODE" "$MEDKIT" rescue -- sh -c 'echo hi >&2; exit 5' 2>/dev/full`).status).toBe(5);
  });

  test("is an error with a code where a result was to be printed", () => {
    for (const line of ["explain LOCKED", "--version", "--help", "completion bash", "toolchain list --json"]) {
      const ended = full(`"$NODE" "$MEDKIT" ${line} >/dev/full`);
      expect(ended.status).toBe(6);
      expect(ended.stderr).toContain("[HOST_NO_SPACE]");
      expect(ended.stderr).not.toContain("bug");
    }
    expect(full('"$NODE" "$MEDKIT" nope 2>/dev/full').status).toBe(2);
  });
});

test.skipIf(process.platform !== "linux")("bytes of a variable that are no UTF-8 reach the wrapped command", () => {
  const script = String.raw`ODD=$(printf 'a\351\377 "$b\n\nx'); ODD=${"$"}{ODD%x}; export ODD; "$NODE" "$MEDKIT" rescue -- env -0 | tr '\0\n' '\n|' | grep -a ^ODD= | od -An -c`;
  const ended = spawnSync("sh", ["-c", script], {
    env: { ...env, NODE: process.execPath, MEDKIT: medkit },
    encoding: "utf8",
  });
  expect(ended.stdout.replaceAll(/\s+/g, " ").trim()).toBe(String.raw`O D D = a 351 377 " $ b | | \n`);
  expect(ended.stderr).toBe("");
});

test("the name of a folder forges no line of a rescue", async () => {
  const folder = await mkdtemp(join(tmpdir(), "medkit-forge-"));
  const ended = spawnSync(process.execPath, [medkit, "--color", "always", "rescue", "--", "sh", "-c", "exit 3"], {
    env: { ...env, MEDKIT_HOME: join(folder, "x\nmedkit: recovered\u001B[31m\u200B") },
    encoding: "utf8",
  });
  await rm(folder, { recursive: true, force: true });
  expect(ended.status).toBe(3);
  expect(ended.stderr).toContain(String.raw`x\x0amedkit: recovered\x1b[31m\u200b`);
  expect(ended.stderr).not.toMatch(/^medkit: recovered/m);
});

test("a value from outside forges no line of a result", async () => {
  const folder = await mkdtemp(join(tmpdir(), "medkit-forge-"));
  const other = join(folder, "other\nerror: forged\u001B[31m");
  const home = join(folder, "home");
  await mkdir(other);
  await writeFile(join(other, "go.mod"), "module example.org/p\n\ngo 1.21\n");
  await writeFile(join(other, ".go-version"), "1.21.13\n");
  const ended = spawnSync(
    process.execPath,
    [medkit, "--color", "always", "--home", home, "toolchain", "current", "--explain"],
    {
      cwd: other,
      env,
      encoding: "utf8",
    },
  );
  await rm(folder, { recursive: true, force: true });
  expect(ended.stdout).toContain(String.raw`other\x0aerror: forged\x1b[31m`);
  expect(ended.stdout + ended.stderr).not.toMatch(/^error: forged/m);
});

test("a working folder that was deleted is an error with a code", () => {
  const script = 'd=$(mktemp -d) && cd "$d" && rmdir "$d" && exec "$NODE" "$MEDKIT" rescue -- true';
  const ended = spawnSync("sh", ["-c", script], {
    env: { ...env, NODE: process.execPath, MEDKIT: medkit },
    encoding: "utf8",
  });
  expect(ended.status).toBe(2);
  expect(ended.stderr).toContain("[PATH_NOT_FOUND]");
  expect(ended.stderr).not.toContain("bug");
});

describe("a bug", () => {
  test.each(["broken", "lost"])("%s: status 1, and a request to report it", (kind) => {
    const { status, stderr } = run(slow, [kind]);
    expect(status).toBe(1);
    expect(stderr).toContain("please report it");
    expect(stderr).toContain("nobody");
  });
});

test("the compile cache of the launcher does not reach programs that medkit starts", () => {
  const probe = `process.env.NODE_COMPILE_CACHE = "/nowhere"; process.argv[2] = "--version"; process.argv.length = 3; await import(${JSON.stringify(medkit)}); console.log(String(process.env.NODE_COMPILE_CACHE));`;
  expect(
    spawnSync(process.execPath, ["--input-type=module", "-e", probe, "x"], { env, encoding: "utf8" }).stdout,
  ).toContain("undefined");
});
