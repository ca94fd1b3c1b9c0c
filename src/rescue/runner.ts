import { MedkitError } from "../core/errors.ts";
import { runPassThrough } from "../core/pass-through.ts";
import type { Ports } from "../core/ports.ts";
import { planStreams, retellingOf, type OutputFacts } from "./command-line.ts";
import type { Command, Transcript } from "./types.ts";

export interface RunnerOptions {
  readonly output: OutputFacts;
  /** Whether a command that may do harm twice may run again, to hear what it says; asked at most once. */
  readonly mayRepeat: (argv: readonly string[]) => Promise<boolean>;
}

/** Runs the wrapped command, as often as it takes, in medkit's place: see {@link runPassThrough}. */
export class CommandRunner {
  readonly #ports: Ports;
  readonly #options: RunnerOptions;
  #mayRepeat: boolean | undefined;
  attempts = 0;
  /** Milliseconds in which the command itself ran. */
  milliseconds = 0;

  constructor(ports: Ports, options: RunnerOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  async #once(command: Command, show: boolean): Promise<Transcript> {
    const { argv, cwd, env, limits } = command;
    // Asked to end before the child could be told: it is not started any more.
    if (this.#ports.signal.aborted) throw new MedkitError("INTERRUPTED");
    const prelude = [
      ...(limits.umask === undefined ? [] : [`umask ${limits.umask}`]),
      ...(limits.openFiles === undefined ? [] : [`ulimit -n ${limits.openFiles}`]),
    ];
    const streams = show ? planStreams(argv, this.#options.output) : ({ stdout: "tee", stderr: "tee" } as const);
    const started = this.#ports.clock.monotonic();
    const result = await runPassThrough({ argv, cwd, env, streams, prelude, show, stdin: show && this.attempts === 0 });
    const milliseconds = this.#ports.clock.monotonic() - started;
    this.milliseconds += milliseconds;
    if (show) this.attempts++;
    return { ...result, argv, milliseconds };
  }

  /** Runs the command for real. Where its terminal kept us from hearing what it said when it failed, hears it in a second, unseen run. */
  async run(command: Command): Promise<Transcript> {
    const { argv } = command;
    const seen = await this.#once(command, true);
    const failed = seen.status !== 0 && seen.signal === undefined && seen.startError === undefined;
    if (!failed || planStreams(argv, this.#options.output).stderr !== "inherit") return seen;
    let again = retellingOf(argv);
    if (again === undefined) {
      this.#mayRepeat ??= await this.#options.mayRepeat(argv);
      if (this.#mayRepeat) again = argv;
    }
    if (again === undefined) return seen;
    const heard = await this.#once({ ...command, argv: again }, false);
    return { ...seen, stdout: heard.stdout, stderr: heard.stderr };
  }
}
