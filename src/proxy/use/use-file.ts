import { z } from "zod";
import { moduleName } from "../../module/index.ts";
import type { Refusal, VersionUse } from "./types.ts";

/** What one replica writes: `.use/NAME.json` of the store. */
const useFileSchema = z.object({
  schema: z.literal("medkit/module-use/v1"),
  versions: z.array(
    z.object({
      path: z.string(),
      version: z.string(),
      first: z.iso.datetime(),
      last: z.iso.datetime(),
      lastZip: z.iso.datetime().exactOptional(),
      count: z.int().nonnegative(),
      clients: z.array(z.string()),
    }),
  ),
  refusals: z.array(
    z.object({
      time: z.iso.datetime(),
      client: z.string(),
      path: z.string(),
      status: z.int(),
      reason: z.string(),
      module: z.string().exactOptional(),
      version: z.string().exactOptional(),
    }),
  ),
});

export interface UseFile {
  readonly versions: readonly VersionUse[];
  readonly refusals: readonly Refusal[];
}

export function formatUseFile({ versions, refusals }: UseFile): string {
  return `${JSON.stringify({ schema: "medkit/module-use/v1", versions, refusals })}\n`;
}

/** Undefined where it is torn, or another program's. */
export function parseUseFile(text: string): UseFile | undefined {
  try {
    const parsed = useFileSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Clients that are remembered of a version. */
const mostClients = 16;

/** The clients with one more, the latest last. */
export function withClient(clients: readonly string[], client: string): readonly string[] {
  if (client === "" || clients.at(-1) === client) return clients;
  return [...clients.filter((each) => each !== client), client].slice(-mostClients);
}

const later = (a: string, b: string): string => (a > b ? a : b);

/** Two memories of one version as one. */
function joined(a: VersionUse, b: VersionUse): VersionUse {
  const [older, newer] = a.last <= b.last ? [a, b] : [b, a];
  const zips = [a.lastZip, b.lastZip].filter((each) => each !== undefined);
  return {
    path: a.path,
    version: a.version,
    first: a.first < b.first ? a.first : b.first,
    last: newer.last,
    ...(zips.length === 0 ? {} : { lastZip: zips.reduce(later) }),
    count: a.count + b.count,
    clients: newer.clients.reduce(withClient, older.clients),
  };
}

/** What several replicas remember, by `path@version`. */
export function mergeUses(all: Iterable<VersionUse>): Map<string, VersionUse> {
  const merged = new Map<string, VersionUse>();
  for (const each of all) {
    const name = moduleName(each);
    const known = merged.get(name);
    merged.set(name, known === undefined ? each : joined(known, each));
  }
  return merged;
}
