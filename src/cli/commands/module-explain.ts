import { MedkitError } from "../../core/errors.ts";
import { explainMode } from "../../mode/index.ts";
import { explainSums, type JudgedLine, type SumsReport } from "../../sums/index.ts";
import type { CommandContext } from "../context.ts";
import { modeResult, readGoVersion } from "../mode-job.ts";
import { renderSums } from "../render/sums.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { lookAtHome } from "../toolchain-job.ts";
import { usageError } from "../usage.ts";

/** What a policy may accept. */
const acceptable = ["exempt", "missing"] as const;

/** The gravest that can be said of a report; undefined where everything is proven or accepted. */
function problemOf(report: SumsReport, accepted: readonly string[]): MedkitError | undefined {
  const count = (...states: readonly JudgedLine["state"][]): number =>
    report.lines.filter((each) => states.includes(each.state)).length;
  const wrong = count("different", "forged");
  const cached = report.cache.modules.filter((each) => each.state === "changed").length;
  const { modules = [], strays = [] } = report.vendor ?? {};
  const vendored = modules.reduce((sum, each) => sum + each.files.length, strays.length);
  if ([wrong, cached, vendored].filter((each) => each > 0).length > 1)
    return new MedkitError("SUMS_DIFFERENT", { problem: "@sums.problem.several", count: wrong, cached, vendored });
  if (vendored > 0) return new MedkitError("SUMS_DIFFERENT", { problem: "@sums.problem.vendor", count: vendored });
  if (wrong > 0) return new MedkitError("SUMS_DIFFERENT", { problem: "@sums.problem.lines", count: wrong });
  if (cached > 0) return new MedkitError("SUMS_DIFFERENT", { problem: "@sums.problem.cache", count: cached });
  const unasked = count("unasked");
  if (unasked > 0) return new MedkitError("SUMS_UNASKED", { count: unasked });
  const open =
    count("unknown", "malformed") +
    (accepted.includes("exempt") ? 0 : count("exempt")) +
    (accepted.includes("missing") ? 0 : report.buildList.missing.length);
  return open === 0 ? undefined : new MedkitError("SUMS_UNPROVEN", { problem: "@sums.problem.unproven", count: open });
}

function dataOf(report: SumsReport, good: boolean): object {
  const { tree, settings, database, lines, buildList, cache, vendor, findings } = report;
  const counts: Record<string, number> = {};
  for (const { state } of lines) counts[state] = (counts[state] ?? 0) + 1;
  const asked = ["gosumdb", "gonosumdb", "goprivate", "goinsecure", "goflags", "gowork"] as const;
  return {
    proven: good,
    root: tree.root,
    workspace: tree.workFile ?? null,
    modules: tree.mains,
    files: tree.sumFiles,
    database: database === undefined ? null : { ...database, treeSize: database.treeSize ?? null },
    settings: Object.fromEntries(asked.map((name) => [name.toUpperCase(), settings[name]])),
    counts,
    lines: lines.map((each) => ({
      ...each,
      published: each.published ?? null,
      record: each.record ?? null,
      reason: each.reason ?? null,
    })),
    buildList: { ...buildList, reason: buildList.reason?.replace(/^@sums\./, "") ?? null },
    cache: { folder: cache.folder ?? null, modules: cache.modules },
    vendor:
      vendor === undefined
        ? null
        : {
            ...vendor,
            modules: vendor.modules.map((each) => ({ ...each, from: each.from ?? null, reason: each.reason ?? null })),
          },
    openings: findings,
  };
}

const words = ["module", "explain"];

async function runSums(context: CommandContext, input: Input<"module explain">): Promise<CommandResult> {
  const { flags, args } = input;
  const others = { "--go": flags.go !== undefined, "--package": flags.package.length > 0, "--deps": flags.deps };
  for (const [second, isGiven] of Object.entries(others))
    if (isGiven) throw usageError("together", words, { first: "--sums", second });
  for (const each of flags.accept)
    if (!acceptable.some((kind) => kind === each))
      throw usageError("notAChoice", words, { flag: "--accept", value: each, choices: acceptable.join(", ") });
  const { ports } = context;
  const report = await explainSums(ports, {
    layout: await lookAtHome(context),
    folder: args.dir ?? ports.cwd,
    offline: context.flags.offline,
  });
  const problem = problemOf(report, flags.accept);
  return {
    data: json(dataOf(report, problem === undefined)),
    ...(problem === undefined ? {} : { problem, exit: problem.exit }),
    text: (t, style) => renderSums(report, { all: flags.all, good: problem === undefined }, t, style),
  };
}

export async function run(context: CommandContext, input: Input<"module explain">): Promise<CommandResult> {
  const { flags, args } = input;
  if (flags.sums) return await runSums(context, input);
  if (flags.accept.length > 0) throw usageError("onlyWith", words, { flag: "--accept", other: "--sums" });
  const { ports } = context;
  const go = flags.go === undefined ? undefined : readGoVersion(flags.go);
  const report = await explainMode(ports, { folder: args.dir ?? ports.cwd, go, packages: flags.package });
  return modeResult(report, { deps: flags.deps, all: flags.all });
}
