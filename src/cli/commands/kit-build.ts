import { formatBytes } from "../../core/format-bytes.ts";
import type { KitPlan } from "../../kit/index.ts";
import type { Translator } from "../../i18n/index.ts";
import type { CommandContext } from "../context.ts";
import { planKitJob, runKitJob } from "../kit-job.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

export function describePlan(plan: KitPlan, t: Translator): string {
  const lines = [t.text("kit.build.plan", { archive: plan.archive })];
  for (const { version, platform } of plan.toolchains)
    lines.push(`  ${t.text("kit.build.plan.toolchain", { version, platform: `${platform.os}/${platform.arch}` })}`);
  for (const set of plan.moduleSets) {
    lines.push(
      `  ${t.text("kit.build.plan.set", { version: set.goVersion, modules: set.modules.length, mains: set.mainModules.length })}`,
    );
    for (const platform of plan.cache.enabled ? set.platforms : []) {
      lines.push(
        `  ${t.text("kit.build.plan.cache", { version: set.goVersion, platform: `${platform.os}/${platform.arch}` })}`,
      );
    }
  }
  return lines.join("\n");
}

export async function run(context: CommandContext, input: Input<"kit build">): Promise<CommandResult> {
  const { flags } = input;
  const job = await planKitJob(context, { configFile: context.flags.config, platforms: flags.platform });
  if (context.flags.dryRun) {
    const { goproxy: _, ...plan } = job.plan;
    return { data: json({ plan }), text: (t) => `${describePlan(job.plan, t)}\n${t.text("kit.build.plan.nothing")}` };
  }
  const built = await runKitJob(context, job, {
    out: flags.out ?? context.ports.cwd,
    signKey: flags.signKey,
    lock: flags.lock,
    tools: flags.tools,
  });
  const { archive, sha256, bytes, signer, preflights, reused, manifest } = built;
  return {
    data: json({
      archive,
      sha256,
      bytes,
      signer,
      preflights,
      reused,
      toolchains: manifest.toolchains,
      modules: manifest.modules.length,
      caches: manifest.caches,
      tools: manifest.tools,
      withoutLicence: manifest.withoutLicence,
    }),
    text: (t, style) => {
      const lines = [
        style.bold(t.text("kit.build.done", { archive, size: formatBytes(bytes) })),
        t.text("kit.build.sum", { sha256 }),
      ];
      lines.push(signer === undefined ? t.text("kit.build.unsigned") : t.text("kit.build.signer", { key: signer }));
      const programs = preflights.reduce((sum, item) => sum + item.programs, 0);
      lines.push(
        t.text("kit.build.preflight", { programs, mains: preflights.reduce((sum, item) => sum + item.mainModules, 0) }),
      );
      if (reused.length > 0) lines.push(t.text("kit.build.reused", { steps: reused.join(", ") }));
      if (manifest.withoutLicence.length > 0)
        lines.push(t.text("kit.inspect.withoutLicence", { list: manifest.withoutLicence.join(", ") }));
      return lines.join("\n");
    },
  };
}
