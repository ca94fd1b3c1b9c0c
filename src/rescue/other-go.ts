import { compareGoVersions, parseGoVersion } from "../core/go-version.ts";
import { useGoroot, useKitGo } from "./remedies.ts";
import type { CaseFile, Remedy } from "./types.ts";

/** Whether a version (`1.21.13`) is at least another (`1.21`); false where one is no version. */
export function isAtLeast(version: string | undefined, wanted: string): boolean {
  const [left, right] = [version === undefined ? undefined : parseGoVersion(version), parseGoVersion(wanted)];
  return left !== undefined && right !== undefined && compareGoVersions(left, right) >= 0;
}

/** What the project needs at the least: the go line of its go.mod. Without one any Go will do. */
async function wantedByProject(file: CaseFile): Promise<string> {
  return (await file.probes.project()).goMod?.go ?? "1";
}

/** Another Go that satisfies the project (or `wanted`): one of this host, else the kit's. */
export async function takeOtherGo(file: CaseFile, wanted?: string): Promise<readonly Remedy[]> {
  const least = wanted ?? (await wantedByProject(file));
  const accept = (version: string): boolean => isAtLeast(version, least);
  // The oldest that does: what was written for an older Go is surest to build with it.
  const host = (await file.probes.otherGos()).findLast((each) => accept(each.version));
  const kit = await useKitGo(file, accept);
  return [
    ...(host === undefined ? [] : [useGoroot(file, host.goroot, host.version)]),
    ...(kit === undefined ? [] : [kit]),
  ];
}
