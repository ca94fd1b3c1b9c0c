import type { GoVersion } from "../core/go-version.ts";
import type { GoMod, GoWork } from "../module/index.ts";
import { lineAt, lineOf, lineWith } from "./lines.ts";
import type { ReadFile, Refusal, WorkFile } from "./types.ts";
import { DIRECTIVES, isAtLeast, isNewer, SINCE, versionText } from "./versions.ts";

/** What a go of this version refuses in a go.mod or go.work by itself; undefined where it takes the file. */
export function fileRefusal(file: ReadFile<GoMod | GoWork>, version: GoVersion | undefined): Refusal | undefined {
  const { path } = file;
  for (const { name, since } of DIRECTIVES) {
    const line = lineOf(file.text, name);
    if (line > 0 && !isAtLeast(version, since))
      return {
        code: "directiveTooNew",
        params: { file: path, directive: name, since, version: versionText(version) },
        evidence: [lineAt(file, line)],
      };
  }
  const go = lineWith(file, "go");
  if (go !== undefined && !isAtLeast(version, SINCE.toolchains) && !/^\d+\.\d+$/.test(go.value))
    return {
      code: "goVersionForm",
      params: { file: path, value: go.value, version: versionText(version) },
      evidence: [go.evidence],
    };
  if (file.problem !== undefined)
    return {
      code: "fileInvalid",
      params: { file: path, problem: file.problem.problem },
      evidence: [lineAt(file, file.problem.line)],
    };
  if (go === undefined || version === undefined || !isAtLeast(version, SINCE.toolchains)) return undefined;
  if (!isNewer(go.value, version.text)) return undefined;
  return {
    code: "goLineTooNew",
    params: { file: path, wanted: go.value, version: versionText(version) },
    evidence: [go.evidence],
  };
}

/** What is wrong with the modules that a workspace uses. */
export function usesRefusal(work: WorkFile, version: GoVersion | undefined): Refusal | undefined {
  const seen = new Set<string>();
  const paths = new Map<string, string>();
  const workGo = work.parsed?.go ?? "1.18";
  for (const { folder, line, mod } of work.uses) {
    const evidence = [lineAt(work, line)];
    if (seen.has(folder)) return { code: "useTwice", params: { folder }, evidence };
    seen.add(folder);
    if (mod === undefined) return { code: "useAbsent", params: { folder }, evidence };
    const problem = fileRefusal(mod, version);
    if (problem !== undefined) return { ...problem, evidence: [...evidence, ...problem.evidence] };
    const go = mod.parsed?.go;
    if (go !== undefined && isAtLeast(version, SINCE.toolchains) && isNewer(go, workGo) && !isNewer("1.21", go)) {
      const [own, theirs] = [lineWith(work, "go")?.evidence, lineWith(mod, "go")?.evidence];
      return {
        code: "useTooNew",
        params: { folder, wanted: go, go: workGo },
        evidence: [theirs, own].filter((each) => each !== undefined),
      };
    }
    const path = mod.parsed?.module ?? "";
    const before = paths.get(path);
    if (before !== undefined) return { code: "sameModule", params: { path, first: before, second: folder }, evidence };
    paths.set(path, folder);
  }
  return undefined;
}
