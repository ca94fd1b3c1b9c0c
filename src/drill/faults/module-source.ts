import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Fault, FaultStage } from "./types.ts";

/** A module cache that holds nothing, so that the proxy is asked. */
export async function emptyCache({ host }: FaultStage): Promise<void> {
  await mkdir(join(host.extra, "mod"), { recursive: true });
}

/** GOPROXY, with the empty module cache. */
export function askingProxy(goproxy: string): NonNullable<Fault["environment"]> {
  return ({ inside }) => ({ GOPROXY: goproxy, GOMODCACHE: join(inside.extra, "mod") });
}
