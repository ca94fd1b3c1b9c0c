import { dirname, join, relative, sep } from "node:path";
import { lineAt, lineWith } from "./lines.ts";
import type { BuildMod, Decision, Facts, Refusal, Step, StepCode } from "./types.ts";
import { parseVendorList, vendorFaults, type VendorFault, type VendorList } from "./vendor-list.ts";
import { isAtLeast, isNewer, SINCE, versionText } from "./versions.ts";

export interface VendorDecision {
  readonly buildMod: BuildMod;
  readonly vendor: VendorList | undefined;
  readonly steps: readonly Step[];
  readonly refusal: Refusal | undefined;
  readonly faults: readonly VendorFault[];
}

/** The last `-mod` of GOFLAGS. */
export function modFlag({ flags }: Facts): string | undefined {
  return flags.findLast((word) => /^--?mod=/.test(word))?.replace(/^[^=]*=/, "");
}

export function isBuildMod(word: string): word is BuildMod {
  return word === "mod" || word === "readonly" || word === "vendor";
}

type Given = Pick<Decision, "kind" | "version" | "mains" | "work">;

function replacedFolder(to: string, file: string, work: string | undefined): string {
  if (work === undefined || to.startsWith("/")) return to;
  const path = relative(dirname(work), join(dirname(file), to))
    .split(sep)
    .join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

function faultsOf(given: Given, list: VendorList): readonly VendorFault[] {
  const { work } = given;
  const own = new Set(given.mains.map((each) => each.parsed?.module));
  const mains = given.mains.flatMap(({ path, parsed }) => {
    if (parsed === undefined) return [];
    return [{ file: path, mod: { ...parsed, replace: parsed.replace.filter((each) => work === undefined || !own.has(each.path)) } }]; // prettier-ignore
  });
  const go = given.mains[0]?.parsed?.go;
  return vendorFaults({
    list,
    mains,
    work: work === undefined ? undefined : { file: work.path, replace: work.parsed?.replace ?? [] },
    isLoose: work === undefined && (go === undefined || isNewer("1.14", go)),
    shown: ({ to }, file) => replacedFolder(to, file, work?.path),
  });
}

/** Whether `vendor` counts, and holds: cmd/go/internal/modload.setDefaultBuildMod and checkVendorConsistency. Pure. */
export function decideVendor(facts: Facts, given: Given): VendorDecision {
  const { kind, version, work, mains } = given;
  const none = { vendor: undefined, refusal: undefined, faults: [] } as const;
  const there = kind === "workspace" ? facts.vendor.work : kind === "module" ? facts.vendor.module : undefined;
  const flag = modFlag(facts);
  const flagEvidence = facts.settings.GOFLAGS.evidence;
  const mayVendorWork = isAtLeast(version, SINCE.workVendor);
  const used = (list: VendorList, steps: readonly Step[]): VendorDecision => {
    const faults = kind === "outside" ? [] : faultsOf(given, list);
    const [first] = faults;
    const where = first?.file ?? list.folder;
    const file = [...mains, ...(work === undefined ? [] : [work])].find((each) => each.path === where);
    const refusal: Refusal | undefined =
      first === undefined
        ? undefined
        : {
            code: "vendorInconsistent",
            params: { folder: list.folder, count: faults.length },
            evidence: [file === undefined ? { where, line: first.line } : lineAt(file, first.line)],
          };
    return { buildMod: "vendor", vendor: list, steps, refusal, faults };
  };
  const step = (code: StepCode, params: Step["params"] = {}, evidence: Step["evidence"] = []): Step => ({ code, params, evidence }); // prettier-ignore
  if (flag !== undefined) {
    const steps = [step("flags.mod", { mod: flag }, [flagEvidence])];
    if (!isBuildMod(flag))
      return { ...none, buildMod: "readonly", steps, refusal: { code: "modBad", params: { mod: flag }, evidence: [flagEvidence] } }; // prettier-ignore
    if (kind === "workspace" && (flag === "mod" || (flag === "vendor" && !mayVendorWork)))
      return { ...none, buildMod: flag, steps, refusal: { code: "modInWorkspace", params: { mod: flag }, evidence: [flagEvidence] } }; // prettier-ignore
    if (flag === "vendor") {
      const root = work === undefined ? (mains[0]?.root ?? facts.folder) : dirname(work.path);
      return used(there ?? parseVendorList(join(root, "vendor"), undefined, ""), steps);
    }
    if (there !== undefined) steps.push(step("vendor.overruled", { mod: flag }, [{ where: there.folder }]));
    return { ...none, buildMod: flag, steps };
  }
  const ignored = (code: StepCode, params: Step["params"] = {}, more: Step["evidence"] = []): VendorDecision => {
    const evidence = there === undefined ? more : [{ where: there.folder }, ...more];
    return { ...none, buildMod: "readonly", steps: [step(code, params, evidence)] };
  };
  if (kind === "outside") return { ...none, buildMod: "readonly", steps: [] };
  if (there === undefined) return ignored("vendor.none");
  if (kind === "workspace" && !mayVendorWork) return ignored("vendor.noWorkspaces", { version: versionText(version) });
  const file = work ?? mains[0];
  const go = file === undefined ? undefined : lineWith(file, "go");
  if (file === undefined || go === undefined) return ignored("vendor.noGoLine", {}, file === undefined ? [] : [{ where: file.path }]); // prettier-ignore
  if (isNewer("1.14", go.value)) return ignored("vendor.old", { go: go.value }, [go.evidence]);
  if (mayVendorWork && there.forWorkspace !== (kind === "workspace"))
    return ignored(there.forWorkspace ? "vendor.forWorkspace" : "vendor.notForWorkspace", {}, there.file === undefined ? [] : [{ where: there.file, line: 1 }]); // prettier-ignore
  return used(there, [step("vendor.used", { go: go.value }, [{ where: there.folder }, go.evidence])]);
}
