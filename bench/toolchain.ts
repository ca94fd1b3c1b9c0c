import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { present } from "../src/core/present.ts";
import { describe, type Distribution } from "../src/drill/index.ts";
import { removeTree } from "../src/state/index.ts";
import { installMise, type Mise } from "./mise.ts";
import { hostLine, root, table, writeResult } from "./result.ts";

interface Subject {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What it has to print. */
  readonly prints: string;
  /** Measured in every so many rounds. */
  readonly every: number;
}

/** Milliseconds. */
interface Sample {
  readonly wall: number;
  readonly cpu: number;
}

const usage = "usage: npm run bench -- toolchain [--versions A,B] [--rounds N] [--no-mise]\n";
const clock = join(root, "bench", "scripts", "clock.sh");

function must(command: string, args: readonly string[], env: Readonly<Record<string, string>>): string {
  const done = spawnSync(command, [...args], { env, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.stderr || String(done.error ?? "")}`);
  return done.stdout;
}

/** medkit from the checkout, and the packaged executable where it was made. */
function medkits(): readonly (readonly [name: string, program: string])[] {
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const packaged = join(root, "dist", `medkit-${process.platform}-${arch}`);
  return [["./medkit", join(root, "medkit")], ...(existsSync(packaged) ? [["dist/medkit", packaged] as const] : [])];
}

interface Scene {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly versions: readonly [string, string];
  readonly gorootOf: (version: string) => string;
  readonly mise: Mise | undefined;
}

/** Both versions are installed, so that `use` has something to switch in every round. */
function medkitSubjects({ folder, env, versions, gorootOf }: Scene, round: number): Subject[] {
  const [version] = versions;
  const target = versions[round % 2 === 0 ? 0 : 1];
  const current = join(folder, "home", "current", "bin", "go");
  return medkits().flatMap(([name, program]) => [
    {
      name: `${name} toolchain exec V -- go version`,
      command: [program, "toolchain", "exec", version, "--", "go", "version"],
      env,
      prints: `go${version} `,
      every: 1,
    },
    {
      name: `${name} toolchain use V, then go version`,
      command: ["/bin/sh", "-c", '"$0" toolchain use "$1" >/dev/null 2>&1 && "$2" version', program, target, current],
      env: { ...env, GOTOOLCHAIN: "local" },
      prints: `go${target} `,
      every: 1,
    },
    {
      name: `${name} toolchain verify GOROOT`,
      command: [program, "toolchain", "verify", gorootOf(version), "--offline", "--lang", "en"],
      env,
      prints: "verified: yes",
      every: 5,
    },
  ]);
}

function otherSubjects({ folder, env, versions, gorootOf, mise }: Scene): Subject[] {
  const [version] = versions;
  const prints = `go${version} `;
  const init = join(folder, "init.sh");
  const bash = ["bash", "--norc", "--noprofile", "-c"];
  // Go asks nobody for a toolchain that GOMODCACHE has and the database has proven before.
  const switched = { ...env, GOTOOLCHAIN: `go${version}` };
  const hasSwitch = spawnSync("go", ["version"], { env: switched }).status === 0;
  const go = join(gorootOf(version), "bin", "go");
  return [
    { name: "go version", command: [go, "version"], env: { ...env, GOTOOLCHAIN: "local" }, prints, every: 1 },
    ...(hasSwitch
      ? [{ name: "GOTOOLCHAIN=V go version", command: ["go", "version"], env: switched, prints, every: 1 }] // prettier-ignore
      : []),
    ...(mise === undefined
      ? []
      : [
          { name: "mise exec go@V -- go version", command: [mise.program, "exec", `go@${version}`, "--", "go", "version"], env: mise.env, prints, every: 1 }, // prettier-ignore
          { name: "mise shim, go version", command: [join(mise.shims, "go"), "version"], env: mise.env, prints, every: 1 }, // prettier-ignore
        ]),
    { name: "bash", command: [...bash, "echo done"], env, prints: "done", every: 1 },
    { name: "bash with shell-init", command: [...bash, '. "$0"; echo done', init], env, prints: "done", every: 1 },
    { name: "node -e 0", command: [process.execPath, "-p", '"done"'], env, prints: "done", every: 1 },
  ];
}

function timeOnce(subject: Subject, folder: string): Sample {
  const out = join(folder, "out");
  const done = spawnSync("bash", [clock, out, ...subject.command], { env: subject.env, cwd: folder, encoding: "utf8" });
  const [status = 1, begin = 0, end = 0, user = 0, system = 0] = done.stdout.split(" ").map(Number);
  const said = readFileSync(out, "utf8");
  if (status !== 0 || !said.includes(subject.prints))
    throw new Error(`${subject.name} ended with ${status} and said: ${said.slice(0, 400)}`);
  return { wall: (end - begin) * 1000, cpu: (user + system) * 1000 };
}

interface Measured {
  readonly wall: Distribution;
  readonly cpu: Distribution;
}

/** The subjects take turns in each round, the first one another one each time: a drift of the machine meets all of them alike. */
function measure(scene: Scene, rounds: number): ReadonlyMap<string, Measured> {
  const samples = new Map<string, Sample[]>();
  const others = otherSubjects(scene);
  for (let round = -1; round < rounds; round++) {
    const all = [...others, ...medkitSubjects(scene, round + 2)];
    const turn = Math.max(0, round) % all.length;
    for (const subject of [...all.slice(turn), ...all.slice(0, turn)]) {
      if (round % subject.every !== 0) continue;
      const sample = timeOnce(subject, scene.folder);
      if (round >= 0) samples.set(subject.name, [...(samples.get(subject.name) ?? []), sample]);
    }
  }
  const measured = new Map<string, Measured>();
  for (const [name, list] of samples) {
    const [wall, cpu] = [describe(list.map((each) => each.wall)), describe(list.map((each) => each.cpu))];
    if (wall !== undefined && cpu !== undefined) measured.set(name, { wall, cpu });
  }
  return measured;
}

/** `toolchain use`, `exec`, `verify` and `shell-init` beside mise and Go's own switch, all to the same Go. */
export async function bench(args: readonly string[]): Promise<number> {
  const options = { versions: { type: "string", default: "1.21.13,1.22.5" }, rounds: { type: "string", default: "20" }, "no-mise": { type: "boolean", default: false } } as const; // prettier-ignore
  const { values } = parseArgs({ args: [...args], options });
  const [first, second, ...more] = values.versions.split(",");
  const rounds = Number(values.rounds);
  if (first === undefined || second === undefined || more.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
    process.stderr.write(usage);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "medkit-bench-"));
  try {
    const env = { ...present(process.env), MEDKIT_HOME: join(folder, "home"), GOFLAGS: "" };
    const medkit = join(root, "medkit");
    for (const version of [first, second]) {
      process.stderr.write(`installing ${version}\n`);
      must(medkit, ["toolchain", "install", version], env);
    }
    writeFileSync(join(folder, "init.sh"), must(medkit, ["shell-init", "bash"], env));
    const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
    const gorootOf = (version: string): string =>
      join(folder, "home", "toolchains", `go${version}.${platform}`, "goroot");
    const found = values["no-mise"] ? "not wanted" : installMise(join(folder, "mise"), first, gorootOf(first));
    if (typeof found === "string") process.stderr.write(`mise is not measured: ${found}\n`);
    const mise = typeof found === "string" ? undefined : found;
    const measured = measure({ folder, env, versions: [first, second], gorootOf, mise }, rounds);
    const bare = measured.get("go version")?.wall.median ?? 1;
    const file = await writeResult("toolchain", {
      rounds,
      versions: [first, second],
      mise: mise?.version ?? null,
      subjects: Object.fromEntries(measured),
    });
    const ms = (value: number): string => `${value.toFixed(1)} ms`;
    const rows = [...measured].map(([name, { wall, cpu }]) => [
      `\`${name}\``,
      ms(wall.min),
      ms(wall.median),
      ms(wall.max),
      ms(cpu.median),
      (wall.median / bare).toFixed(1),
    ]);
    process.stdout.write(
      `${table(["V is " + first, "least", "median", "most", "CPU, median", "× go version"], rows)}\n\n${rounds} rounds, taking turns; verify in every fifth.${mise === undefined ? "" : ` mise ${mise.version}.`} ${hostLine()}\nWritten to ${file.slice(root.length)}\n`,
    );
    return 0;
  } finally {
    await removeTree(folder);
  }
}
