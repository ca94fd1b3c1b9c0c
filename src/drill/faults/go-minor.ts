/** 21 of `1.21.13`: what a Go knows, and where it differs, goes by it. */
export function goMinor(version: string): number {
  return Number(version.split(".")[1]);
}
