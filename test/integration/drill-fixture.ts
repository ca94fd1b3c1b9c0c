import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** How the kit is made wrong; every kind has to be noticed by a step of its own. */
export type Fault =
  | "changed-after-summing"
  | "leaks-a-variable"
  | "leaves-a-file"
  | "asks-the-network"
  | "other-version"
  | "leaves-a-process"
  | "hangs";

const scripts = fileURLToPath(new URL("../../src/kit/scripts/", import.meta.url));
const version = "1.21.13";
const platform = `linux-${process.arch === "x64" ? "amd64" : process.arch}`;

/** A `go` that answers as the real one does, and builds a service that is a shell script: a drill of seconds, not minutes. */
function fakeGo(fault: Fault | undefined): string {
  const download = {
    "leaves-a-file": 'printf left >"$HOME/left-behind"',
    "asks-the-network": "echo '# get https://goproxy.corp.invalid/x/@v/list' >&2",
    "leaves-a-process": "sleep 300 3>&- >/dev/null 2>&1 &",
    hangs: "sleep 300",
  } as const satisfies Partial<Record<Fault, string>>;
  return `#!/bin/sh
case \${1-} in
  version) echo "go version go${fault === "other-version" ? "1.21.1" : version} ${platform.replace("-", "/")}" ;;
  env) shift; for n; do eval "printf '%s\\n' \\"\\\${$n-}\\""; done ;;
  list)
    for f in $GOFLAGS; do
      case $f in -trimpath | -tags=*) ;; *) echo "go: parsing \\$GOFLAGS: unknown flag $f" >&2; exit 1 ;; esac
    done
    echo . ;;
  mod)
    mkdir -p "$GOMODCACHE/cache/download/example.org/x/@v"
    printf zip >"$GOMODCACHE/cache/download/example.org/x/@v/v1.0.0.zip"
    ${fault !== undefined && fault in download ? download[fault as keyof typeof download] : ":"} ;;
  build)
    shift
    while [ "$#" -gt 0 ]; do if [ "$1" = -o ]; then out=$2; fi; shift; done
    mkdir -p "$GOCACHE/ab"
    printf d >"$GOCACHE/ab/ab01-d"
    cat >"$out" <<'SERVICE'
#!/bin/sh
case $1 in
  serve)
    while [ "$#" -gt 0 ]; do if [ "$1" = --ready-file ]; then f=$2; fi; shift; done
    trap 'exit 0' TERM
    printf '{"http":"127.0.0.1:1"}' >"$f"
    while :; do sleep 0.02; done ;;
  health) echo ok ;;
esac
SERVICE
    chmod 755 "$out" ;;
esac
`;
}

function write(root: string, path: string, content: string | Buffer, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
}

function files(root: string, prefix = ""): string[] {
  return readdirSync(join(root, prefix), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? files(root, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]))
    .toSorted();
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function sums(root: string, paths: readonly string[]): string {
  return paths
    .toSorted()
    .map((path) => `${sha256(readFileSync(join(root, path)))}  ${path}\n`)
    .join("");
}

function makeToolchain(kit: string, work: string, fault: Fault | undefined): void {
  const tree = join(work, "tree");
  const tools = `pkg/tool/${platform.replace("-", "_")}`;
  write(tree, "bin/go", fakeGo(fault), 0o755);
  for (const tool of ["asm", "compile", "link"]) write(tree, `${tools}/${tool}`, `#!/bin/sh\necho ${tool}\n`, 0o755);
  write(tree, "VERSION", `go${version}\n`);
  write(tree, "src/unsafe/unsafe.go", "package unsafe\n");
  const paths = files(tree);
  const sizes = paths.map((path) => `${statSync(join(tree, path)).size} ${path}\n`).join("");
  const folder = `toolchains/go${version}.${platform}`;
  mkdirSync(join(kit, folder), { recursive: true });
  execFileSync("tar", ["-C", tree, "-czf", join(kit, folder, "part-1-all.tar.gz"), "bin", "pkg", "VERSION", "src"]);
  write(kit, `${folder}/files.txt`, sums(tree, paths));
  write(
    kit,
    `${folder}/tree.txt`,
    `files ${paths.length}\nsizes ${sha256(sizes)}\ntools bin/go ${tools}/asm ${tools}/compile ${tools}/link\n`,
  );
}

/** A kit by docs/reference/kit-format.md around a toolchain of shell scripts. Gives its archive, made in `work`. */
export function makeDrillKit(work: string, fault?: Fault): string {
  const kit = join(work, "go-emergency-kit");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(kit, { recursive: true });
  makeToolchain(kit, work, fault);
  write(kit, "modules/sumdb/sum.golang.org/supported", "");
  write(kit, "modules/example.org/x/@v/list", "v1.0.0\n");
  write(kit, "example/service/go.mod", "module example.internal/fake\n");
  write(kit, "example/service/go.sum", "");
  const executables: string[] = [];
  for (const name of ["activate.sh", "deactivate.sh", "verify.sh"]) {
    const leak = fault === "leaks-a-variable" && name === "activate.sh" ? "GOLEAK='left behind'\n" : "";
    cpSync(join(scripts, name), join(kit, name));
    write(kit, name, `${leak}${readFileSync(join(kit, name), "utf8")}`, 0o755);
    executables.push(name);
  }
  const all = files(kit);
  const inFolder = (folder: string): readonly string[] => all.filter((path) => path.startsWith(`${folder}/`));
  const rest = all.filter((path) => !/^(?:toolchains|modules)\//.test(path));
  write(kit, "toolchains.sha256sum", sums(kit, inFolder("toolchains")));
  write(kit, "modules.sha256sum", sums(kit, inFolder("modules")));
  write(kit, "kit.sha256sum", sums(kit, rest));
  const bound = Object.fromEntries(
    ["kit", "modules", "toolchains"].map((name) => [
      `${name}.sha256sum`,
      sha256(readFileSync(join(kit, `${name}.sha256sum`))),
    ]),
  );
  const manifest = {
    schema: "medkit/kit/v1",
    name: "go-emergency-kit",
    version: "1.2",
    created: "2026-11-23T00:00:00Z",
    sums: bound,
    executables,
  };
  write(kit, "manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
  write(kit, "manifest.sha256sum", sums(kit, ["manifest.json"]));
  if (fault === "changed-after-summing") write(kit, "modules/example.org/x/@v/list", "v1.0.1\n");
  const archive = join(work, "go-emergency-kit-v1.2.tgz");
  execFileSync("tar", ["-C", work, "--owner=0", "--group=0", "-czf", archive, "go-emergency-kit"]);
  return archive;
}
