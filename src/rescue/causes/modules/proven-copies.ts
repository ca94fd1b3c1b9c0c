import { matchPrefixPatterns } from "../../../module/index.ts";
import { completedCopies, isInWorkspace, moduleFiles, unprovenPatterns } from "../../module-files.ts";
import { copiesInPlace } from "../../file-edits.ts";
import { useKitModules } from "../../remedies.ts";
import type { CaseFile, Remedy } from "../../types.ts";

export interface ProvenOptions {
  /** Whether go.mod is completed too, not go.sum alone. */
  readonly updateGoMod: boolean;
  /** Paths of modules whose hashes are known to be missing. */
  readonly missing: readonly string[];
}

/**
 * Copies of go.mod and go.sum that go completes, at first the way this host gets its modules, for what its own checksum database proves and nothing else;
 * then from the kit alone. What this host exempts from the database is asked of the one in the kit all the same (`none` matches no module, and the
 * kit answers by itself, so that no name leaves the host): a module that is private is not in it, and then there is no remedy.
 */
export async function provenCopies(file: CaseFile, options: ProvenOptions): Promise<readonly Remedy[]> {
  const { updateGoMod, missing } = options;
  const files = await moduleFiles(file);
  // -modfile is none of a workspace's flags.
  if (files === undefined || (await isInWorkspace(file))) return [];
  const outline = {
    kind: updateGoMod ? "copied-go-mod" : "copied-go-sum",
    params: { file: updateGoMod ? files.goMod : files.goSum },
    reach: "state",
    cost: 1000,
    environment: {},
  } as const;
  const unproven = await unprovenPatterns(file);
  const here: Remedy = {
    ...outline,
    complete: () => completedCopies(file, { environment: {}, unproven, updateGoMod, timeout: 30_000 }),
  };
  const inPlace = (copies: Remedy, environment: Remedy["environment"]): Remedy => ({
    ...outline,
    kind: "completed-in-place",
    params: copies.params,
    reach: "user-file",
    complete: async () => copiesInPlace(await copies.complete?.(), files, environment),
  });
  const isHere = !missing.some((path) => matchPrefixPatterns(unproven, path));
  const kit = await useKitModules(file, { only: true });
  const own = isHere ? [here, inPlace(here, {})] : [];
  if (kit === undefined) return own;
  const params = { ...outline.params, kit: kit.params["kit"] ?? "" };
  const fromKit = async (): Promise<Remedy | undefined> => {
    await kit.precondition?.();
    const environment = { ...kit.environment, GONOSUMDB: "none", GONOPROXY: "none" };
    const copies = await completedCopies(file, { environment, unproven: "", updateGoMod, timeout: 60_000 });
    // The command itself takes the modules from the kit as well, checked by the new go.sum.
    return copies && { ...copies, params, environment: { ...kit.environment, ...copies.environment } };
  };
  const fromIt: Remedy = { ...outline, params, complete: fromKit };
  return [...own, fromIt, inPlace(fromIt, kit.environment)];
}
