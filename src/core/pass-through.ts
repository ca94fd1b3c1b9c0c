import { spawn, type StdioOptions } from "node:child_process";
import { constants } from "node:os";
import { systemCode } from "./errors.ts";

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
    process.removeAllListeners(signal);
    const listener = (): void => {
      if (!(terminal && fromTerminal)) send(signal);
    };
    own.set(signal, listener);
    process.on(signal, listener);
  }
  return () => {
    for (const [signal, listener] of own) process.off(signal, listener);
    for (const { signal, listeners } of saved)
      for (const listener of listeners) process.on(signal, listener as NodeJS.SignalsListener);
  };
}

function shellWrapped(spec: PassThroughSpec): readonly [string, ...string[]] {
  const prelude = [...(spec.prelude ?? [])];
  const merge = spec.streams.stderr === "merge" ? " 2>&1" : "";
  if (prelude.length === 0 && merge === "") return spec.argv;
  return ["/bin/sh", "-c", [...prelude, `exec "$0" "$@"${merge}`].join("; "), ...spec.argv];
}

/**
 * Runs a program in our place: our terminal, standard input and process group, its own exit status and signal. Resolves whatever it did, also
 * where it could not start. Bytes of `tee` streams are handed on as they come, with back-pressure; a reader that goes away closes the child's pipe,
 * as it would without us.
 */
export function runPassThrough(spec: PassThroughSpec): Promise<PassThroughResult> {
  const { streams } = spec;
  const stdio: StdioOptions = [
    spec.stdin ? "inherit" : "ignore",
    streams.stdout === "inherit" ? "inherit" : "pipe",
    streams.stderr === "inherit" ? "inherit" : "pipe",
  ];
  return new Promise((resolve) => {
    const [stdout, stderr] = [new Tail(), new Tail()];
    const [program, ...args] = shellWrapped(spec);
    const failed = (error: unknown): PassThroughResult => ({
      status: undefined,
      signal: undefined,
      startError: systemCode(error) ?? "UNKNOWN",
      stdout: "",
      stderr: "",
    });
    let child;
    try {
      child = spawn(program, args, { cwd: spec.cwd, env: spec.env, stdio });
    } catch (error) {
      resolve(failed(error));
      return;
    }
    const started = child;
    const release = handSignalsOn((signal) => started.kill(signal));
    for (const [source, tail, target] of [
      [started.stdout, stdout, process.stdout],
      [started.stderr, stderr, process.stderr],
    ] as const) {
      if (source === null) continue;
      source.on("data", (chunk: Buffer) => tail.add(chunk));
      if (!spec.show) continue;
      source.pipe(target, { end: false });
      target.once("error", () => source.destroy());
    }
    started.once("error", (error) => {
      if (started.pid !== undefined) return;
      release();
      resolve(failed(error));
    });
    let timer: NodeJS.Timeout | undefined;
    started.once("exit", () => {
      timer = setTimeout(() => {
        started.stdout?.destroy();
        started.stderr?.destroy();
      }, grace);
    });
    started.once("close", (status, signal) => {
      clearTimeout(timer);
      release();
      resolve({
        status: status ?? undefined,
        signal: signal ?? undefined,
        startError: undefined,
        stdout: stdout.text(),
        stderr: stderr.text(),
      });
    });
  });
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
