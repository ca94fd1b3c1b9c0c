import { isAbsolute } from "node:path";
import { fileRefusal, usesRefusal } from "./check-files.ts";
import { decideVendor, isBuildMod, modFlag } from "./decide-vendor.ts";
import { lineAt, lineOf } from "./lines.ts";
import { selectToolchain } from "./toolchain.ts";
import type {
  Decision, Evidence, Facts, ModFile, ModuleSetting, Params, Refusal, RefusalCode, Setting, Step, StepCode, WorkFile,
} from "./types.ts"; // prettier-ignore
import { isAtLeast, SINCE, versionText } from "./versions.ts";

function step(code: StepCode, params: Params = {}, ...evidence: readonly Evidence[]): Step {
  return { code, params, evidence };
}

function refusal(code: RefusalCode, params: Params = {}, ...evidence: readonly Evidence[]): Refusal {
  return { code, params, evidence };
}

const here = (path: string): Evidence => ({ where: path });

/** A word of GOFLAGS that is no flag: go stops at it, whatever it is to do. */
function flagsProblem({ flags, settings }: Facts): Refusal | undefined {
  const bad = flags.find((word) => !/^--?[A-Za-z]/.test(word));
  return bad === undefined ? undefined : refusal("flagsBad", { word: bad }, settings.GOFLAGS.evidence);
}

function modfileFlag({ flags }: Facts): string | undefined {
  return flags.findLast((word) => /^--?modfile=/.test(word))?.replace(/^[^=]*=/, "");
}

function goSteps({ go }: Facts): Step[] {
  if (go.isAssumed) return [step("go.assumed", { version: versionText(go.version) })];
  if (go.program === undefined) return [step("go.none")];
  if (go.version === undefined) return [step("go.unknown", { program: go.program }, ...go.evidence)];
  return [step("go.found", { program: go.program, version: versionText(go.version) }, ...go.evidence)];
}

function workStep({ work, settings }: Facts): Step {
  const { evidence } = settings.GOWORK;
  switch (work.kind) {
    case "off":
      return step("work.off", {}, evidence);
    case "named":
      return step("work.named", { path: work.path ?? "" }, evidence);
    case "found":
      return step("work.found", { path: work.path ?? "" }, here(work.path ?? ""));
    default:
      return step("work.none");
  }
}

type Started = Pick<Decision, "version" | "goroot" | "gomod" | "gowork"> & { readonly steps: Step[] };

/** GOPATH mode forgives `-mod` in GOFLAGS, if it is one that exists, but not `-modfile` (cmd/go/internal/work.modInit). */
function gopathRefusal(facts: Facts): Refusal | undefined {
  const { evidence } = facts.settings.GOFLAGS;
  const mod = modFlag(facts);
  if (mod !== undefined && !isBuildMod(mod)) return refusal("modBad", { mod }, evidence);
  const file = modfileFlag(facts);
  return file === undefined ? undefined : refusal("modfileInGopath", { file }, evidence);
}

function gopathMode(facts: Facts, started: Started): Decision {
  const { steps } = started;
  const inside = facts.gopath.find((each) => each.inside !== undefined);
  steps.push(
    inside === undefined
      ? step("gopath.outside", { gopath: facts.settings.GOPATH.value }, facts.settings.GOPATH.evidence)
      : step("gopath.inside", { path: inside.inside || ".", gopath: inside.path }, facts.settings.GOPATH.evidence),
  );
  const unused = facts.flags.filter((word) => /^--?(?:mod|modfile|modcacherw)(?:=|$)/.test(word));
  if (unused.length > 0) steps.push(step("flags.unused", { flags: unused.join(" ") }, facts.settings.GOFLAGS.evidence));
  const none = { mains: [], work: undefined, buildMod: undefined, vendor: undefined, faults: [], warnings: [] };
  return { ...started, ...none, kind: "gopath", refusal: gopathRefusal(facts) };
}

/** go.work with its modules; before Go 1.21 with the file of `-modfile` in the place of each go.mod. */
function workFileOf({ work, altMod }: Facts): WorkFile | undefined {
  if (work.file === undefined || altMod === undefined) return work.file;
  return { ...work.file, uses: work.file.uses.map((each) => ({ ...each, mod: { ...altMod, root: each.folder } })) };
}

function workspaceMode(facts: Facts, started: Started): Decision {
  const { steps, version } = started;
  const file = workFileOf(facts);
  const none = { mains: [], work: file, buildMod: undefined, vendor: undefined, faults: [], warnings: [] } as const;
  const stop = (problem: Refusal): Decision => ({ ...started, ...none, kind: "workspace", refusal: problem });
  const named = modfileFlag(facts);
  if (named !== undefined && facts.altMod === undefined && !isAtLeast(version, SINCE.modfileInWorkspace))
    return stop(refusal("modfileAbsent", { file: named }, facts.settings.GOFLAGS.evidence));
  if (named !== undefined && isAtLeast(version, SINCE.modfileInWorkspace))
    return stop(refusal("modfileInWorkspace", { file: named }, facts.settings.GOFLAGS.evidence));
  if (file === undefined) return stop(refusal("workAbsent", { path: facts.work.path ?? "" }, facts.settings.GOWORK.evidence)); // prettier-ignore
  const problem = fileRefusal(file, version) ?? usesRefusal(file, version);
  for (const { folder, line, mod } of file.uses)
    steps.push(step("use.module", { folder, module: mod?.parsed?.module ?? "?" }, lineAt(file, line)));
  if (problem !== undefined) return stop(problem);
  const mains = file.uses.flatMap((each) => each.mod ?? []);
  const { goMod } = facts;
  if (goMod !== undefined && !mains.some((each) => each.root === goMod.root))
    steps.push(step("use.outside", { folder: goMod.root, work: file.path }, here(goMod.path)));
  const given = { kind: "workspace", version, mains, work: file } as const;
  const vendor = decideVendor(facts, given);
  const warnings = mains.length === 0 ? [refusal("workEmpty", { work: file.path }, here(file.path))] : [];
  return { ...started, ...given, ...vendor, steps: [...steps, ...vendor.steps], warnings };
}

function moduleMode(facts: Facts, started: Started): Decision {
  const { steps, version } = started;
  const { goMod, altMod, settings } = facts;
  const named = modfileFlag(facts);
  const main: ModFile | undefined = goMod?.inTempRoot === true ? undefined : (altMod ?? goMod);
  const kind = main === undefined ? "outside" : "module";
  const none = { mains: main === undefined ? [] : [main], work: undefined, vendor: undefined, faults: [] } as const;
  const stop = (problem: Refusal): Decision => ({ ...started, ...none, kind, buildMod: undefined, refusal: problem, warnings: [] }); // prettier-ignore
  if (named !== undefined) {
    const { evidence } = settings.GOFLAGS;
    if (goMod === undefined) return stop(refusal("modfileOutside", { file: named }, evidence));
    if (!named.endsWith(".mod")) return stop(refusal("modfileName", { file: named }, evidence));
    if (altMod === undefined) return stop(refusal("modfileAbsent", { file: named }, evidence));
    steps.push(step("flags.modfile", { file: altMod.path }, evidence));
  }
  const warnings: Refusal[] = [];
  if (facts.gopathMod !== undefined) {
    const problem = refusal("gopathMod", { path: facts.gopathMod }, here(facts.gopathMod), settings.GOPATH.evidence);
    if (!isAtLeast(version, SINCE.gopathModIgnored)) return stop(problem);
    warnings.push(problem);
  }
  if (main === undefined) warnings.push(refusal("noModule", {}, here(facts.folder)));
  const problem = main === undefined ? undefined : fileRefusal(main, version);
  if (problem !== undefined) return { ...stop(problem), warnings };
  const given = { kind, version, mains: none.mains, work: undefined } as const;
  const vendor = decideVendor(facts, given);
  return { ...started, ...given, ...vendor, steps: [...steps, ...vendor.steps], warnings };
}

/** What GO111MODULE says, and the step that tells of it; undefined where it is no word that go knows. */
function moduleSetting(
  { value, evidence }: Setting,
  facts: Facts,
): { readonly setting: ModuleSetting; readonly step: Step } | undefined {
  switch (value) {
    case "on":
    case "off":
    case "auto":
      return { setting: value, step: step(`modules.${value}`, {}, evidence) };
    case "": {
      const setting = isAtLeast(facts.go.version, SINCE.modulesByDefault) ? "on" : "auto";
      return { setting, step: step("modules.unset", { setting }, evidence) };
    }
    default:
      return undefined;
  }
}

/**
 * The mode of the go command in a folder, and each step that leads there: cmd/go/internal/modload.Init, LoadModFile and setDefaultBuildMod for a command such as
 * `go build` or `go list`. `modules` takes the place of GO111MODULE. Pure.
 */
export function decide(facts: Facts, modules: Setting = facts.settings.GO111MODULE): Decision {
  const { settings, go, goMod, work } = facts;
  const steps = goSteps(facts);
  const goModCounts = goMod !== undefined && !goMod.inTempRoot;
  const gowork = work.kind === "off" ? "off" : (work.path ?? "");
  const nothing = {
    mains: [],
    work: undefined,
    buildMod: undefined,
    vendor: undefined,
    faults: [],
    warnings: [],
  } as const;
  const own = { version: go.version, goroot: go.goroot, gowork } as const;
  const said = moduleSetting(modules, facts);
  const gomod = said === undefined || said.setting === "off" ? "" : goModCounts ? goMod.path : said.setting === "auto" ? "" : "/dev/null"; // prettier-ignore
  const stop = (problem: Refusal): Decision => ({ ...own, ...nothing, gomod, kind: "refused", steps, refusal: problem }); // prettier-ignore
  const flags = flagsProblem(facts);
  if (flags !== undefined) return stop(flags);
  if (said === undefined) return stop(refusal("modulesBad", { value: modules.value }, modules.evidence));
  steps.push(said.step);
  if (work.kind === "relative") return stop(refusal("workRelative", { value: settings.GOWORK.value }, settings.GOWORK.evidence)); // prettier-ignore
  const overlay = facts.flags.findLast((word) => /^--?overlay=/.test(word));
  if (said.setting === "off") {
    if (work.path !== undefined) steps.push(step("work.unused", { path: work.path }, here(work.path)));
    if (goMod !== undefined) steps.push(step("mod.unused", { path: goMod.path }, here(goMod.path)));
    return gopathMode(facts, { ...own, gomod: "", steps });
  }
  // Without a go.mod, `auto` neither looks for another toolchain.
  const switches = said.setting === "on" || goModCounts;
  const selected = switches ? selectToolchain(facts) : { ...own, step: undefined, refusal: undefined };
  if (selected.step !== undefined) steps.push(selected.step);
  if (selected.refusal !== undefined) return stop(selected.refusal);
  const { version, goroot } = selected;
  steps.push(workStep(facts));
  if (overlay !== undefined) steps.push(step("flags.overlay", { flag: overlay }, settings.GOFLAGS.evidence));
  const started: Started = { version, goroot, gowork, gomod, steps };
  if (work.path !== undefined && isAbsolute(work.path)) return workspaceMode(facts, started);
  if (goMod === undefined) steps.push(step("mod.none", { folder: facts.folder }));
  else if (goMod.inTempRoot) steps.push(step("mod.tempRoot", { folder: facts.tempRoot }, here(goMod.path)));
  else steps.push(step("mod.found", { path: goMod.path, module: goMod.parsed?.module ?? "?" }, lineAt(goMod, lineOf(goMod.text, "module")))); // prettier-ignore
  if (!goModCounts && said.setting === "auto" && (goMod !== undefined || modfileFlag(facts) === undefined)) {
    steps.push(step("mod.autoGopath"));
    return gopathMode(facts, started);
  }
  return moduleMode(facts, started);
}
