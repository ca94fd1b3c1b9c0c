import { formatBytes } from "../../core/format-bytes.ts";
import { EXIT } from "../../core/exit.ts";
import { MedkitError } from "../../core/errors.ts";
import {
  checkArchiveSum,
  locateKit,
  readPublicKey,
  verifyKitFolder,
  verifyProofs,
  withKitFolder,
  type ArchiveSum,
  type Proofs,
  type Verification,
} from "../../kit/index.ts";
import { cleanUp, openHome } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { readKeyFile } from "../key-file.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import type { Style } from "../render/style.ts";
import type { Translator } from "../../i18n/index.ts";

interface Checks {
  readonly archiveSum: ArchiveSum | undefined;
  readonly verification: Verification;
  /** Absent where the files differ: what a changed kit says about proofs is worth nothing. */
  readonly proofs: Proofs | undefined;
}

/** Where an archive is unpacked for the check: medkit's own staging folder, or a temporary folder where there is no home. */
async function stagingRoot(context: CommandContext): Promise<string | undefined> {
  try {
    const layout = await openHome(await context.home());
    await cleanUp(layout);
    return layout.work;
  } catch (error) {
    if (error instanceof MedkitError && (error.code === "HOST_NO_HOME" || error.code === "HOST_READ_ONLY"))
      return undefined;
    throw error;
  }
}

function passed({ archiveSum, verification, proofs }: Checks, demanded: boolean): boolean {
  const { differences, signature } = verification;
  if (differences.length > 0 || signature.state === "invalid" || (demanded && signature.state !== "valid"))
    return false;
  return archiveSum !== "differs" && archiveSum !== "malformed" && proofs !== undefined && proofs.problems.length === 0;
}

function describe(checks: Checks, t: Translator, style: Style): string {
  const { archiveSum, verification, proofs } = checks;
  const { differences, signature, files, bytes } = verification;
  const lines: string[] = [];
  if (archiveSum !== undefined)
    lines.push(t.text("kit.verify.archiveSum", { state: t.text(`kit.verify.sum.${archiveSum}`) }));
  switch (signature.state) {
    case "none":
      lines.push(t.text("kit.verify.signature.none"));
      break;
    case "valid":
      lines.push(
        t.text(signature.trusted ? "kit.verify.signature.valid" : "kit.verify.signature.own", { key: signature.key }),
      );
      break;
    case "invalid":
      lines.push(style.red(t.text("kit.verify.signature.invalid")));
  }
  if (proofs !== undefined) {
    const { toolchains, modules, database, treeSize, privateModules, problems } = proofs;
    lines.push(t.text("kit.verify.database", { toolchains, modules, name: database, size: treeSize }));
    if (privateModules > 0) lines.push(t.text("kit.verify.privateModules", { count: privateModules }));
    for (const problem of problems) lines.push(style.red(t.text("kit.verify.database.failed", { problem })));
  }
  if (differences.length === 0) {
    lines.push(t.text("kit.verify.passed", { files, size: formatBytes(bytes) }));
    return lines.join("\n");
  }
  lines.push(style.red(t.text("kit.verify.failed", { count: differences.length })));
  for (const { path, kind, detail } of differences.slice(0, 20)) {
    lines.push(`  ${path}: ${t.text(`kit.diff.${kind}`)}${detail === undefined ? "" : ` (${detail})`}`);
  }
  if (differences.length > 20) lines.push(`  ${t.text("kit.verify.more", { count: differences.length - 20 })}`);
  return lines.join("\n");
}

export async function run(context: CommandContext, input: Input<"kit verify">): Promise<CommandResult> {
  const { flags, args } = input;
  const signer = flags.signer === undefined ? undefined : readPublicKey(await readKeyFile(flags.signer), flags.signer);
  const location = await locateKit(args.path);
  const archiveSum = location.kind === "archive" ? await checkArchiveSum(location.path) : undefined;
  const root = location.kind === "archive" ? await stagingRoot(context) : undefined;
  const checks = await withKitFolder(location, root, async (folder): Promise<Checks> => {
    const verification = await verifyKitFolder(folder, signer);
    const { manifest, differences } = verification;
    const proofs = manifest === undefined || differences.length > 0 ? undefined : await verifyProofs(folder, manifest);
    return { archiveSum, verification, proofs };
  });
  const { manifest: _, ...verification } = checks.verification;
  const verified = passed(checks, signer !== undefined);
  return {
    data: json({
      verified,
      ...(archiveSum === undefined ? {} : { archiveSum }),
      ...verification,
      ...(checks.proofs === undefined ? {} : { proofs: checks.proofs }),
    }),
    ...(verified ? {} : { exit: EXIT.integrity }),
    text: (t, style) => describe(checks, t, style),
  };
}
