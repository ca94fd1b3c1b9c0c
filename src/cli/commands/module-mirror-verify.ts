import { formatBytes } from "../../core/format-bytes.ts";
import { MedkitError } from "../../core/errors.ts";
import type { Translator } from "../../i18n/index.ts";
import { repairStore, verifyStore, type Repair, type StoreCheck } from "../../mirror/index.ts";
import type { CommandContext } from "../context.ts";
import { demandStore, openMirror, openStored, type OpenMirror } from "../mirror-job.ts";
import { faultLines, troubleLines } from "../render/mirror.ts";
import type { Style } from "../render/style.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

function describe(
  { storeName, verifier }: OpenMirror,
  first: StoreCheck,
  after: { readonly repair: Repair; readonly left: StoreCheck } | undefined,
  t: Translator,
  style: Style,
): string {
  const { versions, bytes, records, tiles, faults } = first;
  const facts = { versions, size: formatBytes(bytes), records, tiles, database: verifier.name, store: storeName };
  const lines = [t.text("mirror.verify.read", facts)];
  if (faults.length === 0) return [...lines, t.text("mirror.verify.whole")].join("\n");
  lines.push(style.red(t.text("mirror.verify.found", { count: faults.length })), ...faultLines(faults, t));
  if (after === undefined) return lines.join("\n");
  const { repair, left } = after;
  lines.push(
    t.text("mirror.verify.removed", { count: repair.removed.length }),
    ...troubleLines(repair.failed, t, style),
  );
  if (left.faults.length === 0) lines.push(t.text("mirror.verify.repaired"));
  else
    lines.push(style.red(t.text("mirror.verify.left", { count: left.faults.length })), ...faultLines(left.faults, t));
  return lines.join("\n");
}

export async function run(context: CommandContext, { flags }: Input<"module mirror verify">): Promise<CommandResult> {
  const { ports, flags: globals } = context;
  if (flags.repair) await demandStore(context, flags);
  const opened = flags.repair ? await openMirror(context, flags) : await openStored(context, flags);
  try {
    const { store, mirror, verifier, storeName } = opened;
    const first = await verifyStore(ports, store, verifier);
    const mends = flags.repair && !globals.dryRun && first.faults.length > 0;
    const repair = mends ? await repairStore(ports, first.faults, { store, mirror }) : undefined;
    const after = repair === undefined ? undefined : { repair, left: await verifyStore(ports, store, verifier) };
    const { faults } = after?.left ?? first;
    // What is lost and cannot be had again leaves no file that could be found.
    const failed = (repair?.failed ?? []).map(({ subject, code }) => `${subject}: ${code}`);
    const open = [...faults.map((each) => each.path), ...failed];
    const problem =
      open.length === 0
        ? undefined
        : new MedkitError("STORE_DAMAGED", { count: open.length, store: storeName, first: open[0] ?? "" });
    return {
      data: json({ store: storeName, whole: problem === undefined, ...first, ...(after === undefined ? {} : after) }),
      ...(problem === undefined ? {} : { problem }),
      text: (t, style) => describe(opened, first, after, t, style),
    };
  } finally {
    await opened.close();
  }
}
