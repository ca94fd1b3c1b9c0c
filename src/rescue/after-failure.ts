import { join } from "node:path";
import type { Ports } from "../core/ports.ts";
import { CAUSES } from "./causes/registry.ts";
import { isLasting, type OnDisk } from "./apply.ts";
import { gatherBundle, writeBundle } from "./bundle.ts";
import { cleanDiagnosis } from "./evidence.ts";
import { exitOf, runEngine, type EngineEvent, type EngineResult, type Treated } from "./engine.ts";
import type { KitAccess } from "./kit-access.ts";
import { choosePlace, rescueName, type Place } from "./place.ts";
import { knownSecrets } from "./known-secrets.ts";
import { redactText, redactWords } from "./redact.ts";
import type { CommandRunner } from "./runner.ts";
import type { Command, Remedy, ReportedCause, ReportedRemedy, RescueReport, Symptom, Transcript } from "./types.ts";
import { writeUndo } from "./undo.ts";

export interface RescueOptions {
  readonly command: Command;
  readonly kit: KitAccess | undefined;
  readonly offline: boolean;
  readonly fixFiles: boolean;
  readonly dryRun: boolean;
  /** medkit's home; undefined where there is none. */
  readonly home: string | undefined;
  readonly toolchains: string | undefined;
  readonly runner: CommandRunner;
  /** What the first run did. */
  readonly first: Transcript;
  /** When it all began, on the monotonic clock. */
  readonly started: number;
  readonly version: string;
  readonly on: (event: EngineEvent) => void;
}

/** How a rescue ended. */
export interface Rescue {
  readonly report: RescueReport;
  readonly transcript: Transcript;
}

function reported({ kind, params, reach }: Remedy): ReportedRemedy {
  return { kind, params, reach };
}

function cleanFields(fields: Symptom["fields"], secrets: readonly string[]): Symptom["fields"] {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactText(value, secrets)]));
}

function reportedCause({ diagnosis, remedy, tried }: Treated, secrets: readonly string[]): ReportedCause {
  const { code, confidence, evidence, params } = cleanDiagnosis(diagnosis, secrets);
  return {
    code,
    confidence,
    evidence,
    params,
    remedy: remedy === undefined ? null : reported(remedy),
    tried: tried.map(reported),
  };
}

/** How to take back what lies on the disk; null where nothing does. */
function undoOf(result: EngineResult, place: Place): string | null {
  if (!result.applied.some(isLasting)) return null;
  return place.home === undefined ? "medkit rescue --undo" : `medkit rescue --undo --home ${place.home}`;
}

/**
 * A umask that takes away one's own rights is the command's affair: it keeps it, explicitly, and what medkit and its probes make themselves stays usable.
 * For the rest of this process.
 */
function keepUmask(command: Command): Command {
  const mask = process.umask(0o077);
  process.umask(mask & 0o077);
  if ((mask & 0o700) === 0) return command;
  return { ...command, limits: { umask: mask.toString(8).padStart(3, "0"), ...command.limits } };
}

/**
 * Takes over after a command failed, and rescues it where its environment is at fault. Gives the report and the last transcript; the caller ends as the
 * command did. What a remedy left on the disk stays until `rescue --undo`.
 */
export async function rescueAfterFailure(ports: Ports, given: RescueOptions): Promise<Rescue> {
  const options = { ...given, command: keepUmask(given.command) };
  const secrets = await knownSecrets(options.command.env, ports.platform.os);
  const place = await choosePlace(options.home, options.command.env);
  const folder = place === undefined ? "/nonexistent/medkit" : join(place.root, rescueName(ports));
  const on = (event: EngineEvent): void => options.on(event.type === "cause" ? { ...event, diagnosis: cleanDiagnosis(event.diagnosis, secrets) } : event); // prettier-ignore
  const words = redactWords(options.command.argv, secrets);
  const keep = (applied: readonly OnDisk[]): Promise<void> => writeUndo(folder, words, applied, ports.clock.now());
  const result = await runEngine(ports, { ...options, on, keep, causes: CAUSES, secrets, folder }, options.first);
  const undo = place === undefined ? null : undoOf(result, place);
  let bundle: string | null = null;
  if ((result.verdict === "unknown" || result.verdict === "not-recovered") && place !== undefined && !options.dryRun)
    bundle = await gatherBundle(ports, result.lastCase, options.version).then((gathered) => writeBundle(folder, gathered)).catch(() => null); // prettier-ignore
  const milliseconds = Math.round(ports.clock.monotonic() - options.started);
  const { verdict, transcript, treated, applied, symptoms } = result;
  return {
    transcript,
    report: {
      recovered: verdict === "recovered",
      exit: exitOf(verdict, transcript),
      causes: treated.map((each) => reportedCause(each, secrets)),
      changes: applied.flatMap((each) => each.changes),
      undo,
      verdict,
      command: words,
      milliseconds,
      overheadMilliseconds: Math.max(0, milliseconds - Math.round(options.runner.milliseconds)),
      attempts: options.runner.attempts,
      symptoms: symptoms.map((each) => ({
        ...each,
        line: redactText(each.line, secrets),
        fields: cleanFields(each.fields, secrets),
      })),
      bundle,
    },
  };
}
