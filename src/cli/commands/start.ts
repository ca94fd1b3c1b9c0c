import { formatBytes } from "../../core/format-bytes.ts";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT } from "../../core/exit.ts";
import { MedkitError } from "../../core/errors.ts";
import { platformText } from "../../core/go-version.ts";
import { present } from "../../core/present.ts";
import { drillExit, drillKit, type DrillReport } from "../../drill/index.ts";
import type { KitConfig } from "../../kit/index.ts";
import { writeFileAtomic } from "../../state/index.ts";
import type { CommandContext } from "../context.ts";
import { planKitJob, runKitJob } from "../kit-job.ts";
import { inertData } from "../render/printable.ts";
import { json, type CommandResult } from "../result.ts";
import type { Style } from "../render/style.ts";
import type { Translator } from "../../i18n/index.ts";
import { describePlan } from "./kit-build.ts";
import { run as verify } from "./kit-verify.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Makes medkit's own executable for this host, in a checkout. Says why not, where it cannot; the kit is then made without it. */
async function packageForHost(context: CommandContext): Promise<string | undefined> {
  const { ports } = context;
  const script = join(root, "tools", "package.mjs");
  if (!existsSync(script)) return "not a checkout";
  const step = "package";
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step });
  const made = await ports.process.run({
    command: process.execPath,
    args: [script, "--platform", platformText(ports.platform)],
    cwd: root,
    env: present(ports.env),
    timeout: 600_000,
  });
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  return made.status === 0 ? undefined : (made.stderr.trim().split("\n").at(-1) ?? "npm run package failed");
}

/** The reference kit for this host; on a platform that it does not name, its first Go version for this one. */
function forHost(config: KitConfig, host: string): KitConfig {
  if (config.toolchains.some((entry) => entry.platforms.includes(host))) return config;
  const [first] = config.toolchains;
  return first === undefined ? config : { ...config, toolchains: [{ version: first.version, platforms: [host] }] };
}

interface Story {
  readonly host: string;
  readonly archive: string;
  readonly bytes: number;
  readonly inside: readonly string[];
  readonly verified: string;
  readonly drill: DrillReport;
  readonly publicKey: string;
  readonly noTool: string | undefined;
  readonly seconds: number;
}

const second = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

function tell(story: Story, t: Translator, style: Style): string {
  const { drill } = story;
  const indent = (rows: readonly string[]): string[] => rows.map((row) => `  ${row}`);
  const [rehearsal] = drill.runs;
  const steps =
    rehearsal?.steps.map((step) => `${step.step.padEnd(22)} ${second(step.milliseconds).padStart(9)}`) ?? [];
  const failure =
    rehearsal?.failure === undefined
      ? []
      : [style.red(inertData(`${rehearsal.failure.step}: ${rehearsal.failure.reason}`))];
  const archive = relative(process.cwd(), story.archive);
  return [
    style.bold(t.text("kit.start.title", { platform: story.host })),
    "",
    style.bold(t.text("kit.start.inside")),
    ...indent(story.inside),
    ...(story.noTool === undefined ? [] : indent([style.yellow(t.text("kit.start.noTool", { reason: story.noTool }))])),
    "",
    style.bold(t.text("kit.start.verified")),
    ...indent(story.verified.split("\n")),
    "",
    style.bold(t.text(drill.host.isolation === "namespaces" ? "kit.start.rehearsed" : "kit.start.rehearsedOpen")),
    ...indent([...steps, ...failure]),
    ...(rehearsal?.recoveryMilliseconds === undefined
      ? []
      : indent([style.green(t.text("kit.start.recovered", { time: second(rehearsal.recoveryMilliseconds) }))])),
    "",
    style.bold(t.text("kit.start.archive")),
    ...indent([
      `${archive}  ${formatBytes(story.bytes)}`,
      `${archive}.sha256sum`,
      t.text("kit.start.publicKey", { path: relative(process.cwd(), story.publicKey) }),
    ]),
    "",
    style.bold(t.text("kit.start.type")),
    ...indent([
      "tar -xzf go-emergency-kit-v1.2.tgz && cd go-emergency-kit",
      "sh verify.sh",
      ". ./activate.sh",
      `cd ${t.text("kit.start.yourFolder")} && go build ./...`,
      "medkit_deactivate",
    ]),
  ].join("\n");
}

export async function run(context: CommandContext): Promise<CommandResult> {
  const { ports } = context;
  const started = ports.clock.monotonic();
  const host = platformText(ports.platform);
  const configFile = context.flags.config ?? join(root, "examples", "reference-kit.yaml");
  const job = await planKitJob(context, { configFile, platforms: [host], adapt: (config) => forHost(config, host) });
  if (context.flags.dryRun)
    return {
      data: json({ plan: { archive: job.plan.archive } }),
      text: (t) => `${describePlan(job.plan, t)}\n${t.text("kit.build.plan.nothing")}`,
    };
  const noTool = await packageForHost(context);
  const built = await runKitJob(context, job, { out: join(root, "out") });
  const publicKey = join(dirname(built.archive), "kit-signer.pub.pem");
  if (built.publicKey === undefined) throw new MedkitError("UNEXPECTED", { detail: "the kit was not signed" });
  await writeFileAtomic(publicKey, built.publicKey);
  const verification = await verify(context, {
    flags: { signer: publicKey, sumdb: undefined },
    args: { path: built.archive },
    rest: [],
  });
  const drill = await drillKit(ports, {
    archive: built.archive,
    runs: 1,
    scenarios: ["baseline"],
    example: join(root, "examples", "service"),
  });
  const { manifest } = built;
  const zips = manifest.modules.filter((module) => module.h1 !== undefined).length;
  const inside = [
    ...manifest.toolchains.map((item) => `go${item.version} ${item.platform}  ${item.h1}`),
    context.t.text("kit.inspect.moduleCount", {
      zips,
      mods: manifest.modules.length - zips,
      named: manifest.moduleSets.reduce((sum, set) => sum + set.named.length, 0),
    }),
    ...manifest.caches.map(
      (item) => `${context.t.text("kit.inspect.caches")}: ${item.entries}, ${formatBytes(item.bytes)}`,
    ),
    ...manifest.tools.map((item) => `medkit ${item.version} ${item.platform} ${item.libc ?? ""} (${item.runtime})`),
  ];
  const verified = verification.exit === undefined;
  const exit = verified ? drillExit(drill) : EXIT.integrity;
  const seconds = (ports.clock.monotonic() - started) / 1000;
  return {
    data: json({
      archive: built.archive,
      sha256: built.sha256,
      bytes: built.bytes,
      publicKey,
      verification: verification.data,
      drill,
      seconds,
    }),
    ...(exit === 0 ? {} : { exit }),
    text: (t, style) =>
      tell(
        {
          host,
          archive: built.archive,
          bytes: built.bytes,
          inside,
          verified: verification.text(t, style),
          drill,
          publicKey,
          noTool,
          seconds,
        },
        t,
        style,
      ),
  };
}
