import type { KeyObject } from "node:crypto";
import type { Ports } from "../core/ports.ts";
import type { Rescue, RescueOptions } from "./after-failure.ts";
import type { OutputFacts } from "./command-line.ts";
import type { DoctorOptions, Finding } from "./doctor.ts";
import type { KitAccess } from "./kit-access.ts";
import type { Place } from "./place.ts";
import { redactWords, secretsOf } from "./redact.ts";
import { CommandRunner } from "./runner.ts";
import type { Command } from "./types.ts";
import type { Undone } from "./undo.ts";

// A command that passes must not wait for what only a failing one needs: everything but the runner, and what hides secrets, is loaded when it is called.

export { CAUSE_FACTS } from "../core/causes/index.ts";
export type { Finding } from "./doctor.ts";
export type { EngineEvent } from "./engine.ts";
export type { KitAccess } from "./kit-access.ts";
export type { Change, Diagnosis, Evidence, Remedy, ReportedCause, RescueReport, Transcript } from "./types.ts";
export type { Undone } from "./undo.ts";

type AfterFailure = Omit<RescueOptions, "command" | "runner" | "first" | "started">;

export interface CommandOptions {
  readonly command: Command;
  readonly output: OutputFacts;
  /** Whether a command that may do harm twice may run again, to hear what it says. */
  readonly mayRepeat: (argv: readonly string[]) => Promise<boolean>;
  /** Asked for after a failure. */
  readonly afterFailure: () => Promise<AfterFailure>;
}

/** Runs a command in medkit's place, and rescues it where its environment makes it fail. */
export async function rescue(ports: Ports, options: CommandOptions): Promise<Rescue> {
  const started = ports.clock.monotonic();
  const { command } = options;
  const runner = new CommandRunner(ports, options);
  const first = await runner.run(command);
  if (first.status !== 0) {
    const { rescueAfterFailure } = await import("./after-failure.ts");
    return rescueAfterFailure(ports, { ...(await options.afterFailure()), command, runner, first, started });
  }
  const milliseconds = Math.round(ports.clock.monotonic() - started);
  return {
    transcript: first,
    report: {
      recovered: false,
      exit: 0,
      causes: [],
      changes: [],
      undo: null,
      verdict: "healthy",
      command: redactWords(command.argv, secretsOf(command.env)),
      milliseconds,
      overheadMilliseconds: Math.max(0, milliseconds - Math.round(runner.milliseconds)),
      attempts: runner.attempts,
      symptoms: [],
      bundle: null,
    },
  };
}

/** See {@link Finding}. */
export async function examine(ports: Ports, options: DoctorOptions): Promise<readonly Finding[]> {
  return (await import("./doctor.ts")).examine(ports, options);
}

/** Opens an unpacked kit for remedies. PATH_NOT_FOUND, KIT_NOT_FOUND, KIT_MANIFEST_INVALID. */
export async function openKit(ports: Ports, path: string, signer: KeyObject | undefined): Promise<KitAccess> {
  return (await import("./kit-access.ts")).openKit(ports, path, signer);
}

/** Where a rescue, or the doctor, may keep what outlives it; undefined: nowhere. */
export async function choosePlace(
  home: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Place | undefined> {
  return (await import("./place.ts")).choosePlace(home, env);
}

/** Takes back the newest rescue below `root`; undefined where there is none. */
export async function undoLast(root: string): Promise<Undone | undefined> {
  return (await import("./undo.ts")).undoLast(root);
}
