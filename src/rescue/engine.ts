import { join } from "node:path";
import { CAUSE_FACTS } from "../core/causes/index.ts";
import { signalStatus } from "../core/pass-through.ts";
import type { Ports } from "../core/ports.ts";
import { readGoLine } from "./command-line.ts";
import { applyRemedy, isLasting, takeBack, type Applied, type OnDisk } from "./apply.ts";
import { createProbes } from "./probes/index.ts";
import type { KitAccess } from "./kit-access.ts";
import type { CommandRunner } from "./runner.ts";
import { isCodeSymptom, readSymptoms } from "./symptoms/registry.ts";
import type { CaseFile, Cause, Command, Diagnosis, Remedy, Symptom, Transcript, Verdict } from "./types.ts";

/** More rounds than anybody has had faults at once. */
const maxRounds = 10;

export interface EngineOptions {
  readonly command: Command;
  /** Has run the command once already. */
  readonly runner: CommandRunner;
  readonly causes: readonly Cause[];
  readonly kit: KitAccess | undefined;
  readonly offline: boolean;
  readonly toolchains: string | undefined;
  /** This rescue's own folder; made when the first remedy needs it. */
  readonly folder: string;
  readonly fixFiles: boolean;
  /** Find the cause, and apply nothing. */
  readonly dryRun: boolean;
  readonly secrets: readonly string[];
  /**
   * Told what lies on the disk whenever that changes, before a file of the user's is replaced and before the command runs on it: whatever ends us then, it
   * can be taken back.
   */
  readonly keep: (applied: readonly OnDisk[]) => Promise<void>;
  readonly on: (event: EngineEvent) => void;
}

export type EngineEvent =
  | { readonly type: "cause"; readonly diagnosis: Diagnosis }
  | { readonly type: "remedy"; readonly remedy: Remedy }
  | { readonly type: "taken-back"; readonly remedy: Remedy }
  | { readonly type: "failed-remedy"; readonly remedy: Remedy; readonly error: unknown };

/** A cause that was believed, and what came of it. */
export interface Treated {
  readonly diagnosis: Diagnosis;
  remedy: Remedy | undefined;
  readonly tried: Remedy[];
}

export interface EngineResult {
  readonly verdict: Verdict;
  readonly transcript: Transcript;
  readonly symptoms: readonly Symptom[];
  readonly treated: readonly Treated[];
  readonly applied: readonly Applied[];
  /** For bundles and further questions. */
  readonly lastCase: CaseFile;
}

const rank = { certain: 0, likely: 1, possible: 2 } as const;

function keyOf(remedy: Remedy): string {
  return JSON.stringify([remedy.kind, remedy.params, remedy.environment, remedy.limits ?? {}, (remedy.edits ?? []).map((edit) => edit.path)]); // prettier-ignore
}

/** Asks every cause that the symptoms point at; most certain first, then in the registry's order. A cause that fails to look is passed over. */
export async function diagnose(causes: readonly Cause[], file: CaseFile): Promise<readonly Diagnosis[]> {
  const kinds = new Set(file.symptoms.map((symptom) => symptom.kind));
  // A go command that fails without a word that anybody knows (a program for another machine is read as a script): every cause is looked at.
  const silent = file.symptoms.length === 0 && readGoLine(file.command.argv) !== undefined;
  const asked = file.transcript === undefined || silent ? causes.filter((cause) => cause.preventive) : causes.filter((cause) => cause.symptoms.some((kind) => kinds.has(kind))); // prettier-ignore
  const found = await Promise.all(asked.map((cause) => cause.diagnose(file).catch(() => undefined)));
  return found
    .filter((each): each is Diagnosis => each !== undefined)
    .toSorted((a, b) => rank[a.confidence] - rank[b.confidence]);
}

/** Signals by which somebody, or a reader that went away, ends a command: no failure. */
function isAsked(signal: NodeJS.Signals | undefined): boolean {
  return signal !== undefined && ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGPIPE"].includes(signal);
}

class Engine {
  readonly #ports: Ports;
  readonly #options: EngineOptions;
  readonly #treated: Treated[] = [];
  readonly #applied: Applied[] = [];
  readonly #tried = new Set<string>();
  #command: Command;

  constructor(ports: Ports, options: EngineOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#command = options.command;
  }

  #caseFile(transcript: Transcript): CaseFile {
    const { kit, offline, toolchains } = this.#options;
    const command = this.#command;
    return {
      command,
      transcript,
      symptoms: readSymptoms(transcript),
      probes: createProbes({ ports: this.#ports, command, offline, toolchains }),
      kit,
      scratch: (name) => join(this.#options.folder, "scratch", name),
    };
  }

  #treat(diagnosis: Diagnosis): Treated {
    const known = this.#treated.find((each) => each.diagnosis.code === diagnosis.code);
    if (known !== undefined) return known;
    const treated: Treated = { diagnosis, remedy: undefined, tried: [] };
    this.#treated.push(treated);
    this.#options.on({ type: "cause", diagnosis });
    return treated;
  }

  /** The next remedy for a diagnosis that was not tried yet and may be. */
  async #nextRemedy(cause: Cause, diagnosis: Diagnosis, file: CaseFile): Promise<Remedy | undefined> {
    const remedies = await cause.remedies(diagnosis, file).catch(() => []);
    // With --fix-files what mends a file for good comes before what covers it for one command.
    const isEdit = ({ reach }: Remedy): boolean => reach === "user-file";
    const edits = this.#options.fixFiles ? remedies.filter(isEdit) : [];
    for (const remedy of [...edits, ...remedies.filter((each) => !isEdit(each))]) {
      if (this.#tried.has(`${cause.code} ${keyOf(remedy)}`)) continue;
      return remedy;
    }
    return undefined;
  }

  async #apply(remedy: Remedy, file: CaseFile): Promise<Applied> {
    const { folder, secrets, keep } = this.#options;
    const goenv = await file.probes.goenvFile();
    const intend = (pending: OnDisk): Promise<void> => keep([...this.#applied, pending]);
    let applied: Applied | undefined;
    try {
      applied = await applyRemedy(remedy, this.#command, { copies: join(folder, "copies"), secrets, goenv, intend });
      if (isLasting(applied)) await keep([...this.#applied, applied]);
      return applied;
    } catch (error) {
      if (applied !== undefined) await takeBack(applied);
      // Where the record cannot be written now, it names files that hold what they held: its undo does nothing.
      if ((remedy.edits ?? []).length > 0) await keep(this.#applied).catch(() => undefined);
      throw error;
    }
  }

  /** Tries one remedy; gives the new state where it helped, undefined where it was taken back. */
  async #try(cause: Cause, remedy: Remedy, treated: Treated, file: CaseFile): Promise<Transcript | undefined> {
    this.#tried.add(`${cause.code} ${keyOf(remedy)}`);
    this.#options.on({ type: "remedy", remedy });
    const before = this.#command;
    let applied: Applied;
    try {
      await remedy.precondition?.();
      const full = remedy.complete === undefined ? remedy : await remedy.complete();
      if (full === undefined) {
        treated.tried.push(remedy);
        return undefined;
      }
      applied = await this.#apply(full, file);
    } catch (error) {
      treated.tried.push(remedy);
      this.#options.on({ type: "failed-remedy", remedy, error });
      return undefined;
    }
    this.#command = applied.command;
    const transcript = await this.#options.runner.run(this.#command);
    if (!isAsked(transcript.signal) && transcript.status !== 0 && (await this.#remains(cause, transcript))) {
      this.#command = before;
      await takeBack(applied);
      if (isLasting(applied)) await this.#options.keep(this.#applied);
      treated.tried.push(remedy);
      this.#options.on({ type: "taken-back", remedy });
      return undefined;
    }
    treated.remedy = remedy;
    this.#applied.push(applied);
    return transcript;
  }

  /** Whether a cause is still what a failure is about. A fault that lies behind it, and says so, is the next round's. */
  async #remains(cause: Cause, transcript: Transcript): Promise<boolean> {
    const file = this.#caseFile(transcript);
    if (file.symptoms.length > 0) return (await diagnose([cause], file)).length > 0;
    return (await cause.diagnose(file)) !== undefined;
  }

  /** One round: gives the transcript after a remedy that helped, or the verdict. */
  async #round(file: CaseFile): Promise<Transcript | Verdict> {
    const believed = await diagnose(this.#options.causes, file);
    for (const diagnosis of believed) {
      const cause = this.#options.causes.find((each) => each.code === diagnosis.code);
      if (cause === undefined) continue;
      const treated = this.#treat(diagnosis);
      const barrier = CAUSE_FACTS[diagnosis.code].barrier;
      if (barrier === "denied") return "denied";
      if (this.#options.dryRun) {
        treated.remedy = await this.#nextRemedy(cause, diagnosis, file);
        return "not-recovered";
      }
      for (let tries = 0; tries < maxRounds; tries++) {
        const remedy = await this.#nextRemedy(cause, diagnosis, file);
        if (remedy === undefined) break;
        const transcript = await this.#try(cause, remedy, treated, file);
        if (transcript !== undefined) return transcript;
      }
      // What the bytes are is in doubt: nothing else is tried that could make the doubt go away.
      if (barrier === "integrity") return "not-recovered";
    }
    if (believed.length > 0) return "not-recovered";
    if (file.symptoms.some(isCodeSymptom)) return "code";
    return "unknown";
  }

  async run(first: Transcript): Promise<EngineResult> {
    let transcript = first;
    let file = this.#caseFile(transcript);
    let verdict: Verdict = "not-recovered";
    for (let round = 0; round < maxRounds; round++) {
      if (transcript.status === 0) {
        verdict = this.#applied.length === 0 ? "healthy" : "recovered";
        break;
      }
      if (isAsked(transcript.signal) || this.#ports.signal.aborted) {
        verdict = "interrupted";
        break;
      }
      const outcome = await this.#round(file);
      if (typeof outcome === "string") {
        verdict = outcome;
        break;
      }
      transcript = outcome;
      file = this.#caseFile(transcript);
    }
    return {
      verdict,
      transcript,
      symptoms: file.symptoms,
      treated: this.#treated,
      applied: this.#applied,
      lastCase: file,
    };
  }
}

/** As long as a command fails by its environment, finds the cause, tries the least intrusive remedy and runs it again. Nothing is undone at the end. */
export function runEngine(ports: Ports, options: EngineOptions, first: Transcript): Promise<EngineResult> {
  return new Engine(ports, options).run(first);
}

/** The exit status of a rescue; 3 where a fault of the environment remains, 6 where the host's policy refuses, else the command's own. */
export function exitOf(verdict: Verdict, transcript: Transcript): number {
  if (verdict === "not-recovered") return 3;
  if (verdict === "denied") return 6;
  if (transcript.signal !== undefined) return signalStatus(transcript.signal);
  if (transcript.startError !== undefined) return transcript.startError === "ENOENT" ? 127 : 126;
  return transcript.status ?? 1;
}
