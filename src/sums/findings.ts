import { matchPrefixPatterns, redactUrl } from "../module/index.ts";
import { splitGoflags } from "../core/goflags.ts";
import { resolve } from "node:path";
import type {
  BuildList,
  CachedCheck,
  Finding,
  GoSettings,
  JudgedLine,
  LineState,
  ModuleTree,
  VendorCheck,
} from "./types.ts";

export interface FindingFacts {
  readonly tree: ModuleTree;
  readonly settings: GoSettings;
  readonly exempt: string;
  readonly lines: readonly JudgedLine[];
  readonly buildList: BuildList;
  readonly cache: readonly CachedCheck[];
  readonly vendor: VendorCheck | undefined;
}

/** The last `-mod=` of GOFLAGS. */
function modeOf(settings: GoSettings): string | undefined {
  return splitGoflags(settings.goflags.value)
    .flatMap((word) => /^--?mod=(.*)$/.exec(word)?.[1] ?? [])
    .at(-1);
}

/** Whether go builds from vendor/ as far as the settings say. */
export function isVendorUsed({ tree, settings }: Pick<FindingFacts, "tree" | "settings">): boolean {
  const mode = modeOf(settings);
  return tree.vendor !== undefined && mode !== "mod" && mode !== "readonly";
}

/** Line states that leave a way open, and how the finding about them is called. */
const open = {
  different: true,
  forged: true,
  malformed: false,
  unknown: false,
  exempt: false,
  unasked: false,
} as const satisfies Partial<Record<LineState, boolean>>;

function some(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length > 3 ? `${unique.slice(0, 3).join(", ")} …` : unique.join(", ");
}

function lineFindings({ lines }: FindingFacts): Finding[] {
  return (Object.keys(open) as (keyof typeof open)[]).flatMap((code) => {
    const found = lines.filter((each) => each.state === code);
    if (found.length === 0) return [];
    const names = some(found.map((each) => (code === "malformed" ? `${each.file}:${each.line}` : `${each.path} ${each.version}`))); // prettier-ignore
    return [{ code, grave: open[code], params: { count: found.length, names } }];
  });
}

/** Modules that are in the build list without a line for their zip, and that no database would be asked about at the first use of it. */
function unprovenZips({ lines, buildList, exempt }: FindingFacts): readonly string[] {
  const covered = new Set(lines.filter((each) => each.subject === "zip").map((each) => `${each.path} ${each.version}`));
  return buildList.modules
    .filter((each) => matchPrefixPatterns(exempt, each.path))
    .map((each) => `${each.path} ${each.version}`)
    .filter((each) => !covered.has(each));
}

function settingFindings({ settings, exempt }: FindingFacts): Finding[] {
  const { gosumdb, goflags, goinsecure, goproxy, gonosumdb, goprivate } = settings;
  const findings: Finding[] = [];
  const note = (code: Finding["code"], grave: boolean, params: Finding["params"]): void =>
    void findings.push({ code, grave, params });
  if (gosumdb.value === "off") note("database-off", true, { where: gosumdb.where });
  else if (exempt === "*" || exempt.split(",").includes("*"))
    note("exempt-all", true, { where: (gonosumdb.value === "" ? goprivate : gonosumdb).where, patterns: exempt });
  if (goinsecure.value !== "") note("insecure", false, { where: goinsecure.where, patterns: goinsecure.value });
  const plain = goproxy.value.split(/[,|]/).filter((each) => /^http:\/\/(?!localhost[:/]|127\.0\.0\.1[:/])/.test(each.trim())); // prettier-ignore
  if (plain.length > 0)
    note("plain-http", false, {
      proxies: plain.map((each) => redactUrl(each.trim())).join(", "),
      where: goproxy.where,
    });
  if (modeOf(settings) === "mod") note("mod-mod", false, { where: goflags.where });
  return findings;
}

function vendorFindings({ vendor }: FindingFacts): Finding[] {
  if (vendor === undefined) return [];
  const { folder: path, modules, strays } = vendor;
  const changed = modules.filter((each) => each.state === "changed");
  const left = modules.filter((each) => each.state === "uncompared");
  const count = changed.reduce((sum, each) => sum + each.files.length, strays.length);
  const names = [...changed.map((each) => each.path), ...strays];
  return [
    ...(count === 0
      ? []
      : [{ code: "vendor-changed" as const, grave: true, params: { path, count, names: some(names) } }]),
    ...(left.length === 0
      ? []
      : [
          {
            code: "vendor" as const,
            grave: false,
            params: { path, count: left.length, names: some(left.map((each) => each.path)) },
          },
        ]),
  ];
}

/** What somebody between could have changed, or still could, unnoticed. Pure. */
export function findOpenings(facts: FindingFacts): Finding[] {
  const { tree, buildList, cache } = facts;
  const findings = [...lineFindings(facts), ...settingFindings(facts), ...vendorFindings(facts)];
  const note = (code: Finding["code"], grave: boolean, params: Finding["params"]): void =>
    void findings.push({ code, grave, params });
  const changed = cache.filter((each) => each.state === "changed");
  if (changed.length > 0)
    note("cache", true, { count: changed.length, names: some(changed.map((each) => `${each.path} ${each.version}`)) });
  if (tree.sumFiles.length === 0 && tree.required.length > 0) note("no-sum", false, { path: tree.root });
  if (buildList.missing.length > 0)
    note("missing", false, {
      count: buildList.missing.length,
      names: some(buildList.missing.map((each) => `${each.path} ${each.version}`)),
    });
  const bare = unprovenZips(facts);
  if (bare.length > 0) note("only-go-mod", false, { count: bare.length, names: some(bare) });
  for (const each of tree.replacements.filter((one) => one.toVersion === undefined))
    note("replaced-folder", false, { module: each.path, path: resolve(each.folder, each.to) });
  return findings.toSorted((a, b) => Number(b.grave) - Number(a.grave));
}
