import { MedkitError } from "../core/errors.ts";
import type { Evidence } from "../core/evidence.ts";
import type { TrustLevel } from "../core/toolchain-words.ts";
import type { Translator } from "../i18n/index.ts";
import { readKeyring } from "../openpgp/index.ts";
import type { Layout } from "../state/index.ts";
import {
  examineArchive,
  fetchChecksums,
  parseChecksums,
  type ArchiveAtHand,
  type ArchiveLevel,
  type Checksums,
  type Examination,
} from "../toolchain/index.ts";
import type { CommandContext } from "./context.ts";
import { readNamedFile } from "./openpgp-job.ts";
import { inertData } from "./render/printable.ts";

/** Where Go publishes its checksums; asked where that is all that is demanded and nobody named another list. */
const publishedList = "https://go.dev/dl/?mode=json&include=all";

export interface TrustFlags {
  readonly trust: TrustLevel | undefined;
  /** A file, or a URL. */
  readonly checksums: string | undefined;
  readonly signature: string | undefined;
}

async function readChecksums(
  context: CommandContext,
  { checksums }: TrustFlags,
  minimum: TrustLevel,
): Promise<Checksums | undefined> {
  const { ports, flags } = context;
  if (checksums !== undefined && /^https?:\/\//.test(checksums)) return fetchChecksums(ports, checksums);
  if (checksums !== undefined) {
    const { name, bytes } = await readNamedFile(checksums);
    return { by: name, host: undefined, sums: parseChecksums(bytes.toString("utf8"), checksums) };
  }
  if (minimum !== "sha256" || flags.offline) return undefined;
  try {
    return await fetchChecksums(ports, publishedList);
  } catch (error) {
    if (!(error instanceof MedkitError) || error.code === "INTERRUPTED") throw error;
    unchecked(context, "sha256", String(error.params["reason"] ?? error.code));
    return undefined;
  }
}

function unchecked({ ports, t }: CommandContext, level: string, reason: string): void {
  const said = reason.startsWith("@") ? (t.lookup(reason.slice(1)) ?? reason) : reason;
  ports.progress.emit({
    type: "note",
    level: "warning",
    text: t.text("evidence.notChecked", { level, reason: said }),
  });
}

export type Examine = (archive: ArchiveAtHand, needed: ArchiveLevel | undefined) => Promise<readonly Evidence[]>;

export interface TrustJob {
  readonly examine: Examine;
  readonly checksums: Checksums | undefined;
  /** A person named a list or a signature, which has to be used. */
  readonly named: boolean;
}

/** What archives of this run are held against. CHECKSUMS_INVALID, CHECKSUMS_UNAVAILABLE, PATH_NOT_FOUND. */
export async function openTrust(
  context: CommandContext,
  layout: Layout,
  flags: TrustFlags,
  minimum: TrustLevel,
): Promise<TrustJob> {
  const checksums = await readChecksums(context, flags, minimum);
  const signature = flags.signature === undefined ? undefined : await readNamedFile(flags.signature);
  const examination: Examination = {
    checksums,
    checksumsNamed: flags.checksums !== undefined,
    signature,
    keyring: () => readKeyring(layout),
    now: context.ports.clock.now(),
    onUnchecked: (level, reason) => unchecked(context, level, reason),
  };
  return {
    examine: (archive, needed) => examineArchive(archive, examination, needed),
    checksums,
    named: flags.checksums !== undefined || flags.signature !== undefined,
  };
}

/** A line for each piece of evidence, weakest first. */
export function evidenceLines(evidence: readonly Evidence[], t: Translator): readonly string[] {
  return inertData(evidence).map((each) => {
    switch (each.level) {
      case "sha256":
        return t.text("evidence.sha256", { file: each.file, by: each.by });
      case "openpgp": {
        const { file, signer, signedAt, verifier } = each;
        return t.text("evidence.openpgp", { file, signer, userId: each.userId ?? each.key, signedAt, verifier });
      }
      case "rebuilt":
        return t.text("evidence.rebuilt", { source: each.source, bootstrap: each.bootstrap, match: each.by });
      case "checksum-database":
        return t.text("evidence.database", { record: each.recordId, size: each.treeSize, database: each.by });
    }
  });
}
