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
import { databaseKey } from "../../module/index.ts";
import { cleanUp, openHome } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { readKeyFile } from "../key-file.ts";
import { inertData } from "../render/printable.ts";
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

/** Nothing differs, and nobody outside the kit says that its database's key is one: what is in the kit may be anybody's. */
function unproven({ proofs }: Checks): MedkitError | undefined {
  return proofs?.vouchedBy === "nobody"
    ? new MedkitError("KIT_DATABASE_UNKNOWN", { database: proofs.database, key: proofs.key })
    : undefined;
}

function describeProofs(proofs: Proofs, t: Translator, style: Style): string[] {
  const { toolchains, rebuiltUnmatched, modules, database, key, vouchedBy, treeSize, privateModules, problems } =
    proofs;
  const lines: string[] = [];
  const counts = { toolchains, modules, name: database, size: treeSize };
  if (vouchedBy !== "nobody") lines.push(t.text("kit.verify.database", counts));
  else if (problems.length === 0) lines.push(style.red(t.text("kit.verify.database.unknown", { name: database, key })));
  if (vouchedBy === "signer") lines.push(t.text("kit.verify.database.signer", { key }));
  for (const name of rebuiltUnmatched) lines.push(style.yellow(t.text("kit.verify.rebuilt", { name })));
  if (privateModules > 0) lines.push(t.text("kit.verify.privateModules", { count: privateModules }));
  for (const problem of problems) lines.push(style.red(t.text("kit.verify.database.failed", { problem })));
  return lines;
}

function describe(checks: Checks, verified: boolean, t: Translator, style: Style): string {
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
  if (proofs !== undefined) lines.push(...describeProofs(proofs, t, style));
  if (differences.length === 0) {
    const text = verified ? "kit.verify.passed" : "kit.verify.files";
    lines.push(t.text(text, { files, size: formatBytes(bytes) }));
    return lines.join("\n");
  }
  lines.push(style.red(t.text("kit.verify.failed", { count: differences.length })));
  for (const { path, kind, detail } of inertData(differences.slice(0, 20))) {
    lines.push(`  ${path}: ${t.text(`kit.diff.${kind}`)}${detail === undefined ? "" : ` (${detail})`}`);
  }
  if (differences.length > 20) lines.push(`  ${t.text("kit.verify.more", { count: differences.length - 20 })}`);
  return lines.join("\n");
}

export async function run(context: CommandContext, input: Input<"kit verify">): Promise<CommandResult> {
  const { flags, args } = input;
  const signer = flags.signer === undefined ? undefined : readPublicKey(await readKeyFile(flags.signer), flags.signer);
  const sumdb = flags.sumdb === undefined ? undefined : databaseKey(flags.sumdb);
  const location = await locateKit(args.path);
  const archiveSum = location.kind === "archive" ? await checkArchiveSum(location.path) : undefined;
  const root = location.kind === "archive" ? await stagingRoot(context) : undefined;
  const checks = await withKitFolder(location, root, async (folder): Promise<Checks> => {
    const verification = await verifyKitFolder(folder, signer);
    const { manifest, differences, signature } = verification;
    const signed = signature.state === "valid" && signature.trusted;
    const proofs =
      manifest === undefined || differences.length > 0
        ? undefined
        : await verifyProofs(folder, manifest, { sumdb, signed });
    return { archiveSum, verification, proofs };
  });
  const { proofs } = checks;
  const { manifest: _, ...verification } = checks.verification;
  const whole = passed(checks, signer !== undefined);
  const problem = whole ? unproven(checks) : undefined;
  const verified = whole && problem === undefined;
  return {
    data: json({
      verified,
      ...(archiveSum === undefined ? {} : { archiveSum }),
      ...verification,
      ...(proofs === undefined ? {} : { proofs: { checked: proofs.vouchedBy !== "nobody", ...proofs } }),
    }),
    ...(whole ? {} : { exit: EXIT.integrity }),
    ...(problem === undefined ? {} : { problem }),
    text: (t, style) => describe(checks, verified, t, style),
  };
}
