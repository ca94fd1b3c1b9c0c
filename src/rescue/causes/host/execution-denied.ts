import { open } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { readGoLine } from "../../command-line.ts";
import { saidEvidence } from "../../evidence.ts";
import { headOf } from "../../probes/go-facts.ts";
import { modesLetRun, policiesInForce, readUmask } from "../../probes/policy.ts";
import type { CaseFile, Cause, Confidence } from "../../types.ts";

const kinds = ["start-failed", "go-refused", "tool-missing", "fork-denied", "program-denied", "go-not-found"];

const refusal = /permission denied|operation not permitted/i;

/** A program that was refused: what it is, and how sure that is. */
interface Refused {
  readonly path: string;
  readonly confidence: Confidence;
}

/** What the kernel starts in a program's stead: the loader of an ELF file, the interpreter of a script. */
async function helperOf(path: string): Promise<string | undefined> {
  const head = await headOf(path);
  if (head?.format !== "script") return head?.interpreter;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    return /^#!\s*(\S+)/.exec(buffer.subarray(0, bytesRead).toString("latin1"))?.[1];
  } finally {
    await file.close();
  }
}

/** Whether nothing that mode bits or mounts say forbids to run a program, nor what the kernel starts for it. */
async function mayRun({ probes }: CaseFile, path: string, depth = 0): Promise<boolean> {
  if (!(await modesLetRun(path))) return false;
  const facts = await probes.path(path);
  if (facts.kind === "absent") return true;
  if (facts.kind !== "file" || facts.mount.noexec) return false;
  const helper = depth < 3 ? await helperOf(path) : undefined;
  return helper === undefined || mayRun({ probes } as CaseFile, helper, depth + 1);
}

/** Asks the kernel: starts a program with a word that makes it tell its version, or stop. */
async function isRefused({ probes }: CaseFile, path: string, word: string): Promise<boolean> {
  const { status, stderr } = await probes.run([path, word]);
  return status === undefined && /\b(?:EACCES|EPERM)\b/.test(stderr);
}

/** The go command and the tools that every build starts, asked one by one. What the output names is started only where it is a tool of this Go. */
async function refusedTool(file: CaseFile, named: readonly string[]): Promise<Refused | undefined> {
  const go = await file.probes.go();
  const env = go.problem === undefined ? await file.probes.goEnv() : undefined;
  const folder = env?.["GOTOOLDIR"];
  const own = folder === undefined ? [] : named.filter((path) => dirname(path) === folder);
  const tools = own.length > 0 || folder === undefined ? own : ["compile", "link"].map((name) => join(folder, name));
  const asked: readonly (readonly [string, string])[] = [
    ...(go.realPath === undefined ? [] : [[go.realPath, "version"] as const]),
    ...tools.map((tool) => [tool, "-V=full"] as const),
  ];
  for (const [path, word] of asked)
    if ((await isRefused(file, path, word)) && (await mayRun(file, path))) return { path, confidence: "certain" };
  for (const path of named)
    if (!own.includes(path) && (await file.probes.path(path)).kind === "file" && (await mayRun(file, path)))
      return { path, confidence: "likely" };
  return undefined;
}

/** A go command that nobody may even look at, in a folder of PATH. */
async function hiddenGo({ probes, command }: CaseFile): Promise<Refused | undefined> {
  if ((await probes.go()).problem !== "missing") return undefined;
  for (const folder of (command.env["PATH"] ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, "go");
    // Mode bits let it be run, and yet it cannot be looked at.
    if ((await probes.path(path)).kind === "absent" && (await modesLetRun(path)))
      return { path, confidence: "certain" };
  }
  return undefined;
}

/** The wrapped program itself, where it is not go. */
async function refusedProgram(file: CaseFile): Promise<Refused | undefined> {
  const { transcript, command, probes } = file;
  const error = transcript?.startError;
  if ((error !== "EACCES" && error !== "EPERM") || readGoLine(command.argv) !== undefined) return undefined;
  const [name] = command.argv;
  const path = name.includes("/") ? resolve(command.cwd, name) : await probes.which(name);
  return path !== undefined && (await mayRun(file, path)) ? { path, confidence: "certain" } : undefined;
}

/** A program that go built and could not start. It is gone by now; what else could forbid it is looked at. */
async function refusedOwn({ symptoms, probes, command }: CaseFile): Promise<Refused | undefined> {
  const said = symptoms.find((each) => each.kind === "fork-denied")?.fields["path"];
  if (said === undefined) return undefined;
  const folder = (await probes.setting("GOTMPDIR")).value || command.env["TMPDIR"] || "/tmp";
  const { mount, kind } = await probes.path(folder);
  const mask = command.limits.umask === undefined ? await readUmask() : Number.parseInt(command.limits.umask, 8);
  if (kind !== "folder" || mount.noexec || mask === undefined || (mask & 0o100) !== 0) return undefined;
  return { path: said, confidence: "likely" };
}

export const executionDenied: Cause = {
  code: "EXECUTION_DENIED",
  symptoms: kinds,
  preventive: true,
  async diagnose(file) {
    const { symptoms } = file;
    const named = symptoms.flatMap(({ kind, fields, line }) =>
      (kind === "tool-missing" || kind === "program-denied") && refusal.test(line) && fields["path"] !== undefined
        ? [fields["path"]]
        : [],
    );
    const found =
      (await refusedProgram(file)) ?? (await refusedTool(file, named)) ?? (await hiddenGo(file)) ?? (await refusedOwn(file)); // prettier-ignore
    if (found === undefined) return undefined;
    const { path, confidence } = found;
    const { mode, mount } = await file.probes.path(path);
    const policies = await policiesInForce();
    return {
      code: "EXECUTION_DENIED",
      confidence,
      evidence: [
        { source: "host", subject: path, text: `mode ${mode.toString(8)}, on ${mount.point} (${mount.type})` },
        ...policies.map((policy) => ({ source: "host" as const, subject: "", text: policy })),
        ...saidEvidence(symptoms, kinds),
      ],
      params: { path, policies: policies.length === 0 ? "?" : policies.join(", ") },
    };
  },
  // What a policy refuses is for its keeper to allow. Another copy, another Go, another folder would get around it.
  remedies: () => Promise.resolve([]),
};
