import { readlinkSync } from "node:fs";
import type { OutputStream, Streams } from "../cli/context.ts";
import type { main } from "../cli/main.ts";
import type { MedkitError } from "../core/errors.ts";

interface Tolerant extends OutputStream {
  /** Why it takes nothing any more. */
  readonly broken: NodeJS.ErrnoException | undefined;
}

/** A stream whose reader may go away (`medkit … | head`), or whose device may be full: what is written after that is dropped, and the work goes on. */
function tolerant(stream: NodeJS.WriteStream): Tolerant {
  let broken: NodeJS.ErrnoException | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    broken ??= error;
  });
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
    get broken() {
      return broken;
    },
    write(text, done) {
      if (broken === undefined) stream.write(text, done);
      else done?.();
    },
  };
}

/** What no place is left for; any other error of a stream means that nobody reads it. */
const full: ReadonlySet<string | undefined> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** Tells of an error that `main` cannot know of. Gives the exit status. */
async function tell(error: MedkitError, stderr: OutputStream): Promise<number> {
  const { tellError } = await import("../cli/tell-error.ts");
  return tellError(error, process.argv.slice(2), process.env, stderr);
}

/** The folder this process works in; undefined where it has been deleted. */
function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** What a deleted folder was called: its link says so where there is a /proc. */
function deletedFolder(): string {
  try {
    return readlinkSync("/proc/self/cwd");
  } catch {
    return process.env["PWD"] ?? ".";
  }
}

/** Runs the command line, and tells what only the process knows: that its folder is gone, that its result had no place. */
async function runLine(
  load: () => Promise<typeof main>,
  streams: Streams,
  out: Tolerant,
  signal: AbortSignal,
): Promise<number> {
  // prettier-ignore
  const cwd = workingFolder();
  if (cwd === undefined) {
    const { MedkitError } = await import("../core/errors.ts");
    return tell(new MedkitError("PATH_NOT_FOUND", { path: deletedFolder() }), streams.stderr);
  }
  const run = await load();
  const status = await run({ argv: process.argv.slice(2), env: { ...process.env }, cwd, streams, signal });
  if (out.broken === undefined || !full.has(out.broken.code)) return status;
  if ((await import("../core/pass-through.ts")).standsIn()) return status;
  return tellNoSpace(out.broken, streams.stderr);
}

async function tellNoSpace(cause: Error, stderr: OutputStream): Promise<number> {
  const { MedkitError } = await import("../core/errors.ts");
  return tell(new MedkitError("HOST_NO_SPACE", { path: "/dev/stdout" }, { cause }), stderr);
}

/** For what is printed without {@link runInProcess}: HOST_NO_SPACE where stdout broke with this error because its device is full. */
export async function tellFull(error: NodeJS.ErrnoException): Promise<void> {
  if (full.has(error.code)) process.exitCode = await tellNoSpace(error, tolerant(process.stderr));
}

function crash(error: unknown): never {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    process.stderr.write(`medkit: this is a bug, please report it with the lines below [UNEXPECTED]\n${text}\n`);
  } finally {
    process.exit(1);
  }
}

/**
 * Runs medkit in this process: SIGINT, SIGTERM and SIGHUP (unless the command listens for it) abort the signal that every command has, a second one ends at once;
 * a reader that goes away is no error, a full device is one unless a program is wrapped; what nobody caught ends with status 1.
 */
export async function runInProcess(load: () => Promise<typeof main>): Promise<void> {
  const { stdout, stderr, stdin } = process;
  const controller = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => {
    // A server that listens for it itself reads its configuration anew.
    if (signal === "SIGHUP" && process.listenerCount(signal) > 1) return;
    if (controller.signal.aborted) process.exit(130);
    if (signal === "SIGINT" && stderr.isTTY) stderr.write("\n");
    controller.abort(new Error(signal));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  try {
    const out = tolerant(stdout);
    const streams = { stdout: out, stderr: tolerant(stderr), stdin: { isTTY: stdin.isTTY } };
    const status = await runLine(load, streams, out, controller.signal);
    process.exit(status);
  } catch (error) {
    crash(error);
  }
}
