import { spawn, type ChildProcess } from "node:child_process";
import { MedkitError } from "./errors.ts";
import type { ProcessResult, ProcessSpec } from "./ports.ts";

/** Bytes of stdout that are kept; a program that writes more is ended, since half an answer would mislead. */
const stdoutLimit = 512 * 1024 * 1024;
/** Characters of stderr that are kept: the last ones. */
const stderrLimit = 1024 * 1024;
/** Milliseconds between asking a process group to end and ending it. */
const grace = 2000;

const live = new Set<number>();
let watching = false;

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended by itself.
  }
}

/** Children run in groups of their own, so the terminal's Ctrl-C does not reach them: none may outlive this process. */
function watchExit(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const pid of live) killGroup(pid, "SIGKILL");
  });
}

/** Cuts a stream of text into lines; the rest without a line end is handed out by `end`. */
class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = "";

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#onLine(line.replace(/\r$/, ""));
  }

  end(): void {
    if (this.#rest !== "") this.#onLine(this.#rest);
    this.#rest = "";
  }
}

class Capture {
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #stderr = "";

  /** False when the limit is passed. */
  addStdout(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > stdoutLimit) return false;
    this.#chunks.push(chunk);
    return true;
  }

  addStderr(text: string): void {
    this.#stderr += text;
    if (this.#stderr.length > 2 * stderrLimit) this.#stderr = this.#stderr.slice(-stderrLimit);
  }

  result(status: number | null, signal: NodeJS.Signals | null, timedOut: boolean): ProcessResult {
    return {
      status: status ?? undefined,
      signal: signal ?? undefined,
      stdout: Buffer.concat(this.#chunks),
      stderr: this.#stderr.slice(-stderrLimit),
      timedOut,
    };
  }
}

function feed(child: ChildProcess, input: string | Uint8Array | undefined): void {
  // A program may end without reading all of its input; that is its own affair.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
}

/**
 * Runs programs in process groups of their own. A result comes back whatever the program did, also where it could not start
 * (then `stderr` says why); throws INTERRUPTED after `abort`, when the group has ended.
 */
export function createProcessRunner(abort: AbortSignal): { run(spec: ProcessSpec): Promise<ProcessResult> } {
  return { run: (spec) => runProcess(spec, abort) };
}

function runProcess(spec: ProcessSpec, abort: AbortSignal): Promise<ProcessResult> {
  if (abort.aborted) return Promise.reject(new MedkitError("INTERRUPTED"));
  watchExit();
  return new Promise((resolve, reject) => {
    const child = spawn(spec.command, spec.args, {
      ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
      env: spec.env,
      detached: true,
      stdio: [spec.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    const capture = new Capture();
    const lines = spec.onStderrLine === undefined ? undefined : new LineSplitter(spec.onStderrLine);
    let timedOut = false;
    let overflow = false;
    const timers: NodeJS.Timeout[] = [];

    const stop = (): void => {
      const { pid } = child;
      if (pid === undefined) return;
      killGroup(pid, "SIGTERM");
      timers.push(setTimeout(() => killGroup(pid, "SIGKILL"), grace));
    };
    const onAbort = (): void => stop();
    const settle = (finish: () => void): void => {
      for (const timer of timers) clearTimeout(timer);
      abort.removeEventListener("abort", onAbort);
      if (child.pid !== undefined) live.delete(child.pid);
      lines?.end();
      finish();
    };

    if (child.pid !== undefined) live.add(child.pid);
    abort.addEventListener("abort", onAbort, { once: true });
    if (spec.timeout !== undefined) {
      timers.push(
        setTimeout(() => {
          timedOut = true;
          stop();
        }, spec.timeout),
      );
    }
    feed(child, spec.input);
    child.stdout?.on("data", (chunk: Buffer) => {
      if (overflow || capture.addStdout(chunk)) return;
      overflow = true;
      stop();
    });
    child.stderr?.setEncoding("utf8");
    child.stderr?.on("data", (text: string) => {
      capture.addStderr(text);
      lines?.push(text);
    });
    child.on("error", (error) => {
      if (child.pid !== undefined) return;
      capture.addStderr(error.message);
      settle(() => resolve(capture.result(null, null, false)));
    });
    child.on("exit", () => {
      // A daemon that the program left behind may hold the pipes open for ever.
      timers.push(
        setTimeout(() => {
          child.stdout?.destroy();
          child.stderr?.destroy();
        }, grace),
      );
    });
    child.on("close", (status, signal) => {
      settle(() => {
        if (abort.aborted) reject(new MedkitError("INTERRUPTED"));
        else if (overflow)
          reject(new MedkitError("UNEXPECTED", { detail: `${spec.command} wrote more than ${stdoutLimit} bytes` }));
        else resolve(capture.result(status, signal, timedOut));
      });
    });
  });
}
