import type { GoVersion } from "../core/go-version.ts";

const systems = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos".split(
    " ",
  ),
);
const unix = new Set("aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris".split(" "));
const architectures = new Set(
  "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm".split(
    " ",
  ),
);

/** What decides which files of a package count. */
export interface BuildContext {
  readonly os: string;
  readonly arch: string;
  readonly cgo: boolean;
  /** Words of `-tags`. */
  readonly tags: ReadonlySet<string>;
  readonly version: GoVersion | undefined;
}

function matchTag(tag: string, context: BuildContext): boolean {
  const { os, arch, cgo, tags, version } = context;
  if (tag === "cgo") return cgo;
  if (tag === os || tag === arch || tag === "gc" || tags.has(tag)) return true;
  if (tag === "unix") return unix.has(os);
  if ((os === "android" && tag === "linux") || (os === "illumos" && tag === "solaris") || (os === "ios" && tag === "darwin")) return true; // prettier-ignore
  const release = /^go1\.([1-9]\d*)$/.exec(tag)?.[1];
  return release !== undefined && (version === undefined || Number(release) <= version.minor);
}

/** Whether the end of a file's name lets it count: `x_linux.go`, `x_arm64.go`, `x_linux_arm64_test.go` (go/build.goodOSArchFile). */
export function matchFileName(name: string, context: BuildContext): boolean {
  const stem = name.split(".")[0] ?? "";
  const start = stem.indexOf("_");
  if (start < 0) return true;
  const words = stem.slice(start).split("_");
  if (words.at(-1) === "test") words.pop();
  const [last = "", before = ""] = [words.at(-1), words.at(-2)];
  if (systems.has(before) && architectures.has(last)) return matchTag(last, context) && matchTag(before, context);
  if (systems.has(last) || architectures.has(last)) return matchTag(last, context);
  return true;
}

/** Evaluates the words behind `//go:build` (go/build/constraint); undefined where they are no expression. */
export function matchConstraint(text: string, context: BuildContext): boolean | undefined {
  const tokens = text.match(/&&|\|\||[!()]|[^\s!()&|]+|[&|]/g) ?? [];
  let at = 0;
  let isBad = false;
  const operand = (): boolean => {
    const token = tokens[at++];
    if (token === "!") return !operand();
    if (token === "(") {
      const value = either();
      if (tokens[at++] !== ")") isBad = true;
      return value;
    }
    if (token === undefined || !/^[\p{L}\p{N}_.]+$/u.test(token)) isBad = true;
    return matchTag(token ?? "", context);
  };
  const both = (): boolean => {
    let value = operand();
    while (tokens[at] === "&&") {
      at++;
      value = operand() && value;
    }
    return value;
  };
  const either = (): boolean => {
    let value = both();
    while (tokens[at] === "||") {
      at++;
      value = both() || value;
    }
    return value;
  };
  const value = either();
  return isBad || at !== tokens.length ? undefined : value;
}
