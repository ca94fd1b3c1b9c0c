import type { Ports } from "../core/ports.ts";
import type { GoVersion } from "../core/go-version.ts";
import { decide } from "./decide.ts";
import { readFacts } from "./read-facts.ts";
import type { Decision, Facts, ModuleSetting } from "./types.ts";
import { KNOWN_LANGUAGES, someGoOf } from "./versions.ts";

export interface ModeOptions {
  /** The folder in question. */
  readonly folder: string;
  /** As if this Go were on PATH. */
  readonly go: GoVersion | undefined;
}

/** What several versions of Go have in common. */
export interface VersionAnswer {
  /** Language versions, oldest first. */
  readonly languages: readonly string[];
  readonly decision: Decision;
}

export interface ModeReport {
  readonly facts: Facts;
  /** What counts as things are. */
  readonly decision: Decision;
  /** Where the version of Go is not known: what each known version would make of it, like answers put together. Else empty. */
  readonly byVersion: readonly VersionAnswer[];
  /** What each value of GO111MODULE would make of it. */
  readonly bySetting: Readonly<Record<ModuleSetting, Decision>>;
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
export async function explainMode(ports: Ports, { folder, go }: ModeOptions): Promise<ModeReport> {
  const read = await readFacts(ports, folder);
  const same = go === undefined || go.text === read.go.version?.text;
  const facts: Facts = same
    ? read
    : { ...read, go: { ...read.go, version: go, goroot: read.toolchains.get(`go${go.text}`), isAssumed: true } };
  const isKnown = facts.go.version !== undefined;
  const setting = (value: ModuleSetting): Decision =>
    decide(facts, { value, evidence: { where: "environment", text: `GO111MODULE=${value}` } });
  return {
    facts,
    decision: decide(facts),
    byVersion: isKnown ? [] : answersByVersion(facts),
    bySetting: { off: setting("off"), auto: setting("auto"), on: setting("on") },
  };
}

/** Whether the answer hangs on which Go runs. */
export function dependsOnVersion({ byVersion }: ModeReport): boolean {
  return byVersion.length > 1;
}
