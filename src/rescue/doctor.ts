import { join } from "node:path";
import { CAUSE_FACTS, type CauseFacts } from "../core/causes/index.ts";
import type { Ports } from "../core/ports.ts";
import { applyRemedy, type Applied, type OnDisk } from "./apply.ts";
import { CAUSES } from "./causes/registry.ts";
import { cleanDiagnosis } from "./evidence.ts";
import { diagnose } from "./engine.ts";
import type { KitAccess } from "./kit-access.ts";
import { rescueName } from "./place.ts";
import { createProbes } from "./probes/index.ts";
import { knownSecrets } from "./known-secrets.ts";
import { writeUndo } from "./undo.ts";
import type { CaseFile, Command, Diagnosis, Remedy } from "./types.ts";

/** One thing that the doctor found, worst first. */
export interface Finding {
  readonly diagnosis: Diagnosis;
  readonly severity: CauseFacts["severity"];
  readonly remedies: readonly Remedy[];
  /** With `--fix`: what was done; undefined where nothing safe could be. */
  applied: Applied | undefined;
}

export interface DoctorOptions {
  /** Absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly kit: KitAccess | undefined;
  readonly offline: boolean;
  readonly toolchains: string | undefined;
  /** Folder of all rescues, for copies and own files; undefined where nothing can be written. */
  readonly root: string | undefined;
  /** Apply the remedies that are files, each after a copy. What is only a variable is left for the person: no program can change its parent's. */
  readonly fix: boolean;
}

const order = { error: 0, warning: 1, note: 2 } as const;

/** Looks at host, environment, module and caches without a failing command. Asks every preventive cause. */
export async function examine(ports: Ports, options: DoctorOptions): Promise<readonly Finding[]> {
  const command: Command = { argv: ["go", "build", "./..."], cwd: options.folder, env: options.env, limits: {} };
  const folder = join(options.root ?? "/nonexistent/medkit", rescueName(ports));
  const probes = createProbes({ ports, command, offline: options.offline, toolchains: options.toolchains });
  const file: CaseFile = {
    command,
    transcript: undefined,
    symptoms: [],
    probes,
    kit: options.kit,
    scratch: (name) => join(folder, "scratch", name),
  };
  const secrets = await knownSecrets(command.env, ports.platform.os);
  const found: Finding[] = [];
  /** Before each edit, so that it can be taken back whatever ends us then; and without what failed. */
  const keep = (pending: readonly OnDisk[]): Promise<void> => {
    const done = found.flatMap((finding) => finding.applied ?? []);
    return writeUndo(folder, ["medkit", "doctor", "--fix"], [...done, ...pending], ports.clock.now());
  };
  for (const diagnosis of await diagnose(CAUSES, file)) {
    const cause = CAUSES.find((each) => each.code === diagnosis.code);
    const remedies = cause === undefined ? [] : await cause.remedies(diagnosis, file);
    const finding: Finding = {
      diagnosis: cleanDiagnosis(diagnosis, secrets),
      severity: CAUSE_FACTS[diagnosis.code].severity,
      remedies,
      applied: undefined,
    };
    found.push(finding);
    const outline = options.fix ? remedies.find((remedy) => remedy.reach === "user-file") : undefined;
    const edit = outline?.complete === undefined ? outline : await outline.complete();
    if (edit === undefined) continue;
    await edit.precondition?.();
    const goenv = await probes.goenvFile();
    const intend = (pending: OnDisk): Promise<void> => keep([pending]);
    const settings = { copies: join(folder, "copies"), secrets, goenv, intend };
    try {
      finding.applied = await applyRemedy(edit, command, settings);
    } catch (error) {
      await keep([]).catch(() => undefined);
      throw error;
    }
    await keep([]);
  }
  return found.toSorted((a, b) => order[a.severity] - order[b.severity]);
}
