import { delimiter, dirname, isAbsolute, join } from "node:path";

/** Who put a Go where it was found. `PATH` and `GOROOT`: the user's environment led there. */
export type GoMaker =
  | "GOROOT"
  | "PATH"
  | "archive"
  | "distribution"
  | "Homebrew"
  | "snap"
  | "golang.org/dl"
  | "go command"
  | "mise"
  | "asdf"
  | "goenv"
  | "gvm"
  | "g"
  | "tool cache";

/** What decides where to look. Folders are absolute, or undefined where there are none. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** GOMODCACHE, worked out as the go command does. */
  readonly moduleCache: string | undefined;
  /** Below it lie the host's own places, such as `/usr/lib/go`; `/` where it is not given. */
  readonly root?: string;
}

export interface FoundPlaces {
  readonly maker: GoMaker;
  /** Folders that may be a GOROOT. In each segment but the first one `*` stands for any characters. */
  readonly patterns: readonly string[];
}

/** A folder that a variable names, else the default; a relative one is nobody's. */
function folderOf(given: string | undefined, usual: string | undefined): readonly string[] {
  const folder = given === undefined || given === "" ? usual : given;
  return folder !== undefined && isAbsolute(folder) ? [folder] : [];
}

/** For each maker, where its Gos lie. */
const table: Readonly<
  Record<Exclude<GoMaker, "PATH">, (look: Surroundings & { home: string | undefined; root: string }) => string[]>
> = {
  // `go help environment`.
  GOROOT: ({ env }) => [...folderOf(env["GOROOT"], undefined)],
  // https://go.dev/doc/install: the archive is unpacked into /usr/local.
  archive: ({ root }) => [join(root, "usr/local/go")],
  // Debian's and Ubuntu's golang-1.N-go, with /usr/lib/go a link; Fedora's golang-bin; go of Arch, Alpine, Gentoo; openSUSE's go1.N; MacPorts' go.
  distribution: ({ root }) =>
    ["usr/lib/go", "usr/lib/golang", "usr/lib/go-*", "usr/lib64/go/*", "usr/share/go", "opt/local/lib/go"].map((path) =>
      join(root, path),
    ),
  // Formulas go and go@1.N: libexec is the GOROOT, and opt/ has links to what is current. Prefixes of Apple silicon, Intel and Linux.
  Homebrew: ({ env, root }) =>
    [
      ...folderOf(env["HOMEBREW_PREFIX"], undefined),
      ...["opt/homebrew", "usr/local", "home/linuxbrew/.linuxbrew"].map((prefix) => join(root, prefix)),
    ].flatMap((prefix) =>
      ["opt/go", "opt/go@*", "Cellar/go/*", "Cellar/go@*/*"].map((path) => join(prefix, path, "libexec")),
    ),
  // snapcraft.io/go: each revision is a GOROOT, `current` a link. Fedora and Arch keep snaps below /var/lib/snapd.
  snap: ({ root }) => ["snap/go/*", "var/lib/snapd/snap/go/*"].map((path) => join(root, path)),
  // golang.org/dl/internal/version: `go1.22.5 download` unpacks into ~/sdk/go1.22.5.
  "golang.org/dl": ({ home }) => folderOf(undefined, home).map((each) => join(each, "sdk", "go*")),
  // cmd/go/internal/toolchain: GOTOOLCHAIN switches to a module that is unpacked into GOMODCACHE.
  "go command": ({ moduleCache }) =>
    folderOf(moduleCache, undefined).map((each) => join(each, "golang.org", "toolchain@v0.0.1-go*")),
  // mise, src/env.rs: MISE_INSTALLS_DIR, MISE_DATA_DIR, XDG_DATA_HOME.
  mise: ({ env, home }) => {
    const shared = folderOf(env["XDG_DATA_HOME"], home && join(home, ".local", "share"))[0];
    const data = folderOf(env["MISE_DATA_DIR"], shared && join(shared, "mise"))[0];
    return folderOf(env["MISE_INSTALLS_DIR"], data && join(data, "installs")).map((each) => join(each, "go", "*"));
  },
  // asdf's ASDF_DATA_DIR; asdf-golang unpacks the archive with its folder `go`.
  asdf: ({ env, home }) =>
    folderOf(env["ASDF_DATA_DIR"], home && join(home, ".asdf")).map((each) =>
      join(each, "installs", "golang", "*", "go"),
    ),
  // go-nv/goenv, ENVIRONMENT_VARIABLES.md: GOENV_ROOT.
  goenv: ({ env, home }) =>
    folderOf(env["GOENV_ROOT"], home && join(home, ".goenv")).map((each) => join(each, "versions", "*")),
  // moovweb/gvm, scripts/env: GVM_ROOT.
  gvm: ({ env, home }) => folderOf(env["GVM_ROOT"], home && join(home, ".gvm")).map((each) => join(each, "gos", "*")),
  // voidint/g, cli/cli.go: ~/.g, or G_HOME with G_EXPERIMENTAL.
  g: ({ env, home }) =>
    folderOf(env["G_EXPERIMENTAL"] === "true" ? env["G_HOME"] : undefined, home && join(home, ".g")).map((each) =>
      join(each, "versions", "*"),
    ),
  // actions/tool-cache, which actions/setup-go installs into: RUNNER_TOOL_CACHE, on GitHub's images /opt/hostedtoolcache.
  "tool cache": ({ env, root }) =>
    folderOf(env["RUNNER_TOOL_CACHE"] || env["AGENT_TOOLSDIRECTORY"], join(root, "opt/hostedtoolcache")).map((each) =>
      join(each, "go", "*", "*"),
    ),
};

/** Programs `go` of PATH, in its order; each leads to a GOROOT, or is a manager's shim that does not. */
export function goPrograms(env: Surroundings["env"]): readonly string[] {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  return [...new Set(folders)].map((folder) => join(folder, "go"));
}

/** The GOROOT that a program `go` belongs to, by its path without links. */
export function gorootOfProgram(program: string): string {
  return dirname(dirname(program));
}

/** Where each maker's Gos lie with this environment. Looks at no disk. */
export function foundPlaces(look: Surroundings): readonly FoundPlaces[] {
  const home = folderOf(look.env["HOME"], undefined)[0];
  const root = look.root ?? "/";
  return Object.entries(table).map(([maker, places]) => ({
    maker: maker as Exclude<GoMaker, "PATH">,
    patterns: places({ ...look, home, root }),
  }));
}
