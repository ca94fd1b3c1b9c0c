import { realpath } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { printablePath } from "../../archive/index.ts";
import { MedkitError, systemCode } from "../../core/errors.ts";
import { meetsTrust } from "../../core/evidence.ts";
import { platformText, toolchainName } from "../../core/go-version.ts";
import { REBUILT_UNMATCHED } from "../../core/toolchain-words.ts";
import {
  findStored,
  parseSelector,
  repairStore,
  resolveSelector,
  stampTree,
  withStoreLock,
  type LinkedFile,
} from "../../goroot/index.ts";
import type { ProvenRecord } from "../../module/index.ts";
import { withLock, type Layout } from "../../state/index.ts";
import {
  copyGoroot,
  databaseEvidence,
  identifyGoroot,
  linkGoroot,
  toolchainAsModule,
  verifyGoroot,
  type GorootCheck,
  type ToolchainRequest,
  proofOf,
} from "../../toolchain/index.ts";
import type { CommandContext } from "../context.ts";
import { foundGos } from "../found-gos.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { readPlatform, readSelector, toolchainHome } from "../toolchain-job.ts";
import { openSupply, type Supply } from "../toolchain-sources.ts";
import { demandedTrust } from "../trust-policy.ts";
import { usageError } from "../usage.ts";
import { copiesOf } from "../verify-tree.ts";
import { lockedHash } from "./toolchain-install.ts";
import { describeTree } from "./toolchain-verify.ts";

const trust = "checksum-database";

interface Candidate {
  /** Without links. */
  readonly goroot: string;
  readonly request: ToolchainRequest;
}

type AdoptInput = Input<"toolchain adopt">;

/** The folder that a person named, without links. PATH_NOT_FOUND, FILE_UNREADABLE, TOOLCHAIN_ADOPT_OWN, GOROOT_…. */
async function candidateAt(
  context: CommandContext,
  layout: Layout,
  text: string,
  input: AdoptInput,
): Promise<Candidate> {
  const path = resolve(context.ports.cwd, text);
  let goroot: string;
  try {
    goroot = await realpath(path);
  } catch (error) {
    const absent = ["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "");
    throw new MedkitError(absent ? "PATH_NOT_FOUND" : "FILE_UNREADABLE", { path }, { cause: error });
  }
  const store = await realpath(layout.toolchains).catch(() => layout.toolchains);
  if (goroot === store || goroot.startsWith(store + sep)) throw new MedkitError("TOOLCHAIN_ADOPT_OWN", { path });
  return { goroot, request: await identifyGoroot(goroot, readPlatform(context, input.flags.platform)) };
}

/** Every tree of this host that may be the version that a person named. TOOLCHAIN_NOT_FOUND. */
async function candidatesOf(
  context: CommandContext,
  layout: Layout,
  text: string,
  input: AdoptInput,
): Promise<readonly Candidate[]> {
  const platform = readPlatform(context, input.flags.platform);
  const { found } = await foundGos(context, layout);
  const fitting = found.filter((each) => platformText(each.platform) === platformText(platform));
  const versions = fitting.map((each) => each.version);
  const version = resolveSelector(readSelector(text), versions);
  const chosen = fitting.filter((each) => each.version === version);
  if (chosen.length > 0) return chosen.map((each) => ({ goroot: each.realPath, request: each }));
  throw new MedkitError("TOOLCHAIN_NOT_FOUND", {
    version: text,
    platform: platformText(platform),
    found: [...new Set(versions)].join(", ") || "-",
  });
}

/** Differences that are no reason to say no: a setting in go.env; with a copy also files that are left behind. */
function readAccepted({ flags }: AdoptInput): readonly string[] {
  const known = flags.link ? ["local-go-env"] : ["local-go-env", "extra"];
  for (const value of flags.accept)
    if (!known.includes(value))
      throw usageError("notAChoice", ["toolchain", "adopt"], { flag: "--accept", value, choices: known.join(", ") });
  return flags.accept;
}

interface Proof {
  readonly check: GorootCheck;
  /** Noted before the tree was hashed. */
  readonly files: readonly LinkedFile[];
}

async function prove(
  context: CommandContext,
  layout: Layout,
  supply: Supply,
  published: string,
  candidate: Candidate,
): Promise<Proof> {
  const { goroot, request } = candidate;
  const files = await stampTree(goroot, request.platform);
  const copies = copiesOf(context, layout, supply, candidate);
  return { check: await verifyGoroot(goroot, request, { published, signal: context.ports.signal, copies }), files };
}

/** The record that every tree of a version and platform is held against. TOOLCHAIN_NO_RECORD. */
async function recordFor(context: CommandContext, supply: Supply, request: ToolchainRequest): Promise<ProvenRecord> {
  try {
    return await supply.records.lookup(toolchainAsModule(request));
  } catch (error) {
    if (!(error instanceof MedkitError) || error.code !== "TOOLCHAIN_UNAVAILABLE" || context.flags.offline) throw error;
    const facts = { version: request.version, platform: platformText(request.platform) };
    throw new MedkitError("TOOLCHAIN_NO_RECORD", facts, { cause: error });
  }
}

/** What is wrong with a tree, in one line. */
function refusal(check: GorootCheck, accepted: readonly string[]): MedkitError {
  const order = ["link", "special", "changed", "missing", "extra", "local-go-env"];
  const bad = check.differences
    .filter((each) => !accepted.includes(each.kind))
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const named = bad.slice(0, 5).map((each) => `${printablePath(each.path)} (${each.kind})`);
  const more = bad.length > named.length ? [`… ${bad.length - named.length}`] : [];
  return new MedkitError("TOOLCHAIN_ADOPT_REFUSED", {
    path: check.goroot,
    version: check.request.version,
    differences: check.named ? [...named, ...more].join(", ") : "@toolchain.verify.unnamed",
  });
}

export async function run(context: CommandContext, input: AdoptInput): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  const { flags } = input;
  if (flags.link && flags.copy)
    throw usageError("together", ["toolchain", "adopt"], { first: "--link", second: "--copy" });
  const mode = flags.link ? "link" : "copy";
  const accepted = readAccepted(input);
  const minimum = await demandedTrust(context, flags.trust);
  if (!meetsTrust(trust, minimum)) throw new MedkitError("TOOLCHAIN_TRUST_MISSING", { wanted: minimum, has: trust });
  const layout = await toolchainHome(context);
  const { toolchain: text } = input.args;
  const byVersion = parseSelector(text) !== undefined && !/[/.]$/.test(text);
  const candidates = byVersion
    ? await candidatesOf(context, layout, text, input)
    : [await candidateAt(context, layout, text, input)];
  const [{ request }] = candidates as [Candidate];
  const name = toolchainName(request);
  const facts = { name, version: request.version, platform: platformText(request.platform), mode };
  const before = await findStored(layout, request.version, request.platform);
  // A linked one, and one that was made here and matched to nothing, give way.
  const gives = before?.record?.linked !== undefined || before?.record?.trust === REBUILT_UNMATCHED;
  if (before !== undefined && !gives)
    return {
      data: json({ ...facts, mode: "copy", goroot: before.goroot, alreadyInstalled: true, adopted: false }),
      text: (t) => t.text("toolchain.adopt.before", { name }),
    };
  const kits = flags.kit === undefined ? [] : [flags.kit];
  const supply = await openSupply(context, layout, { sources: [], kits });
  const record = await recordFor(context, supply, request);
  const demandHash = await lockedHash(context, request.version, request.platform);
  demandHash?.(record.h1);
  const evidence = databaseEvidence(supply.database.databaseName, record);
  const judge = (check: GorootCheck): boolean =>
    check.named && check.differences.every((each) => accepted.includes(each.kind));
  let proof: Proof | undefined;
  for (const candidate of candidates) {
    proof = await prove(context, layout, supply, record.h1, candidate);
    if (judge(proof.check)) break;
    if (candidate !== candidates.at(-1))
      ports.progress.emit({
        type: "note",
        level: "warning",
        text: `${candidate.goroot}: ${refusal(proof.check, accepted).message}`,
      });
  }
  const { check, files } = proof as Proof;
  const good = judge(check);
  if (good && !globals.dryRun) {
    const take = async (): Promise<void> => {
      await withStoreLock(layout, "toolchain adopt", async () => void (await repairStore(layout)));
      const options = { layout, check, source: check.goroot, evidence };
      await (mode === "link" ? linkGoroot(options, files) : copyGoroot(ports, options));
    };
    await withLock(layout.lock(`toolchain-${name}`), take, {
      purpose: `toolchain adopt ${request.version}`,
      wait: 600_000,
      signal: ports.signal,
    });
  }
  const { differences } = check;
  const seen = good ? [evidence] : [];
  return {
    data: json({
      ...facts,
      from: check.goroot,
      goroot: mode === "link" ? check.goroot : `${layout.toolchain(name)}${sep}goroot`,
      alreadyInstalled: false,
      adopted: good && !globals.dryRun,
      dryRun: globals.dryRun,
      h1: check.h1,
      published: record.h1,
      trust: good ? trust : null,
      differences: differences.map((each) => ({ ...each, accepted: accepted.includes(each.kind) })),
      differencesNamed: check.named,
      evidence: seen,
      proof: proofOf(record),
    }),
    ...(good ? {} : { problem: refusal(check, accepted) }),
    text: (t, style) => {
      const lines = [describeTree({ check, record, evidence: seen, atInstall: [] }, accepted, good, t, style)];
      const done = globals.dryRun ? "toolchain.adopt.plan" : "toolchain.adopted";
      if (good) lines.push(style.bold(t.text(`${done}.${mode}`, { name, path: printablePath(check.goroot) })));
      if (good && mode === "copy" && differences.length > 0) lines.push(t.text("toolchain.adopt.asPublished"));
      if (good)
        lines.push(
          t.text(globals.dryRun ? "kit.build.plan.nothing" : "toolchain.install.next", { version: request.version }),
        );
      return lines.join("\n");
    },
  };
}
