import {
  type Decision,
  type Evidence,
  type ModeReport,
  type Refusal,
  type ResolvedImport,
  SETTING_NAMES,
  shownValue,
  versionText,
} from "../mode/index.ts";

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

function importData({ path, importPath, origin, folder, module, problem, evidence, from, files, hasSum }: ResolvedImport): object {
  return {
    path,
    importPath,
    origin,
    folder: folder ?? null,
    module: module === undefined ? null : { ...module, replacement: module.replacement ?? null },
    problem: problem ?? null,
    evidence: evidenceData(evidence),
    from: from ?? null,
    files: files ?? null,
    hasSum: hasSum ?? null,
  };
} // prettier-ignore

/** `data` of `module explain` without `--sums`. `deps`: with what the imports import in turn. */
export function modeData(report: ModeReport, deps: boolean): object {
  const { facts, decision, byVersion, bySetting, answer, sources } = report;
  const { go, settings } = facts;
  return {
    folder: facts.folder,
    program: go.program ?? null,
    isVersionAssumed: go.isAssumed,
    ...decisionData(decision),
    steps: decision.steps.map((each) => ({ ...each, evidence: evidenceData(each.evidence) })),
    vendorFaults: decision.faults.map((each) => ({ ...each, file: each.file ?? null })),
    warnings: decision.warnings.map(refusalData),
    importPath: answer.importPath ?? null,
    ignored: answer.ignored,
    imports: answer.imports.filter((each) => deps || each.isAsked).map(importData),
    unresolved: answer.imports.filter((each) => each.problem !== undefined).map(importData),
    behind: answer.behind.map((each) => ({ ...each, by: each.by ?? null })),
    sources: sources.map((each) => ({
      ...each,
      database: each.database ?? null,
      proxyEvidence: evidenceData([each.proxyEvidence])[0],
      proofEvidence: evidenceData([each.proofEvidence])[0],
    })),
    byVersion: byVersion.map((each) => ({ versions: each.languages, ...decisionData(each.decision) })),
    bySetting: Object.fromEntries(
      Object.entries(bySetting).map(([name, each]) => [
        name,
        { ...decisionData(each.decision), imports: each.imports.map(importData) },
      ]),
    ),
    settings: Object.fromEntries(
      SETTING_NAMES.map((name) => {
        const { where, line } = settings[name].evidence;
        return [name, { value: shownValue(name, settings[name].value), where, line: line ?? null }];
      }),
    ),
  };
}
