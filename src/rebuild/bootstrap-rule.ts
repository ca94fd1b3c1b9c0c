import { compareGoVersions, parseGoVersion, type GoVersion } from "../core/go-version.ts";

/**
 * The oldest Go that compiles a version of Go: of 1.N, from 1.22 on, it is 1.M with M = N-2 rounded down to an even number; 1.17 for 1.20 and 1.21
 * (https://go.dev/doc/install/source#go14, GOROOT/src/cmd/dist/buildtool.go). Undefined before 1.20: those need a Go that no proxy has.
 */
export function oldestBootstrap(version: GoVersion): string | undefined {
  const { minor } = version;
  if (minor < 20) return undefined;
  if (minor < 22) return "1.17";
  const even = minor - 2 - (minor % 2);
  return even === 20 ? "1.20.6" : `1.${even}.6`;
}

/** Whether one version of Go can compile another. */
export function canBootstrap(bootstrap: string, version: string): boolean {
  const [by, of] = [parseGoVersion(bootstrap), parseGoVersion(version)];
  const oldest = of === undefined ? undefined : parseGoVersion(oldestBootstrap(of) ?? "");
  return by !== undefined && oldest !== undefined && compareGoVersions(by, oldest) >= 0;
}
