import { MedkitError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { moduleName } from "../../module/index.ts";
import type { DatabaseMirror } from "../database-mirror.ts";
import { storedPath } from "../store/index-files.ts";
import type { ObjectStore } from "../types.ts";
import type { Prover } from "./types.ts";

/** The checksum database has the hash. */
export function databaseProver(database: Pick<DatabaseMirror, "lookup" | "name">): Prover {
  return {
    judge: async (kind, module) => {
      const record = await database.lookup(module);
      const published = kind === "zip" ? record.h1 : record.goModH1;
      return async ({ h1, source }) => {
        if (h1 === published) return `${database.name}#${record.recordId}`;
        throw new MedkitError("MODULE_MISMATCH", { module: moduleName(module), source, found: h1, published });
      };
    },
  };
}

/** What the first fetch of a file found, `.first/PATH/@v/V.zip` in the store. It outlives the file: a version that is pruned has to come back the same. */
interface FirstUse {
  readonly schema: "medkit/first-use/v1";
  readonly h1: string;
  readonly source: string;
  /** RFC 3339. */
  readonly at: string;
}

/** The proof's word for what no database knows. */
export const PRIVATE = "private";

/** No database knows the module: the hash of the first fetch is remembered, and demanded from then on. Of several replicas one is the first. */
export function firstUseProver(
  store: Pick<ObjectStore, "read" | "replace">,
  clock: Pick<Ports["clock"], "now">,
): Prover {
  return {
    judge: async (kind, module) => {
      // No module's path begins with a dot.
      const record = `.first/${storedPath(module, kind)}`;
      const known = parseFirst(await store.read(record), record);
      return async ({ h1, source }) => {
        const now: FirstUse = { schema: "medkit/first-use/v1", h1, source, at: clock.now().toISOString() };
        if (known === undefined && (await store.replace(record, undefined, Buffer.from(JSON.stringify(now)))))
          return PRIVATE;
        // Another process may have been the first meanwhile.
        const first = known ?? parseFirst(await store.read(record), record);
        if (first === undefined) throw new MedkitError("INTEGRITY", { problem: `the record ${record} was removed` });
        if (first.h1 !== h1) {
          const before = { first: first.h1, since: first.at, record };
          throw new MedkitError("MODULE_CHANGED", { module: moduleName(module), source, found: h1, ...before });
        }
        return PRIVATE;
      };
    },
  };
}

function parseFirst(bytes: Buffer | undefined, record: string): FirstUse | undefined {
  if (bytes === undefined) return undefined;
  try {
    const value = JSON.parse(bytes.toString("utf8")) as Partial<FirstUse> | null;
    if (value?.schema === "medkit/first-use/v1" && /^h1:[A-Za-z0-9+/]{43}=$/.test(String(value.h1)))
      return value as FirstUse;
  } catch {
    // Falls through: a record that cannot be read must not become a new first use.
  }
  throw new MedkitError("INTEGRITY", { problem: `the record ${record} of a first use is damaged` });
}
