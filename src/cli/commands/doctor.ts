import { join } from "node:path";
import { CAUSE_CODES, CAUSE_FACTS, type CauseCode } from "../../core/causes/index.ts";
import { present } from "../../core/present.ts";
import { wrapColumns } from "../../i18n/index.ts";
import { choosePlace, examine, type Finding } from "../../rescue/index.ts";
import type { CommandContext } from "../context.ts";
import type { Style } from "../render/style.ts";
import { evidenceText, remedyText } from "../render/rescue.ts";
import { homeOrNone, rescueKit } from "../rescue-job.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { closest, quoteList } from "../suggest.ts";
import { usageError } from "../usage.ts";

function isCause(code: string): code is CauseCode {
  return Object.hasOwn(CAUSE_FACTS, code);
}

function explain(context: CommandContext, given: string): CommandResult {
  const code = given.toUpperCase().replaceAll("-", "_");
  if (!isCause(code))
    throw usageError("unknownCode", ["doctor"], { input: given, ...quoteList(closest(code, CAUSE_CODES)) });
  const texts = context.t.cause(code);
  return {
    data: json({ code, ...CAUSE_FACTS[code], ...texts }),
    text: (t, style) =>
      [
        `${style.bold(code)}  ${texts.title}`,
        "",
        ...wrapColumns(texts.why, 78).map((line) => `  ${line}`),
        "",
        style.bold(t.text("explain.todo")),
        ...wrapColumns(texts.todo, 78).map((line) => `  ${line}`),
      ].join("\n"),
  };
}

function paint(severity: Finding["severity"], text: string, style: Style): string {
  if (severity === "note") return style.dim(text);
  return severity === "error" ? style.red(text) : style.yellow(text);
}

function findingData({ diagnosis, severity, remedies, applied }: Finding): object {
  return {
    ...diagnosis,
    severity,
    remedies: remedies.map(({ kind, params, reach, cost }) => ({ kind, params, reach, cost })),
    changes: applied?.changes ?? [],
  };
}

export async function run(context: CommandContext, input: Input<"doctor">): Promise<CommandResult> {
  const { flags, args } = input;
  if (flags.explain !== undefined) return explain(context, flags.explain);
  const { ports } = context;
  const home = await homeOrNone(context);
  const env = present(ports.env);
  const place = await choosePlace(home, env);
  const findings = await examine(ports, {
    folder: args.dir ?? ports.cwd,
    env,
    kit: await rescueKit(context, flags),
    offline: context.flags.offline,
    toolchains: home === undefined ? undefined : join(home, "toolchains"),
    root: place?.root,
    fix: flags.fix && !context.flags.dryRun,
  });
  const count = (severity: Finding["severity"]): number => findings.filter((each) => each.severity === severity).length;
  const counts = { errors: count("error"), warnings: count("warning"), notes: count("note") };
  const fixed = findings.filter((each) => each.applied !== undefined).length;
  return {
    data: json({ ...counts, fixed, findings: findings.map(findingData) }),
    ...(findings.some((each) => each.severity === "error" && each.applied === undefined) ? { exit: 3 } : {}),
    text: (t, style) => {
      if (findings.length === 0) return style.green(t.text("doctor.healthy", { count: CAUSE_CODES.length }));
      const lines = findings.flatMap(({ diagnosis, severity, remedies, applied }) => {
        const { code, params, evidence } = diagnosis;
        const { said, todo } = t.cause(code, params);
        const [first] = remedies;
        return [
          `${paint(severity, t.text(`doctor.severity.${severity}`), style)} ${said} ${style.dim(`[${code}]`)}`,
          ...evidence.map((each) => `  ${style.dim(evidenceText(each, t))}`),
          ...(first === undefined ? [] : [`  ${t.text("doctor.remedy", { what: remedyText(first, t) })}`]),
          ...(applied === undefined ? [] : [`  ${style.green(t.text("doctor.fixed", { what: remedyText(remedies.find((each) => each.reach === "user-file") ?? { kind: "", params: {} }, t) }))}`]), // prettier-ignore
          `  ${t.text("doctor.todo", { what: todo })}`,
        ];
      });
      return [...lines, "", t.text("doctor.found", counts)].join("\n");
    },
  };
}
