import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { closeSync } from "node:fs";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { systemCode } from "./errors.ts";
import { rawVariables } from "./raw-environment.ts";
import { closePipe, makePipes, readPipe, type PipeReader } from "./real-pipes.ts";

/** `inherit`: the stream is the child's own. `tee`: it goes through us, byte for byte, and its end is kept. `merge` (stderr): into stdout's pipe. */
export interface StreamPlan {
  readonly stdout: "inherit" | "tee";
  readonly stderr: "inherit" | "tee" | "merge";
}

export interface PassThroughSpec {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  readonly streams: StreamPlan;
  /** False: the child reads nothing (a second run, whose input the first has taken). */
  readonly stdin: boolean;
  /** Shell commands, our own and free of anything from outside, run before the shell becomes the program: `umask 022`. */
  readonly prelude?: readonly string[];
  /** Where `tee` goes; false keeps only. */
  readonly show: boolean;
}

export interface PassThroughResult {
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** Why it did not start. */
  readonly startError: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bytes kept of the end of a stream. */
const tailLimit = 1024 * 1024;
/** Milliseconds to wait for a stream that a grandchild holds open after the program has ended. */
const grace = 250;

class Tail {
  #chunks: Buffer[] = [];
  #size = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size > 2 * tailLimit) {
      const all = Buffer.concat(this.#chunks);
      this.#chunks = [all.subarray(all.length - tailLimit)];
      this.#size = tailLimit;
    }
  }

  text(): string {
    const all = Buffer.concat(this.#chunks);
    return all.subarray(Math.max(0, all.length - tailLimit)).toString("utf8");
  }
}

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const;

/**
 * Signals are the child's affair while it runs. What a terminal sends goes to the whole foreground group, so the child has had SIGINT and
 * SIGQUIT already; without a terminal they were sent to us alone, and are handed on. Gives the function that ends it.
 */
function handSignalsOn(send: (signal: NodeJS.Signals) => void): () => void {
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const saved = forwarded.map((signal) => ({ signal, listeners: process.rawListeners(signal) }));
  const own = new Map<NodeJS.Signals, () => void>();
  for (const signal of forwarded) {
    const fromTerminal = signal === "SIGINT" || signal === "SIGQUIT";
    const listener = (): void => {
      if (!(terminal && fromTerminal)) send(signal);
    };
    own.set(signal, listener);
    // Ours before the others go: without any listener, a signal on its way would be lost.
    process.on(signal, listener);
    for (const other of process.rawListeners(signal)) if (other !== listener) process.off(signal, other as NodeJS.SignalsListener); // prettier-ignore
  }
  return () => {
    for (const [signal, listener] of own) process.off(signal, listener);
    for (const { signal, listeners } of saved)
      for (const listener of listeners) process.on(signal, listener as NodeJS.SignalsListener);
  };
}

function shellWrapped(spec: PassThroughSpec, merged: boolean): readonly [string, ...string[]] {
  const prelude = [...(spec.prelude ?? []), ...rawVariables(spec.env)];
  const merge = merged ? " 2>&1" : "";
  if (prelude.length === 0 && merge === "") return spec.argv;
  return ["/bin/sh", "-c", [...prelude, `exec "$0" "$@"${merge}`].join("; "), ...spec.argv];
}

/** How the child's two output streams reach us. */
interface Channels {
  readonly stdio: StdioOptions;
  /** Takes the child's side out of our hands once it has started, and gives ours. */
  start(child: ChildProcess): { readonly stdout: PipeReader | undefined; readonly stderr: PipeReader | undefined };
  /** Where nothing started. */
  drop(): void;
}

/** A child's socket, where there are no real pipes: over when it ends, or when it has been silent for a while after {@link PipeReader.finish}. */
function socketReader(stream: Readable | null): PipeReader | undefined {
  if (stream === null) return undefined;
  let busy = false;
  let since = 0;
  const watch = (): void => {
    if (stream.destroyed) return;
    if (!busy && performance.now() - since > grace) stream.destroy();
    // Never twice in one turn: between two looks, what has come in meanwhile is told.
    else setTimeout(() => setImmediate(watch), grace / 5);
  };
  return {
    async read(take) {
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          busy = true;
          if (!(await take(chunk))) return;
          busy = false;
          since = performance.now();
        }
      } catch {
        // Destroyed: nothing more comes.
      }
    },
    finish() {
      since = performance.now();
      watch();
    },
  };
}

/** Real pipes where they can be made, else what the runtime gives. */
async function openChannels(spec: PassThroughSpec): Promise<Channels> {
  const { streams } = spec;
  const stdin = spec.stdin ? "inherit" : "ignore";
  const piped = { stdout: streams.stdout === "tee", stderr: streams.stderr === "tee" };
  const pipes = piped.stdout || piped.stderr ? await makePipes() : undefined;
  if (pipes === undefined) {
    return {
      stdio: [stdin, piped.stdout ? "pipe" : "inherit", piped.stderr ? "pipe" : "inherit"],
      start: (child) => ({ stdout: socketReader(child.stdout), stderr: socketReader(child.stderr) }),
      drop: () => undefined,
    };
  }
  const [out, err] = pipes;
  if (!piped.stdout) closePipe(out);
  if (!piped.stderr) closePipe(err);
  return {
    // `merge`: the very same pipe twice, so that the order of what is written stays.
    stdio: [
      stdin,
      piped.stdout ? out.write : "inherit",
      piped.stderr ? err.write : streams.stderr === "merge" && piped.stdout ? out.write : "inherit",
    ],
    start: () => {
      if (piped.stdout) closeSync(out.write);
      if (piped.stderr) closeSync(err.write);
      return {
        stdout: piped.stdout ? readPipe(out.read) : undefined,
        stderr: piped.stderr ? readPipe(err.read) : undefined,
      };
    },
    drop: () => {
      if (piped.stdout) closePipe(out);
      if (piped.stderr) closePipe(err);
    },
  };
}

/**
 * Bytes still taken from a program after our own stream broke with its reader there (a full device). Without us it would hear an error, which most programs
 * pass over, and no signal: it goes on, and what it says is kept. One that never stops is stopped in the end.
 */
const unheardLimit = 16 * 1024 * 1024;

/** Keeps the end of a stream, hands it on, and resolves when it is over and its bytes have left us. */
async function collect(
  reader: PipeReader | undefined,
  tail: Tail,
  target: NodeJS.WriteStream | undefined,
): Promise<void> {
  if (reader === undefined) return;
  let broken: Error | undefined;
  let unheard = 0;
  const leave = (error: Error): void => {
    broken ??= error;
  };
  target?.on("error", leave);
  // Broken in an earlier run already.
  if (target?.errored) leave(target.errored);
  await reader.read(async (chunk) => {
    tail.add(chunk);
    if (target === undefined) return true;
    if (broken === undefined) {
      // Waits until the target wants more.
      const error = await new Promise<Error | null | undefined>((resolve) => target.write(chunk, resolve));
      if (error) leave(error);
    }
    if (broken === undefined) return true;
    // A reader that went away: the child gets what it would get without us.
    if (systemCode(broken) === "EPIPE") return false;
    unheard += chunk.length;
    return unheard < unheardLimit;
  });
  // One that broke stays: its error may still be on its way.
  if (broken === undefined) target?.off("error", leave);
}

let stoodIn = false;

/** Whether this process has stood in for a program: what its own streams cannot take is then no fault of medkit's to tell. */
export function standsIn(): boolean {
  return stoodIn;
}

/**
 * Runs a program in our place: our terminal, standard input and process group, its own exit status and signal. Resolves whatever it did, also
 * where it could not start. Bytes of `tee` streams are handed on as they come, with back-pressure; a reader that goes away closes the child's pipe,
 * as it would without us. No error of our own streams is ever one of the run.
 */
export async function runPassThrough(spec: PassThroughSpec): Promise<PassThroughResult> {
  if (spec.show) stoodIn = true;
  let child: ChildProcess | undefined;
  const early: NodeJS.Signals[] = [];
  // From here on: what comes before the child is there is told it as soon as it is.
  const release = handSignalsOn((signal) => void (child === undefined ? early.push(signal) : child.kill(signal)));
  const channels = await openChannels(spec);
  const failed = (error: unknown): PassThroughResult => ({
    status: undefined,
    signal: undefined,
    startError: systemCode(error) ?? "UNKNOWN",
    stdout: "",
    stderr: "",
  });
  const merged = spec.streams.stderr === "merge" && typeof (channels.stdio as readonly unknown[])[1] !== "number";
  const [program, ...args] = shellWrapped(spec, merged);
  try {
    child = spawn(program, args, { cwd: spec.cwd, env: spec.env, stdio: channels.stdio });
  } catch (error) {
    release();
    channels.drop();
    return failed(error);
  }
  const started = child;
  for (const signal of early) started.kill(signal);
  const [stdout, stderr] = [new Tail(), new Tail()];
  const readers = channels.start(started);
  const over = Promise.all([
    collect(readers.stdout, stdout, spec.show ? process.stdout : undefined),
    collect(readers.stderr, stderr, spec.show ? process.stderr : undefined),
  ]);
  const ended = await new Promise<Pick<PassThroughResult, "status" | "signal"> | { readonly error: unknown }>(
    (resolve) => {
      started.once("error", (error) => {
        if (started.pid === undefined) resolve({ error });
      });
      started.once("exit", (status, signal) => resolve({ status: status ?? undefined, signal: signal ?? undefined }));
    },
  );
  release();
  if ("error" in ended) {
    readers.stdout?.finish();
    readers.stderr?.finish();
    return failed(ended.error);
  }
  const timer = setTimeout(() => {
    readers.stdout?.finish();
    readers.stderr?.finish();
  }, grace);
  await over;
  clearTimeout(timer);
  return { ...ended, startError: undefined, stdout: stdout.text(), stderr: stderr.text() };
}

/** Signals whose default leaves a core file: that of a wrapper would say nothing. */
const coreSignals: ReadonlySet<string> = new Set(["SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV", "SIGSYS", "SIGXCPU", "SIGXFSZ"]); // prettier-ignore

/** The status a shell gives for a program that this signal ended. */
export function signalStatus(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** Ends this process by the signal that ended the child, so that whoever waits sees the same. Comes back only where the signal does not end us. */
export async function endBySignal(signal: NodeJS.Signals): Promise<number> {
  if (coreSignals.has(signal)) return signalStatus(signal);
  process.removeAllListeners(signal);
  try {
    process.kill(process.pid, signal);
    await new Promise((resolve) => setTimeout(resolve, 500));
  } catch {
    // Not ours to send.
  }
  return signalStatus(signal);
}
