import type { BytesReply, Extra, Reply } from "../types.ts";
import { currentSnapshot, readSnapshotFile } from "./snapshot.ts";

/** Where a server shows the database: `govulncheck -db http://HOST/vulndb`. */
const prefix = "/vulndb/";
const served = /^(?:index\/(?:db|modules|vulns)|ID\/GO-\d{4}-\d{4,})\.json(?:\.gz)?$/;

const refusal = (text: string): BytesReply => ({
  status: 404,
  type: "text/plain; charset=utf-8",
  keep: "never",
  bytes: Buffer.from(`${text}\n`),
});

/** Serves the mirrored vulnerability database of a folder, in the layout of vuln.go.dev, always the newest snapshot. */
export function vulndbExtra(folder: string): Extra {
  return {
    answer: async ({ path }): Promise<Reply | undefined> => {
      if (!path.startsWith(prefix)) return undefined;
      const name = path.slice(prefix.length);
      if (!served.test(name)) return refusal("not found: the vulnerability database has index/… and ID/GO-….json");
      const snapshot = await currentSnapshot(folder);
      if (snapshot === undefined) return refusal("not found: no vulnerability database is mirrored here");
      const bytes = await readSnapshotFile(snapshot, name);
      if (bytes === undefined) return refusal(`not found: ${name}`);
      const type = name.endsWith(".gz") ? "application/gzip" : "application/json";
      return { status: 200, type, keep: "minute", bytes };
    },
  };
}
