import { MedkitError } from "../core/errors.ts";
import { parseGoVersion, type GoVersion } from "../core/go-version.ts";
import {
  type Decision,
  type Evidence,
  languageGo,
  type ModeReport,
  type Refusal,
  SETTING_NAMES,
  shownValue,
  versionText,
} from "../mode/index.ts";
import { renderMode } from "./render/mode.ts";
import { json, type CommandResult } from "./result.ts";

/** `--go`: a release, or a language version, of which any patch. TOOLCHAIN_VERSION_INVALID. */
export function readGoVersion(text: string): GoVersion {
  const version = parseGoVersion(text);
  if (version === undefined) throw new MedkitError("TOOLCHAIN_VERSION_INVALID", { version: text });
  return languageGo(version);
}

function evidenceData(evidence: readonly Evidence[]): object[] {
  return evidence.map(({ where, line, text }) => ({ where, line: line ?? null, text: text ?? null }));
}

function refusalData(refusal: Refusal): object {
  return { ...refusal, evidence: evidenceData(refusal.evidence) };
}

function decisionData(decision: Decision): object {
  const { kind, version, goroot, mains, work, buildMod, vendor, gomod, gowork, refusal } = decision;
  return {
    mode: kind,
    go: version === undefined ? null : versionText(version),
    goroot: goroot ?? null,
    modules: mains.map((each) => ({ path: each.parsed?.module ?? null, goMod: each.path, root: each.root })),
    workspace: work?.path ?? null,
    mod: buildMod ?? null,
    vendor: vendor?.folder ?? null,
    gomod,
    gowork,
    refusal: refusal === undefined ? null : refusalData(refusal),
  };
}

function reportData({ facts, decision, byVersion, bySetting }: ModeReport): object {
  const { go, settings } = facts;
  return {
    folder: facts.folder,
    program: go.program ?? null,
    isVersionAssumed: go.isAssumed,
    ...decisionData(decision),
    steps: decision.steps.map((each) => ({ ...each, evidence: evidenceData(each.evidence) })),
    vendorFaults: decision.faults.map((each) => ({ ...each, file: each.file ?? null })),
    warnings: decision.warnings.map(refusalData),
    byVersion: byVersion.map((each) => ({ versions: each.languages, ...decisionData(each.decision) })),
    bySetting: Object.fromEntries(Object.entries(bySetting).map(([name, each]) => [name, decisionData(each)])),
    settings: Object.fromEntries(
      SETTING_NAMES.map((name) => {
        const { where, line } = settings[name].evidence;
        return [name, { value: shownValue(settings[name].value), where, line: line ?? null }];
      }),
    ),
  };
}

/** What `module explain` answers without `--sums`. Status 3 where the go command would stop. */
export function modeResult(report: ModeReport): CommandResult {
  const { refusal } = report.decision;
  const problem =
    refusal === undefined
      ? undefined
      : new MedkitError("MODE_REFUSED", {
          ...refusal.params,
          folder: report.facts.folder,
          problem: `@mode.refusal.${refusal.code}`,
        });
  return {
    data: json(reportData(report)),
    ...(problem === undefined ? {} : { problem, exit: problem.exit }),
    text: (t, style) => renderMode(report, t, style),
  };
}
