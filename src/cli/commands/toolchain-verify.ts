import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { MedkitError } from "../../core/errors.ts";
import { meetsTrust, trustOf } from "../../core/evidence.ts";
import { EXIT } from "../../core/exit.ts";
import { formatBytes } from "../../core/format-bytes.ts";
import { platformText } from "../../core/go-version.ts";
import { REBUILT_UNMATCHED, type TrustLevel } from "../../core/toolchain-words.ts";
import { demandLinkAsRecorded, parseSelector } from "../../goroot/index.ts";
import type { Translator } from "../../i18n/index.ts";
import type { Layout } from "../../state/index.ts";
import { identifyGoroot, proofOf } from "../../toolchain/index.ts";
import type { CommandContext } from "../context.ts";
import { inertData } from "../render/printable.ts";
import type { Style } from "../render/style.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { chooseInstalled, lookAtHome, readPlatform } from "../toolchain-job.ts";
import { openSupply } from "../toolchain-sources.ts";
import { evidenceLines, openTrust } from "../trust-job.ts";
import { demandConfiguredTrust, demandedTrust } from "../trust-policy.ts";
import { usageError } from "../usage.ts";
import { isArchive, verifyArchive, type ArchiveVerdict } from "../verify-archive.ts";
import { verifyRebuilt } from "../verify-rebuilt.ts";
import { verifyTree, type Tree, type TreeVerdict } from "../verify-tree.ts";

/** Differences that a policy may accept. */
const acceptable = ["local-go-env"] as const;

/** What a person named: a version of the store, or a folder. */
async function findTree(context: CommandContext, layout: Layout, input: Input<"toolchain verify">): Promise<Tree> {
  const { toolchain: text } = input.args;
  const { ports } = context;
  if (isVersion(text)) {
    const { stored } = await chooseInstalled(layout, text, readPlatform(context, input.flags.platform));
    // A link that the record does not speak of, or that leads elsewhere, is no matter of files.
    await demandLinkAsRecorded(layout, stored);
    return { goroot: stored.goroot, request: { version: stored.version, platform: stored.platform }, stored };
  }
  const goroot = resolve(ports.cwd, text);
  const facts = await stat(goroot).catch(() => undefined);
  if (facts === undefined) throw new MedkitError("PATH_NOT_FOUND", { path: goroot });
  const request = await identifyGoroot(goroot, readPlatform(context, input.flags.platform));
  return { goroot, request, stored: undefined };
}

function isVersion(text: string): boolean {
  return parseSelector(text) !== undefined && !/[/.]$/.test(text);
}

interface Judged {
  readonly trust: TrustLevel | undefined;
  readonly problem: MedkitError | undefined;
}

/** Refuses less evidence than is demanded. */
function judge(evidence: TreeVerdict["evidence"], minimum: TrustLevel): Judged {
  const trust = trustOf(evidence);
  if (trust !== undefined && meetsTrust(trust, minimum)) return { trust, problem: undefined };
  return { trust, problem: new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: minimum, has: trust ?? "-" }) };
}

export function describeTree(
  verdict: TreeVerdict,
  accepted: readonly string[],
  good: boolean,
  t: Translator,
  style: Style,
): string {
  const { check, record } = verdict;
  const { request, goroot, differences } = check;
  const subject = { version: request.version, platform: platformText(request.platform), path: goroot };
  const lines = [style.bold(t.text("toolchain.verify.subject", subject))];
  const clean = differences.length === 0 && check.named;
  if (!clean) lines.push(t.text("toolchain.verify.h1", { h1: check.h1, published: check.published }));
  else if (record !== undefined)
    lines.push(t.text("toolchain.proven", { h1: record.h1, record: record.recordId, size: record.treeSize }));
  const said = verdict.evidence.filter((each) => record === undefined || each.level !== "checksum-database");
  const isOld = (each: TreeVerdict["evidence"][number]): boolean => verdict.atInstall.includes(each);
  if (clean || good) {
    lines.push(...evidenceLines(said.filter((each) => !isOld(each)), t)); // prettier-ignore
    if (said.some(isOld)) lines.push(t.text("evidence.atInstall"));
    lines.push(...evidenceLines(said.filter(isOld), t).map((line) => `  ${line}`));
  }
  for (const { path, kind } of inertData(differences.slice(0, 20))) {
    const note = accepted.includes(kind) ? ` (${t.text("toolchain.verify.accepted")})` : "";
    lines.push(`  ${path}: ${t.text(`toolchain.diff.${kind}`)}${note}`);
  }
  if (differences.length > 20) lines.push(`  ${t.text("kit.verify.more", { count: differences.length - 20 })}`);
  if (!check.named) lines.push(style.yellow(t.text("toolchain.verify.unnamed")));
  if (check.outside > 0) lines.push(t.text("toolchain.verify.outside", { count: check.outside }));
  const result = { files: check.files, size: formatBytes(check.bytes), count: differences.length };
  if (good) lines.push(t.text("evidence.reached", { trust: trustOf(verdict.evidence) ?? "-" }));
  lines.push(good ? t.text("toolchain.verify.passed", result) : style.red(t.text("toolchain.verify.failed")));
  return lines.join("\n");
}

function treeResult(verdict: TreeVerdict, minimum: TrustLevel, accept: readonly string[]): CommandResult {
  const { check, record, evidence, atInstall } = verdict;
  const { request, differences } = check;
  const unchanged = check.named && differences.every((each) => accept.includes(each.kind));
  const judged = judge(evidence, minimum);
  const good = unchanged && judged.problem === undefined;
  return {
    data: json({
      verified: good,
      version: request.version,
      platform: platformText(request.platform),
      goroot: check.goroot,
      h1: check.h1,
      published: check.published,
      minimum,
      trust: good ? judged.trust : null,
      files: check.files,
      bytes: check.bytes,
      outsideModuleForm: check.outside,
      differences: differences.map((each) => ({ ...each, accepted: accept.includes(each.kind) })),
      differencesNamed: check.named,
      evidence: unchanged ? evidence : [],
      seenAtInstallOnly: unchanged ? atInstall.map((each) => each.level) : [],
      proof: record === undefined ? null : proofOf(record),
    }),
    ...(good ? {} : unchanged && judged.problem !== undefined ? { problem: judged.problem } : { exit: EXIT.integrity }),
    text: (t, style) => describeTree(verdict, accept, good, t, style),
  };
}

function archiveResult(path: string, verdict: ArchiveVerdict, minimum: TrustLevel): CommandResult {
  const { request, evidence, record, files, h1 } = verdict;
  const { trust, problem } = judge(evidence, minimum);
  return {
    data: json({
      verified: problem === undefined,
      archive: path,
      version: request?.version ?? null,
      platform: request === undefined ? null : platformText(request.platform),
      h1: h1 ?? null,
      minimum,
      trust: problem === undefined ? trust : null,
      files: files?.length ?? null,
      evidence,
      proof: record === undefined ? null : proofOf(record),
    }),
    ...(problem === undefined ? {} : { problem }),
    text: (t, style) =>
      [
        style.bold(path),
        ...evidenceLines(evidence, t),
        ...(problem === undefined
          ? [t.text("evidence.reached", { trust: trust ?? "-" }), t.text("toolchain.verify.archivePassed")]
          : [style.red(t.text("toolchain.verify.failed"))]),
      ].join("\n"),
  };
}

export async function run(context: CommandContext, input: Input<"toolchain verify">): Promise<CommandResult> {
  const { flags } = input;
  for (const each of flags.accept)
    if (!acceptable.some((kind) => kind === each))
      throw usageError("notAChoice", ["toolchain", "verify"], {
        flag: "--accept",
        value: each,
        choices: acceptable.join(", "),
      });
  const minimum = await demandedTrust(context, flags.trust);
  const layout = await lookAtHome(context);
  const kits = flags.kit === undefined ? [] : [flags.kit];
  const path = resolve(context.ports.cwd, input.args.toolchain);
  if (!isVersion(input.args.toolchain) && (await isArchive(path))) {
    const trust = await openTrust(context, layout, flags, minimum);
    const supply = await openSupply(context, layout, { sources: [], kits });
    const platform = readPlatform(context, flags.platform);
    const verdict = await verifyArchive(context, layout, supply, trust, { path, platform, minimum });
    return archiveResult(path, verdict, minimum);
  }
  const tree = await findTree(context, layout, input);
  const rebuilt = await verifyRebuilt(layout, tree.goroot, tree.request);
  if (rebuilt !== undefined && flags.archive === undefined) {
    // Made here and matched to nothing: whoever demands a level does not get it.
    if (tree.stored !== undefined) await demandConfiguredTrust(context, tree.stored);
    if (flags.trust === undefined) return rebuilt;
    throw new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: minimum, has: REBUILT_UNMATCHED });
  }
  const trust = await openTrust(context, layout, flags, flags.archive === undefined ? "checksum-database" : minimum);
  const supply = await openSupply(context, layout, { sources: [], kits });
  const { archive, signature } = flags;
  const wish = { minimum, archive, signature, checksumsNamed: flags.checksums !== undefined };
  // What was accepted when it was adopted needs not be said again.
  const accept = [...(tree.stored?.record?.accepted ?? []), ...flags.accept];
  return treeResult(await verifyTree(context, layout, supply, trust, tree, wish), minimum, accept);
}
