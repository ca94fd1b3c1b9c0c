import { commandArguments, commandFlags, globalFlagHelp, usageLine, type HelpFlag } from "../../src/cli/help.ts";
import { schemaOf } from "../../src/cli/render/json.ts";
import { routeIds, type RouteId } from "../../src/cli/routes.ts";
import { commandWords } from "../../src/cli/words.ts";
import type { Translator } from "../../src/i18n/index.ts";
import { page, prose, table } from "./markdown.ts";
import { pageWords } from "./words.ts";

function flagTable(flags: readonly HelpFlag[], t: Translator): string[] {
  const words = pageWords(t.lang);
  const rows = flags.map(({ usage, text, required }) => [
    `\`${usage}\``,
    prose(required ? `${text} (${t.text("help.required")})` : text),
  ]);
  return rows.length === 0 ? [] : table([words.flag, words.meaning], rows);
}

function section(id: RouteId, t: Translator): (string | readonly string[])[] {
  const words = pageWords(t.lang);
  const { brief, about, examples = [] } = commandWords(t, id);
  const args = commandArguments(t, id).map(([word, text]) => [`\`${word}\``, prose(text)]);
  return [
    `## medkit ${id}`,
    `${prose(brief)}${t.lang === "zh-CN" ? "。" : "."}`,
    prose(about ?? ""),
    ["```", usageLine(t, id), "```"],
    args.length === 0 ? "" : table([words.argument, words.meaning], args),
    flagTable(commandFlags(t, id), t),
    examples.length === 0 ? "" : ["```sh", ...examples.flatMap(({ line, text }) => [`# ${text}`, line]), "```"],
    `${words.json}: \`${schemaOf(id)}\``,
  ];
}

/** `cli.md`: every command on one page. */
export function cliReference(t: Translator): string {
  const words = pageWords(t.lang);
  const variables = words.variables.map(([name, text]) => [
    name
      .split(", ")
      .map((each) => `\`${each}\``)
      .join(", "),
    text,
  ]);
  return page([
    `<!-- ${words.made} -->`,
    `# ${words.reference}`,
    words.referenceIntro,
    ...routeIds.flatMap((id) => section(id, t)),
    `## ${t.text("help.globalFlags")}`,
    flagTable(globalFlagHelp(t), t),
    `## ${words.environment}`,
    table([words.variable, words.meaning], variables),
  ]);
}
