import type { ProgressEvent } from "./events.ts";

/** A process to run: never a shell string. */
export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment of the child; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Milliseconds; the process group is killed when they are over. */
  readonly timeout?: number;
  /** Called for each complete line of stderr, while it runs. */
  readonly onStderrLine?: (line: string) => void;
}

export interface ProcessResult {
  /** Exit status; undefined where a signal ended it or it could not start. */
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** All of the outside world that medkit reaches but the file system (tests hand in real temporary folders). */
export interface Ports {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly platform: { readonly os: string; readonly arch: string };
  readonly clock: {
    /** Wall time. */
    now(): Date;
    /** Milliseconds on a clock that never goes back. */
    monotonic(): number;
  };
  readonly random: { bytes(length: number): Buffer };
  /** The WHATWG fetch. With `--offline` every call is refused with code OFFLINE. */
  readonly fetch: typeof fetch;
  readonly process: { run(spec: ProcessSpec): Promise<ProcessResult> };
  readonly progress: { emit(event: ProgressEvent): void };
  /** Aborted on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}
