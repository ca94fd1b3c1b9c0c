import { readFile, realpath } from "node:fs/promises";
import { sha256Hex } from "../core/digest.ts";
import type { ModuleFiles } from "./module-files.ts";
import type { FileEdit, Remedy } from "./types.ts";

/** The change of a file of the user's, bound to what it holds now; a link is followed. Undefined where it is so already. */
export async function fileEdit(path: string, content: string): Promise<FileEdit | undefined> {
  const real = await realpath(path).catch(() => path);
  const before = await readFile(real).catch(() => undefined);
  if (before?.toString("utf8") === content) return undefined;
  return { path: real, before: before === undefined ? undefined : sha256Hex(before), content };
}

/** What a remedy gives as copies of go.mod and go.sum, written into the user's own; further settings of the child stay as `environment` has them. */
export async function copiesInPlace(
  copies: Remedy | undefined,
  { goMod, goSum }: ModuleFiles,
  environment: Remedy["environment"],
): Promise<Remedy | undefined> {
  if (copies === undefined) return undefined;
  const each = (copies.files ?? []).map(({ path, content }) =>
    fileEdit(path.endsWith(".sum") ? goSum : goMod, content),
  );
  const edits = (await Promise.all(each)).filter((edit) => edit !== undefined);
  if (edits.length === 0) return undefined;
  const { params, cost } = copies;
  return { kind: "completed-in-place", params, reach: "user-file", cost, environment, edits };
}
