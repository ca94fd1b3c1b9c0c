import type { BuildModule } from "./types.ts";

/** A module of vendor/modules.txt, with the packages that were taken from it. */
export interface VendoredModule {
  /** What packages are imported by. */
  readonly path: string;
  /** What the files were copied from: the replacement where there is one; undefined where that is a folder. */
  readonly from: BuildModule | undefined;
  readonly packages: readonly string[];
}

/**
 * Modules of vendor/modules.txt that packages were taken from. Source: cmd/go/internal/modcmd/vendor.go writes it, modload/vendor.go reads it: `# path version`,
 * `=> path version` or `=> folder` behind it, `##` for notes, and a line for each package.
 */
export function parseVendorList(text: string): VendoredModule[] {
  const modules: { path: string; from: BuildModule | undefined; packages: string[] }[] = [];
  let current: (typeof modules)[number] | undefined;
  for (const line of text.split("\n")) {
    if (line.startsWith("## ")) continue;
    if (line.startsWith("# ")) {
      const [path = "", ...rest] = line.slice(2).trim().split(/\s+/);
      const arrow = rest.indexOf("=>");
      const [name = path, version] = arrow === -1 ? [path, rest[0]] : rest.slice(arrow + 1);
      current = { path, from: version === undefined ? undefined : { path: name, version }, packages: [] };
      modules.push(current);
    } else if (line.trim() !== "") current?.packages.push(line.trim());
  }
  return modules.filter((each) => each.packages.length > 0);
}
