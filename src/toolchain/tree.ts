/**
 * The tree of an unpacked toolchain: which files belong to it, which are executable, and how it is named as a module.
 * Source: GOROOT/src/cmd/distpack/pack.go.
 */
import { parseToolchainName, toolchainName, type Release } from "../core/go-version.ts";

/** Module path under which toolchains are in the checksum database. */
export const toolchainModule = "golang.org/toolchain";

/** Version of the toolchain module: `v0.0.1-go1.21.13.linux-amd64`. */
export function toolchainModuleVersion(
  version: string,
  platform: { readonly os: string; readonly arch: string },
): string {
  return `v0.0.1-${toolchainName({ version, platform })}`;
}

/** The module that a toolchain is in the checksum database. */
export function toolchainAsModule({ version, platform }: Release): { readonly path: string; readonly version: string } {
  return { path: toolchainModule, version: toolchainModuleVersion(version, platform) };
}

/** The reverse of {@link toolchainModuleVersion}; undefined where it is of another form. */
export function parseModuleVersion(text: string): Release | undefined {
  return text.startsWith("v0.0.1-") ? parseToolchainName(text.slice("v0.0.1-".length)) : undefined;
}

/** Whether the published archive gives the file of this path in GOROOT an executable bit (module zips carry no modes). */
export function isToolchainExecutable(path: string): boolean {
  return (
    path.startsWith("bin/") ||
    path.startsWith("pkg/tool/") ||
    /\.(?:bash|sh|pl|rc)$/.test(path) ||
    /(?:^|\/)go_[^/]+_[^/]+_exec$/.test(path)
  );
}

/** Whether a file of the published archive is left out of the module form. */
export function isOutsideModuleForm(path: string): boolean {
  return /^(?:api|doc|misc|test)\//.test(path);
}

/** Path in GOROOT of a file of the module zip (`_go.mod` stands for `go.mod`, which would make a nested module). */
export function pathInGoroot(moduleFile: string): string {
  return moduleFile.replace(/(^|\/)_go\.mod$/, "$1go.mod");
}

/** The reverse of {@link pathInGoroot}. */
export function pathInModule(gorootFile: string): string {
  return gorootFile.replace(/(^|\/)go\.mod$/, "$1_go.mod");
}

/** Tools whose bytes are hashed again at every activation of a kit. */
export function guardedTools(
  paths: readonly string[],
  platform: { readonly os: string; readonly arch: string },
): readonly string[] {
  const folder = `pkg/tool/${platform.os}_${platform.arch}/`;
  const wanted = new Set(["bin/go", `${folder}asm`, `${folder}compile`, `${folder}link`]);
  return paths.filter((path) => wanted.has(path));
}

export interface TreePart {
  readonly name: string;
  readonly paths: readonly string[];
}

const everydayTool = /^(?:bin\/|pkg\/tool\/[^/]+\/(?:asm|buildid|cgo|compile|cover|link|pack|test2json|vet)$)/;
const restOfSource = /^src\/(?:cmd\/|.*_test\.go$|(?:.*\/)?testdata\/)/;

/**
 * Cuts a toolchain's files into parts that are packed apart and unpacked side by side. The cut balances work, and puts
 * what every build reads into parts of its own. Every path is in exactly one part; order in a part is the given order.
 */
export function cutIntoParts(paths: readonly string[]): readonly TreePart[] {
  const parts: Record<"tools" | "std" | "extra" | "rest", string[]> = { tools: [], std: [], extra: [], rest: [] };
  for (const path of paths) {
    if (everydayTool.test(path)) parts.tools.push(path);
    else if (path.startsWith("pkg/tool/")) parts.extra.push(path);
    else if (restOfSource.test(path)) parts.rest.push(path);
    else parts.std.push(path);
  }
  return Object.entries(parts)
    .filter(([, members]) => members.length > 0)
    .map(([name, members]) => ({ name, paths: members }));
}
