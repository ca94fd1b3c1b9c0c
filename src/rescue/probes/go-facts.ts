import { open, readFile, readdir, realpath } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { modesLetRun } from "./policy.ts";
import type { GoFacts, PathFacts } from "./types.ts";

type PathProbe = (path: string) => Promise<PathFacts>;

/** ELF e_machine (System V gABI) by GOARCH. Both byte orders of MIPS and PowerPC share a number. */
const machines: ReadonlyMap<number, string> = new Map([
  [3, "386"],
  [8, "mips"],
  [20, "ppc"],
  [21, "ppc64le"],
  [22, "s390x"],
  [40, "arm"],
  [62, "amd64"],
  [183, "arm64"],
  [243, "riscv64"],
  [258, "loong64"],
]);

/** What the first bytes of a program say: for which system it is, and which loader it asks for. */
export interface ProgramHead {
  readonly format: "elf" | "mach-o" | "pe" | "script" | "empty" | "unknown";
  /** GOARCH, for ELF and Mach-O. */
  readonly arch: string | undefined;
  /** PT_INTERP of an ELF file: its dynamic loader. */
  readonly interpreter: string | undefined;
}

function elfInterpreter(head: Buffer, little: boolean, wide: boolean): string | undefined {
  const u16 = (at: number): number => (little ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const word = (at: number): number => {
    if (!wide) return little ? head.readUInt32LE(at) : head.readUInt32BE(at);
    return Number(little ? head.readBigUInt64LE(at) : head.readBigUInt64BE(at));
  };
  const [offset, size, count] = wide ? [word(32), u16(54), u16(56)] : [word(28), u16(42), u16(44)];
  for (let index = 0; index < count; index++) {
    const at = offset + index * size;
    if (at + size > head.length) return undefined;
    const type = little ? head.readUInt32LE(at) : head.readUInt32BE(at);
    if (type !== 3) continue;
    const [start, length] = wide ? [word(at + 8), word(at + 32)] : [word(at + 4), word(at + 16)];
    return head
      .subarray(start, start + length)
      .toString("latin1")
      .replace(/\0.*$/s, "");
  }
  return undefined;
}

/** Reads the head of a program (its first 4 KiB at least). */
export function readProgramHead(head: Buffer): ProgramHead {
  const nothing = { arch: undefined, interpreter: undefined };
  if (head.length === 0) return { format: "empty", ...nothing };
  if (head.subarray(0, 2).toString("latin1") === "#!") return { format: "script", ...nothing };
  if (head.subarray(0, 2).toString("latin1") === "MZ") return { format: "pe", ...nothing };
  if (head.length >= 64 && head.subarray(0, 4).toString("latin1") === "\u007FELF") {
    const little = head[5] !== 2;
    const machine = little ? head.readUInt16LE(18) : head.readUInt16BE(18);
    return {
      format: "elf",
      arch: machines.get(machine) ?? `machine ${machine}`,
      interpreter: elfInterpreter(head, little, head[4] === 2),
    };
  }
  if (head.length >= 8 && head.readUInt32LE(0) === 0xfeedfacf) {
    const cpu = head.readUInt32LE(4);
    const arch = cpu === 0x0100000c ? "arm64" : cpu === 0x01000007 ? "amd64" : `cpu ${cpu}`;
    return { format: "mach-o", arch, interpreter: undefined };
  }
  return { format: "unknown", ...nothing };
}

export async function headOf(path: string): Promise<ProgramHead | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    return readProgramHead(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

type Problem = Pick<GoFacts, "problem" | "detail">;

/** Why a program cannot be started here, found by looking; both undefined where nothing speaks against it. */
export async function programProblem(
  path: string,
  probe: PathProbe,
  platform: { readonly os: string; readonly arch: string },
): Promise<Problem> {
  const facts = await probe(path);
  if (facts.kind !== "file") return { problem: "missing", detail: undefined };
  if ((facts.mode & 0o111) === 0) return { problem: "not-executable", detail: undefined };
  if (facts.mount.noexec) return { problem: "noexec", detail: facts.mount.point };
  if (!facts.executable) return { problem: (await modesLetRun(path)) ? "denied" : "not-executable", detail: undefined };
  const head = await headOf(path);
  if (head === undefined) return { problem: undefined, detail: undefined };
  if (head.format === "empty") return { problem: "empty", detail: undefined };
  const foreign = (platform.os === "darwin") !== (head.format === "mach-o") && ["elf", "mach-o"].includes(head.format);
  if (head.format === "pe" || foreign)
    return { problem: "architecture", detail: `${head.format} ${head.arch ?? ""}`.trim() };
  if (head.arch !== undefined && head.arch !== platform.arch && !(head.arch === "386" && platform.arch === "amd64"))
    return { problem: "architecture", detail: head.arch };
  if (head.interpreter !== undefined && (await probe(head.interpreter)).kind !== "file")
    return { problem: "interpreter", detail: head.interpreter };
  return { problem: undefined, detail: undefined };
}

/** `go version go1.21.13` of a VERSION file: its first line, without the prefix. */
export async function readVersionFile(goroot: string): Promise<string | undefined> {
  const text = await readFile(join(goroot, "VERSION"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : /^go(\S+)/.exec(text)?.[1];
}

/** Programs that a build needs and that are absent, empty or not executable in a Go tree; `std` where the library's sources are gone. */
export async function lacksOf(
  goroot: string,
  probe: PathProbe,
  platform: { readonly os: string; readonly arch: string },
): Promise<readonly string[]> {
  const lacks: string[] = [];
  const tools = join(goroot, "pkg", "tool", `${platform.os}_${platform.arch}`);
  for (const tool of ["compile", "asm", "link"]) {
    // A tool that a policy refuses is there.
    const { problem } = await programProblem(join(tools, tool), probe, platform);
    if (problem !== undefined && problem !== "denied") lacks.push(tool);
  }
  for (const name of ["runtime", "errors", "sync", "os", "fmt"]) {
    const files = await readdir(join(goroot, "src", name)).catch(() => []);
    if (files.some((file) => file.endsWith(".go"))) continue;
    lacks.push("std");
    break;
  }
  return lacks;
}

/** Finds a program as execvp(3) does: absolute or with a slash as it is, else the first on PATH that may be run, else the first that is there. */
export async function findOnPath(
  name: string,
  pathVariable: string | undefined,
  cwd: string,
  probe: PathProbe,
): Promise<string | undefined> {
  if (name.includes("/")) {
    const path = resolve(cwd, name);
    return (await probe(path)).kind === "file" ? path : undefined;
  }
  let first: string | undefined;
  for (const folder of (pathVariable ?? "").split(delimiter)) {
    // go itself refuses programs that are found through the current folder; so do we.
    if (!isAbsolute(folder)) continue;
    const facts = await probe(join(folder, name));
    if (facts.kind !== "file") continue;
    if (facts.executable) return facts.path;
    first ??= facts.path;
  }
  return first;
}

export async function gatherGoFacts(
  path: string | undefined,
  probe: PathProbe,
  platform: { readonly os: string; readonly arch: string },
): Promise<GoFacts> {
  if (path === undefined)
    return { path, realPath: undefined, problem: "missing", detail: undefined, ownRoot: undefined, version: undefined, lacks: [] }; // prettier-ignore
  const realPath = await realpath(path).catch(() => path);
  const root = dirname(dirname(realPath));
  const version = await readVersionFile(root);
  const ownRoot = version === undefined && (await probe(join(root, "pkg"))).kind !== "folder" ? undefined : root;
  return {
    path,
    realPath,
    ...(await programProblem(realPath, probe, platform)),
    ownRoot,
    version,
    lacks: ownRoot === undefined ? [] : await lacksOf(ownRoot, probe, platform),
  };
}
