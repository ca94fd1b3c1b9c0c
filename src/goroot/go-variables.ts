import { delimiter, join } from "node:path";

/**
 * The variables under which a GOROOT's `go` is the one that runs, and stays it: GOTOOLCHAIN=local, since the version was named and go.mod must not
 * change it. `path` is the PATH that it is put in front of; the same folder further back goes.
 */
export function goVariables(
  goroot: string,
  path: string | undefined,
): { readonly GOROOT: string; readonly GOTOOLCHAIN: "local"; readonly PATH: string } {
  const bin = join(goroot, "bin");
  const others = (path ?? "/usr/local/bin:/usr/bin:/bin").split(delimiter).filter((each) => each !== bin);
  return { GOROOT: goroot, GOTOOLCHAIN: "local", PATH: [bin, ...others].join(delimiter) };
}
