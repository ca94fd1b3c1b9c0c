import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MedkitError } from "../../core/errors.ts";
import { EXIT } from "../../core/exit.ts";
import { formatBytes } from "../../core/format-bytes.ts";
import { platformText } from "../../core/go-version.ts";
import { findStored, parseSelector } from "../../goroot/index.ts";
import { openHome, withStaging, type Layout } from "../../state/index.ts";
import {
  hashTree,
  identifyGoroot,
  verifyGoroot,
  type GorootCheck,
  type ToolchainRequest,
  type TreeFile,
} from "../../toolchain/index.ts";
import type { Translator } from "../../i18n/index.ts";
import type { CommandContext } from "../context.ts";
import type { Style } from "../render/style.ts";
import { inertData } from "../render/printable.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { chooseInstalled, lookAtHome, readPlatform } from "../toolchain-job.ts";
import { openSupply, type Supply } from "../toolchain-sources.ts";
import { usageError } from "../usage.ts";
import { verifyRebuilt } from "../verify-rebuilt.ts";

/** Differences that a policy may accept. */
const acceptable = ["local-go-env"] as const;

/** What a person named: a folder, or a version of the store. */
async function find(
  context: CommandContext,
  layout: Layout,
  input: Input<"toolchain verify">,
): Promise<{ readonly goroot: string; readonly request: ToolchainRequest }> {
  const { toolchain: text } = input.args;
  const { ports } = context;
  if (parseSelector(text) !== undefined && !/[/.]$/.test(text)) {
    const { stored } = await chooseInstalled(layout, text, readPlatform(context, input.flags.platform));
    return { goroot: stored.goroot, request: { version: stored.version, platform: stored.platform } };
  }
  const goroot = resolve(ports.cwd, text);
  const facts = await stat(goroot).catch(() => undefined);
  if (facts === undefined) throw new MedkitError("PATH_NOT_FOUND", { path: goroot });
  return { goroot, request: await identifyGoroot(goroot, readPlatform(context, input.flags.platform)) };
}

/** Published copies to compare with, the nearest first: medkit's own, then whatever each source gives. */
function copiesOf(
  context: CommandContext,
  layout: Layout,
  supply: Supply,
  request: ToolchainRequest,
  goroot: string,
): (() => Promise<readonly TreeFile[] | undefined>)[] {
  const asked = async (
    name: string,
    copy: () => Promise<readonly TreeFile[]>,
  ): Promise<readonly TreeFile[] | undefined> => {
    try {
      return await copy();
    } catch (error) {
      if (!(error instanceof MedkitError) || error.code === "INTERRUPTED") throw error;
      const reason = String(error.params["reasons"] ?? error.params["subject"] ?? error.code);
      context.ports.progress.emit({ type: "note", level: "info", text: `${name}: ${reason}` });
      return undefined;
    }
  };
  const own = async (): Promise<readonly TreeFile[] | undefined> => {
    const stored = await findStored(layout, request.version, request.platform);
    return stored === undefined || stored.goroot === goroot
      ? undefined
      : asked(stored.name, () => hashTree(stored.goroot));
  };
  const fetched = supply.sources.map(
    (source) => () =>
      asked(source.kind, async () => {
        const { work } = await openHome(layout.home);
        return await withStaging(work, "verify-toolchain", async (staging) => {
          const into = join(staging.path, "goroot");
          await mkdir(into);
          await source.fetch(request, into);
          return hashTree(into);
        });
      }),
  );
  return [own, ...fetched];
}

function describe(check: GorootCheck, accepted: readonly string[], good: boolean, t: Translator, style: Style): string {
  const { request, goroot, record, differences } = check;
  const subject = { version: request.version, platform: platformText(request.platform), path: goroot };
  const lines = [style.bold(t.text("toolchain.verify.subject", subject))];
  const proven = { h1: record.h1, record: record.recordId, size: record.treeSize };
  if (differences.length === 0 && good) lines.push(t.text("toolchain.proven", proven));
  else lines.push(t.text("toolchain.verify.h1", { h1: check.h1, published: record.h1 }));
  for (const { path, kind } of inertData(differences.slice(0, 20))) {
    const note = accepted.includes(kind) ? ` (${t.text("toolchain.verify.accepted")})` : "";
    lines.push(`  ${path}: ${t.text(`toolchain.diff.${kind}`)}${note}`);
  }
  if (differences.length > 20) lines.push(`  ${t.text("kit.verify.more", { count: differences.length - 20 })}`);
  if (!check.named) lines.push(style.yellow(t.text("toolchain.verify.unnamed")));
  if (check.outside > 0) lines.push(t.text("toolchain.verify.outside", { count: check.outside }));
  const result = { files: check.files, size: formatBytes(check.bytes), count: differences.length };
  lines.push(good ? t.text("toolchain.verify.passed", result) : style.red(t.text("toolchain.verify.failed")));
  return lines.join("\n");
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
  const layout = await lookAtHome(context);
  const { goroot, request } = await find(context, layout, input);
  const rebuilt = await verifyRebuilt(layout, goroot, request);
  if (rebuilt !== undefined) return rebuilt;
  const supply = await openSupply(context, layout, { sources: [], kits: flags.kit === undefined ? [] : [flags.kit] });
  const check = await verifyGoroot(goroot, request, {
    records: supply.records,
    signal: context.ports.signal,
    copies: copiesOf(context, layout, supply, request, goroot),
  });
  const good = check.named && check.differences.every((each) => flags.accept.includes(each.kind));
  const { record, differences } = check;
  return {
    data: json({
      verified: good,
      version: request.version,
      platform: platformText(request.platform),
      goroot,
      h1: check.h1,
      published: record.h1,
      trust: good ? "checksum-database" : null,
      files: check.files,
      bytes: check.bytes,
      outsideModuleForm: check.outside,
      differences: differences.map((each) => ({ ...each, accepted: flags.accept.includes(each.kind) })),
      differencesNamed: check.named,
      evidence: { recordId: record.recordId, record: record.record, treeSize: record.treeSize, hashes: record.hashes },
    }),
    ...(good ? {} : { exit: EXIT.integrity }),
    text: (t, style) => describe(check, flags.accept, good, t, style),
  };
}
