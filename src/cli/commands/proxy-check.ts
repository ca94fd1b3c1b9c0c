import { MedkitError } from "../../core/errors.ts";
import { EXIT } from "../../core/exit.ts";
import type { Translator } from "../../i18n/index.ts";
import { checkModuleVersion, moduleName, type ModuleVersion } from "../../module/index.ts";
import type { Verdict } from "../../proxy/index.ts";
import type { CommandContext } from "../context.ts";
import { openProxy, planProxy } from "../proxy-job.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

interface Judged {
  readonly module: ModuleVersion;
  readonly verdict: Verdict;
}

/** So many vulnerabilities are named; the JSON has them all. */
const mostNamed = 10;

function parseModule(text: string): ModuleVersion {
  const at = text.lastIndexOf("@");
  const module = { path: at < 0 ? text : text.slice(0, at), version: at < 0 ? "" : text.slice(at + 1) };
  checkModuleVersion(module);
  return module;
}

function describe({ module, verdict }: Judged, t: Translator): string {
  const { action, rule, reason, contact, age, findings = [] } = verdict;
  const lines = [t.text(`proxy.check.${action}`, { module: moduleName(module), rule })];
  if (age !== undefined)
    lines.push(
      age.until === undefined
        ? t.text("proxy.check.ageless", { least: age.minAge })
        : t.text("proxy.check.age", { least: age.minAge, time: age.time ?? "", until: age.until }),
    );
  for (const { id, fixed, summary } of findings.slice(0, mostNamed))
    lines.push(
      fixed === undefined
        ? t.text("proxy.check.unfixed", { id, summary })
        : t.text("proxy.check.fixed", { id, summary, fixed }),
    );
  if (findings.length > mostNamed) lines.push(t.text("proxy.check.more", { count: findings.length - mostNamed }));
  if (reason !== undefined) lines.push(t.text("proxy.check.reason", { reason }));
  if (contact !== undefined && action !== "allow") lines.push(t.text("proxy.check.contact", { contact }));
  return lines.map((line, index) => (index === 0 ? line : `  ${line}`)).join("\n");
}

export async function run(context: CommandContext, { args, flags }: Input<"proxy check">): Promise<CommandResult> {
  const modules = args.modules.map(parseModule);
  const plan = await planProxy(context, flags);
  const proxy = await openProxy(context, plan, true);
  const { gate, times } = proxy;
  const judged: Judged[] = [];
  for (const module of modules) {
    const verdict =
      gate.judge(module, "unasked") ?? gate.judge(module, await times.get(module, plan.upstream !== undefined));
    if (verdict === undefined) throw new MedkitError("UNEXPECTED");
    judged.push({ module, verdict });
  }
  await proxy.close();
  const refused = judged.filter((each) => each.verdict.action !== "allow").length;
  return {
    data: json({
      policy: { rules: gate.policy.rules.length, default: gate.policy.otherwise, status: gate.policy.status },
      refused,
      modules: judged.map(({ module, verdict }) => ({ ...module, ...verdict })),
    }),
    exit: refused === 0 ? EXIT.done : EXIT.answerIsNo,
    text: (t) => judged.map((each) => describe(each, t)).join("\n"),
  };
}
