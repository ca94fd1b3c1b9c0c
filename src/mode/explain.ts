import type { Ports } from "../core/ports.ts";
import type { GoVersion } from "../core/go-version.ts";
import { decide } from "./decide.ts";
import { readBuildContext, resolveImports, type ImportAnswer, type ResolvedImport } from "./packages.ts";
import { readFacts } from "./read-facts.ts";
import { moduleSources, type ModuleSource } from "./sources.ts";
import type { Decision, Facts, ModuleSetting } from "./types.ts";
import { KNOWN_LANGUAGES, someGoOf } from "./versions.ts";

export interface ModeOptions {
  /** The folder in question. */
  readonly folder: string;
  /** As if this Go were on PATH. */
  readonly go: GoVersion | undefined;
  /** Import paths to look up; none: what the package of the folder imports. */
  readonly packages: readonly string[];
}

/** What several versions of Go have in common. */
export interface VersionAnswer {
  /** Language versions, oldest first. */
  readonly languages: readonly string[];
  readonly decision: Decision;
}

/** What one value of GO111MODULE makes of the folder, and of what was asked about. */
export interface SettingAnswer {
  readonly decision: Decision;
  readonly imports: readonly ResolvedImport[];
}

export interface ModeReport {
  readonly facts: Facts;
  /** What counts as things are. */
  readonly decision: Decision;
  /** Where the version of Go is not known: what each known version would make of it, like answers put together. Else empty. */
  readonly byVersion: readonly VersionAnswer[];
  /** What each value of GO111MODULE would make of it. */
  readonly bySetting: Readonly<Record<ModuleSetting, SettingAnswer>>;
  /** Where the imports lead as things are, and all that they import in turn. */
  readonly answer: ImportAnswer;
  readonly sources: readonly ModuleSource[];
}

/** The part of a decision that a person would call another answer. */
function gist({ kind, buildMod, refusal, gomod, gowork, mains }: Decision): string {
  return JSON.stringify([kind, buildMod, refusal?.code, gomod, gowork, mains.map((each) => each.path)]);
}

function decideFor(facts: Facts, version: GoVersion | undefined): Decision {
  return decide({ ...facts, go: { ...facts.go, version } });
}

function answersByVersion(facts: Facts): readonly VersionAnswer[] {
  const answers: { languages: string[]; decision: Decision }[] = [];
  for (const language of KNOWN_LANGUAGES) {
    const decision = decideFor(facts, someGoOf(language));
    const last = answers.at(-1);
    if (last !== undefined && gist(last.decision) === gist(decision)) last.languages.push(language);
    else answers.push({ languages: [language], decision });
  }
  return answers;
}

/**
 * Says which mode the go command is in for a folder, and why, by Go's own rules read from its sources: no go is started, nothing is fetched, nothing is
 * changed. PATH_NOT_FOUND.
 */
export async function explainMode(ports: Ports, { folder, go, packages }: ModeOptions): Promise<ModeReport> {
  const facts = await readFacts(ports, folder, go);
  const isKnown = facts.go.version !== undefined;
  const look = async (decision: Decision, deep: boolean): Promise<ImportAnswer> => {
    const context = await readBuildContext(facts, ports.env, ports.platform, decision.version);
    return await resolveImports(facts, decision, context, { packages, deep });
  };
  const setting = async (value: ModuleSetting): Promise<SettingAnswer> => {
    const evidence = { where: "environment", text: `GO111MODULE=${value}` };
    const other = decide(facts, { value, evidence });
    return { decision: other, imports: (await look(other, false)).imports };
  };
  const decision = decide(facts);
  const answer = await look(decision, true);
  return {
    facts,
    decision,
    answer,
    sources: moduleSources(facts, answer.imports, (decision.mains[0]?.path ?? "go.mod").replace(/(?:\.mod)?$/, ".sum")),
    byVersion: isKnown ? [] : answersByVersion(facts),
    bySetting: { off: await setting("off"), auto: await setting("auto"), on: await setting("on") },
  };
}

/** Whether the answer hangs on which Go runs. */
export function dependsOnVersion({ byVersion }: ModeReport): boolean {
  return byVersion.length > 1;
}
