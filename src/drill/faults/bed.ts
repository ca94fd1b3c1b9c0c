import { chmod, copyFile, cp, link, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MedkitError } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { compareSemver } from "../../module/index.ts";
import { giveToSession } from "../run-folder.ts";
import { cleanPath, dropPrefix, formatMounts, namespacePrefix } from "../sandbox.ts";
import type { Mount } from "../scenarios/types.ts";
import type { HostFacts, KitFacts } from "../types.ts";
import type { Dependency, FaultPaths } from "./types.ts";

/** What all faults of a drill share: the tool under test, the unpacked kit, and for each Go version a healthy host. Folders are absolute. */
export interface FaultBed {
  readonly folder: string;
  readonly kit: string;
  readonly tool: string;
  readonly facts: HostFacts;
  /** Folders of the machine that are covered. */
  readonly hidden: readonly string[];
  readonly kitVersions: readonly string[];
  /** By Go version. */
  readonly hosts: ReadonlyMap<string, HealthyHost>;
}

export interface HealthyHost {
  readonly goroot: string;
  /** A HOME with a filled module cache, a warm build cache and the project. */
  readonly home: string;
  readonly dependency: Dependency;
}

export function faultPaths(base: string): FaultPaths {
  const home = join(base, "home");
  return {
    base,
    home,
    tmp: join(base, "tmp"),
    project: join(home, "project"),
    go: join(base, "goroot"),
    modCache: join(home, "go", "pkg", "mod"),
    goCache: join(home, ".cache", "go-build"),
    tools: join(base, "tools"),
    extra: join(base, "extra"),
  };
}

/** Small libraries that kits hold, best first, and an expression that uses each. */
const libraries: readonly Omit<Dependency, "version">[] = [
  { module: "golang.org/x/sync", importPath: "golang.org/x/sync/errgroup", use: "new(errgroup.Group).Wait() == nil" },
  { module: "golang.org/x/time", importPath: "golang.org/x/time/rate", use: "rate.Inf > 0" },
  { module: "golang.org/x/text", importPath: "golang.org/x/text/language", use: 'language.English.String() == "en"' },
  { module: "github.com/spf13/pflag", importPath: "github.com/spf13/pflag", use: 'pflag.NewFlagSet("", 0) != nil' },
];

async function listed(tree: string, module: string): Promise<readonly string[]> {
  const text = await readFile(join(tree, module, "@v", "list"), "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}

/** The library that the project uses: the newest that the kit lists for this Go version. */
async function chooseDependency(kit: string, goVersion: string): Promise<Dependency> {
  for (const library of libraries) {
    for (const tree of [join(kit, "modules-by-go", `go${goVersion}`), join(kit, "modules")]) {
      const versions = [...(await listed(tree, library.module))].toSorted(compareSemver);
      const version = versions.at(-1);
      if (version !== undefined) return { ...library, version };
    }
  }
  throw new MedkitError("DRILL_NO_LIBRARY", { known: libraries.map((each) => each.module).join(", ") });
}

function projectFiles(dependency: Dependency): Readonly<Record<string, string>> {
  const name = dependency.importPath.split("/").at(-1) ?? "";
  return {
    "go.mod": `module example.org/drill\n\ngo 1.21\n\nrequire ${dependency.module} ${dependency.version}\n`,
    "main.go": `package main\n\nimport (\n\t"fmt"\n\n\t"example.org/drill/internal/greet"\n\t"${dependency.importPath}"\n)\n\nfunc main() { fmt.Println(greet.Hello("drill"), ${dependency.use}) }\n\nvar _ = ${name}Used\n\nvar ${name}Used = ${dependency.use}\n`,
    "main_test.go": `package main\n\nimport "testing"\n\nfunc TestHello(t *testing.T) {\n\tif !${name}Used {\n\t\tt.Fatal("library does not work")\n\t}\n}\n`,
    "internal/greet/greet.go": `// Package greet greets.\npackage greet\n\n// Hello greets somebody.\nfunc Hello(name string) string { return "hello, " + name }\n`,
  };
}

/** The tool under test is the medkit that drills: its executable, or its sources with the runtime that runs them now. */
async function placeTool(target: string): Promise<string> {
  await mkdir(target, { recursive: true });
  const launcher = join(target, "medkit");
  const runtime = join(target, "runtime");
  await link(process.execPath, runtime).catch(() => copyFile(process.execPath, runtime));
  await chmod(runtime, 0o755);
  const here = fileURLToPath(import.meta.url);
  if (here.includes("$bunfs")) {
    await writeFile(launcher, `#!/bin/sh\nexec "\${0%/*}/runtime" "$@"\n`);
  } else {
    const root = join(dirname(here), "..", "..", "..");
    await cp(join(root, "src"), join(target, "src"), { recursive: true });
    await copyFile(join(root, "package.json"), join(target, "package.json"));
    for (const name of ["zod", "yaml", "@stricli/core"])
      await cp(join(root, "node_modules", name), join(target, "node_modules", name), { recursive: true });
    await writeFile(launcher, `#!/bin/sh\nexec "\${0%/*}/runtime" "\${0%/*}/src/bin/medkit.ts" "$@"\n`);
  }
  await chmod(launcher, 0o755);
  return launcher;
}

async function must(ports: Ports, command: string, args: readonly string[]): Promise<void> {
  const result = await ports.process.run({ command, args, env: { PATH: cleanPath(), LC_ALL: "C" } });
  if (result.status !== 0) throw new MedkitError("DRILL_BED_FAILED", { step: `${command} ${args.slice(0, 3).join(" ")}`, tail: result.stderr.trim().split("\n").slice(-5).join("\n") }); // prettier-ignore
}

/** The Go tree of a version as it is installed on a host: all parts of the kit's, unpacked. */
async function unpackGo(ports: Ports, kit: string, goVersion: string, platform: string, target: string): Promise<void> {
  const folder = join(kit, "toolchains", `go${goVersion}.${platform.replace("/", "-")}`);
  await mkdir(target, { recursive: true });
  for (const part of (await readdir(folder)).filter((name) => name.endsWith(".tar.gz")).toSorted())
    await must(ports, "tar", ["-xzf", join(folder, part), "-C", target]);
}

/** The mounts of every fault's sandbox. Shared things come first, into the host's own folder: they may lie below what the next mounts cover. */
export function bedMounts(
  bed: Pick<FaultBed, "kit" | "tool" | "hidden">,
  host: FaultPaths,
  inside: FaultPaths,
  goroot: string | undefined,
): readonly Mount[] {
  return [
    { kind: "bind-read-only", from: bed.kit, to: join(host.base, "kit") },
    { kind: "bind-read-only", from: dirname(bed.tool), to: join(host.base, "tool") },
    ...(goroot === undefined ? [] : [{ kind: "bind-read-only", from: goroot, to: host.go } as const]),
    { kind: "bind", from: host.base, to: inside.base },
    { kind: "bind", from: join(inside.base, "tmp"), to: "/tmp" },
    { kind: "bind", from: join(inside.base, "var-tmp"), to: "/var/tmp" },
    { kind: "tmpfs", to: "/dev/shm" },
    // A Go of the machine that drills is none of the host's.
    ...bed.hidden.map((folder) => ({ kind: "tmpfs", to: folder }) as const),
  ];
}

/** Go trees of the machine itself, which no fault's host may find. */
async function foreignGos(): Promise<readonly string[]> {
  const found = await Promise.all(
    ["/usr/local/go", "/usr/lib/go", "/usr/lib/golang", "/opt/go"].map(async (folder) =>
      (await stat(folder).catch(() => undefined))?.isDirectory() === true ? [folder] : [],
    ),
  );
  return found.flat();
}

/** Folders of a run that mounts need; and those of its user. */
export async function makeFaultFolders(host: FaultPaths): Promise<void> {
  for (const folder of [
    host.base,
    host.home,
    host.tmp,
    join(host.base, "var-tmp"),
    host.go,
    host.tools,
    host.extra,
    join(host.base, "out"),
    join(host.base, "place"),
    join(host.base, "kit"),
    join(host.base, "tool"),
    join(host.base, "devices"),
  ]) {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await chmod(folder, 0o755);
  }
}

/** What the session of a fault may write. */
export function writable(host: FaultPaths): { readonly trees: readonly string[]; readonly folders: readonly string[] } {
  return { trees: [host.home, host.extra, join(host.base, "out")], folders: [host.tmp, join(host.base, "var-tmp")] };
}

/** The environment of a healthy host. `-tags=drillcanary` is a harmless setting of the user's that every rescue has to keep. */
export function healthyEnvironment(inside: FaultPaths): Readonly<Record<string, string>> {
  return {
    PATH: `${join(inside.go, "bin")}:${cleanPath()}`,
    HOME: inside.home,
    LANG: "C.UTF-8",
    TERM: "dumb",
    GOTOOLCHAIN: "local",
    GOPROXY: "off",
    GOFLAGS: "-tags=drillcanary",
    CGO_ENABLED: "0",
  };
}

async function prepareHost(ports: Ports, bed: Omit<FaultBed, "hosts">, goVersion: string): Promise<HealthyHost> {
  const { facts } = bed;
  const host = faultPaths(join(bed.folder, `host-go${goVersion}`));
  const inside = faultPaths(facts.base);
  const goroot = join(bed.folder, `goroot-go${goVersion}`);
  await unpackGo(ports, bed.kit, goVersion, facts.platform, goroot);
  const dependency = await chooseDependency(bed.kit, goVersion);
  await makeFaultFolders(host);
  for (const [name, text] of Object.entries(projectFiles(dependency))) {
    await mkdir(dirname(join(host.project, name)), { recursive: true });
    await writeFile(join(host.project, name), text);
  }
  await giveToSession(writable(host), facts);
  const mounts = join(bed.folder, `mounts-go${goVersion}.txt`);
  await writeFile(mounts, formatMounts(bedMounts(bed, host, inside, goroot)));
  const kit = join(inside.base, "kit");
  const environment = {
    ...healthyEnvironment(inside),
    GOPROXY: `file://${kit}/modules-by-go/go${goVersion},file://${kit}/modules`,
    GOSUMDB: "sum.golang.org",
  };
  const script =
    'cd "$1" && go mod tidy && go build -o /dev/null ./... && go vet ./... && go test ./... && rm -rf "$HOME/go/pkg/sumdb"';
  const [command, ...args] = [
    ...namespacePrefix(facts),
    facts.commands["sh"] ?? "sh",
    join(bed.folder, "scripts", "inside.sh"),
    facts.commands["env"] ?? "env",
    "-i",
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ...dropPrefix(facts),
    "/bin/sh",
    "-c",
    script,
    "sh",
    inside.project,
  ];
  const transcript = join(bed.folder, `prepare-go${goVersion}.txt`);
  const result = await ports.process.run({
    command: command ?? "sh",
    args,
    env: {
      PATH: cleanPath(),
      DRILL_ISOLATION: facts.isolation,
      DRILL_MOUNTS: mounts,
      DRILL_TRANSCRIPT: transcript,
      DRILL_DEVICES: join(inside.base, "devices"),
    },
    timeout: 600_000,
  });
  if (!/^exit 0$/m.test(result.stderr)) {
    const text = await readFile(transcript, "utf8").catch(() => result.stderr);
    throw new MedkitError("DRILL_BED_FAILED", { step: `a healthy host with Go ${goVersion}`, tail: text.trim().split("\n").slice(-8).join("\n") }); // prettier-ignore
  }
  return { goroot, home: host.home, dependency };
}

/** Makes the bed: about ten seconds a Go version. Needs namespaces. DRILL_BED_FAILED, DRILL_NO_LIBRARY. */
export async function makeBed(
  ports: Ports,
  options: {
    readonly archive: string;
    readonly scripts: string;
    readonly work: string;
    readonly kit: KitFacts;
    readonly facts: HostFacts;
    readonly goVersions: readonly string[];
  },
): Promise<FaultBed> {
  const { kit, facts, work } = options;
  const folder = join(work, "bed");
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await cp(options.scripts, join(folder, "scripts"), { recursive: true });
  await must(ports, "tar", ["-xzf", options.archive, "-C", folder]);
  const shared = {
    folder,
    kit: join(folder, kit.top),
    tool: await placeTool(join(folder, "tool")),
    facts,
    hidden: await foreignGos(),
    kitVersions: kit.goVersions,
  };
  const hosts = new Map<string, HealthyHost>();
  for (const goVersion of options.goVersions) hosts.set(goVersion, await prepareHost(ports, shared, goVersion));
  return { ...shared, hosts };
}
