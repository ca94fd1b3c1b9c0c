import { MedkitError } from "../../core/errors.ts";
import { currentSnapshot, damagedFiles, readFacts } from "../../proxy/index.ts";
import type { CommandContext } from "../context.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { planVulndb } from "../vulndb-job.ts";

/** So many damaged files are named in a line. */
const mostNamed = 10;

export async function run(context: CommandContext, { flags }: Input<"proxy vulndb verify">): Promise<CommandResult> {
  const { folder } = await planVulndb(context, flags);
  const snapshot = await currentSnapshot(folder);
  if (snapshot === undefined) throw new MedkitError("VULNDB_MISSING", { folder });
  const damaged = await damagedFiles(snapshot);
  if (damaged.length > 0) {
    const more = damaged.length > mostNamed ? `, … (${damaged.length})` : "";
    const files = `${damaged.slice(0, mostNamed).join(", ")}${more}`;
    return {
      data: json({ folder, snapshot: snapshot.id, whole: false, damaged }),
      problem: new MedkitError("VULNDB_DAMAGED", { files }),
      text: () => "",
    };
  }
  const facts = await readFacts(snapshot);
  const { entries, modified, source } = facts;
  return {
    data: json({ folder, snapshot: snapshot.id, whole: true, damaged, ...facts }),
    text: (t) => t.text("proxy.vulndb.whole", { folder, entries, modified, source }),
  };
}
