import { appendFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FaultStage } from "./types.ts";

/** Adds lines to what `go env -w` left in the host's file; another fault may have added its own. */
export async function addGoenv({ host }: FaultStage, lines: string): Promise<void> {
  const file = join(host.home, ".config", "go", "env");
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, lines);
}
