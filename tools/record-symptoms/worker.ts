// One release's recordings, one JSON document a line; main.ts starts it in namespaces of its own.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { furnishHost, WARM } from "./namespace.ts";
import { cutBefore, normalise } from "./normalise.ts";
import { published } from "./published.ts";
import { allCauses, type Placed } from "./registry.ts";
import { argv, Sandbox } from "./sandbox.ts";
import { Servers } from "./servers.ts";
import { base, warmth } from "./projects.ts";
import type { Command, Environment, Recording, Run } from "./types.ts";

const [release = "", toolchains = "", warm = "", turn = "", names = ""] = process.argv.slice(2);

function asRun(run: Command | Run): Run {
  return typeof run === "string" || !("command" in run) ? { command: run } : run;
}

function concerns({ since, until }: Pick<Run, "since" | "until">): boolean {
  const minor = Number(release.split(".")[1]);
  const of = (text: string): number => Number(text.split(".")[1]);
  return (since === undefined || minor >= of(since)) && (until === undefined || minor <= of(until));
}

/** For the header: a shell's text in quotes, an unset variable as `(unset)`. */
function shown(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? "(unset)"]));
}

async function record(servers: Servers, { family, cause }: Placed, variant: string): Promise<Recording | undefined> {
  const run = asRun(cause.runs[variant] ?? "");
  const setting = { ...cause, ...run };
  const env = { ...cause.env, ...run.env };
  if (!concerns(cause) || !concerns(run) || (cause.anyGo === true && turn !== "first")) return undefined;
  const box = new Sandbox(release, servers);
  try {
    box.files({ ...base, ...cause.files, ...run.files });
    await cause.prepare?.(box);
    await run.prepare?.(box);
    const outcome = await box.run(run.command, env, setting);
    const text = (from: string): string => normalise(cutBefore(from, setting.cut));
    return {
      family,
      cause: cause.id,
      variant,
      fault: cause.fault,
      go: cause.anyGo === true ? "any" : release,
      command: argv(run.command)
        .map((word) => (/[\s"$;&|*<>]/.test(word) ? `'${word}'` : word))
        .join(" "),
      env: shown(env),
      exit: outcome.exit,
      stdout: text(outcome.stdout),
      stderr: text(outcome.stderr),
    };
  } finally {
    box.close();
    await servers.reset();
  }
}

/** Fills the build cache once, so that a recorded command compiles only what its fault touches. */
async function warmUp(servers: Servers): Promise<void> {
  const marker = join(WARM, `${release}.warm`);
  if (existsSync(marker)) return;
  const box = new Sandbox(release, servers, false);
  try {
    box.files(warmth.files);
    for (const { command, env } of warmth.runs) await box.asDev(command, env);
    box.remove(box.project);
  } finally {
    box.close();
  }
  writeFileSync(marker, "");
}

furnishHost(toolchains, warm);
const servers = new Servers(published);
await servers.start();
await warmUp(servers);
let failures = 0;
for (const placed of allCauses().filter(({ family, cause }) => names.split(",").includes(`${family}/${cause.id}`))) {
  for (const variant of Object.keys(placed.cause.runs)) {
    try {
      const recording = await record(servers, placed, variant);
      if (recording !== undefined) process.stdout.write(`${JSON.stringify(recording)}\n`);
    } catch (error) {
      failures++;
      console.error(`go${release} ${placed.family}/${placed.cause.id}.${variant}:`, error);
    }
  }
}
console.error(`go${release}: done, ${failures} could not be recorded`);
process.exit(failures === 0 ? 0 : 3);
