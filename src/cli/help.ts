import { tableLines, wrapColumns, type Translator } from "../i18n/index.ts";
import { globalFlags } from "./global-flags.ts";
import type { Style } from "./render/style.ts";
import { flagPlaceholder, kebab, positionalWord, type FlagSpec, type RouteSpec } from "./route.ts";
import { routeIds, routeSpec, type RouteId } from "./routes.ts";
import { commandWords, groupWords } from "./words.ts";

export interface HelpFlag {
  /** `--out DIR`. */
  readonly usage: string;
  readonly text: string;
  readonly required: boolean;
}

/** `--out DIR`, `-h, --help`. */
export function flagUsage(name: string, flag: FlagSpec): string {
  const placeholder = flagPlaceholder(flag);
  return `${name === "help" ? "-h, " : ""}--${kebab(name)}${placeholder === undefined ? "" : ` ${placeholder}`}`;
}

function isRequired(flag: FlagSpec): boolean {
  return "required" in flag && flag.required === true;
}

export function commandFlags(t: Translator, id: RouteId): HelpFlag[] {
  const words = commandWords(t, id).flags ?? {};
  return Object.entries(routeSpec(id).flags ?? {}).map(([name, flag]) => ({
    usage: flagUsage(name, flag),
    text: words[name] ?? "",
    required: isRequired(flag),
  }));
}

export function globalFlagHelp(t: Translator): HelpFlag[] {
  return Object.entries(globalFlags).map(([name, flag]) => ({
    usage: flagUsage(name, flag),
    text: t.lookup(`flag.${name}`) ?? "",
    required: false,
  }));
}

/** `medkit kit verify PATH [flags]`. */
export function usageLine(t: Translator, id: RouteId): string {
  const spec: RouteSpec = routeSpec(id);
  const required = Object.entries(spec.flags ?? {}).flatMap(([name, flag]) =>
    isRequired(flag) ? [flagUsage(name, flag)] : [],
  );
  const optional = Object.values(spec.flags ?? {}).some((flag) => !isRequired(flag));
  const program =
    spec.passThrough === undefined
      ? []
      : [spec.passThrough.optional === true ? `[-- ${spec.passThrough.word}]` : `-- ${spec.passThrough.word}`];
  const words = [
    "medkit",
    id,
    ...(spec.positionals ?? []).map(positionalWord),
    ...required,
    ...(optional ? [`[${t.text("help.flagsWord")}]`] : []),
    ...program,
  ];
  return words.join(" ");
}

export function commandArguments(t: Translator, id: RouteId): [word: string, text: string][] {
  const spec = routeSpec(id);
  const words = commandWords(t, id).args ?? {};
  const rows = (spec.positionals ?? []).map((each): [string, string] => [positionalWord(each), words[each.name] ?? ""]);
  if (spec.passThrough !== undefined) rows.push([`-- ${spec.passThrough.word}`, t.text("help.passThrough")]);
  return rows;
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

function page(intro: readonly string[], sections: readonly Section[], style: Style): string {
  const blocks = sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => [style.bold(title), ...lines].join("\n"));
  return `${[intro.join("\n"), ...blocks].join("\n\n")}\n`;
}

function flagRows(flags: readonly HelpFlag[], t: Translator): string[] {
  return tableLines(
    flags.map(({ usage, text, required }) => [usage, required ? `${text} (${t.text("help.required")})` : text]),
    "  ",
  );
}

/** The page of one command. */
export function commandHelp(id: RouteId, t: Translator, style: Style): string {
  const words = commandWords(t, id);
  const intro = [words.brief, ...(words.about === undefined ? [] : ["", ...wrapColumns(words.about, 78)])];
  return page(
    intro,
    [
      { title: t.text("help.usage"), lines: [`  ${usageLine(t, id)}`] },
      { title: t.text("help.arguments"), lines: tableLines(commandArguments(t, id), "  ") },
      { title: t.text("help.flags"), lines: flagRows(commandFlags(t, id), t) },
      {
        title: t.text("help.examples"),
        lines: (words.examples ?? []).flatMap(({ line, text }) => [`  ${style.dim(`# ${text}`)}`, `  ${line}`]),
      },
      { title: t.text("help.globalFlags"), lines: flagRows(globalFlagHelp(t), t) },
    ],
    style,
  );
}

/** The page of the whole tool, or of a group such as `kit`. */
export function groupHelp(words: readonly string[], t: Translator, style: Style): string {
  const prefix = words.join(" ");
  const members = routeIds.filter((id) => prefix === "" || id.startsWith(`${prefix} `));
  const command = ["medkit", ...words].join(" ");
  const title = prefix === "" ? `medkit: ${t.text("help.tagline")}` : groupWords(t, prefix);
  return page(
    [title],
    [
      {
        title: t.text("help.usage"),
        lines: [`  ${command} <${t.text("help.command")}> [${t.text("help.flagsWord")}]`],
      },
      {
        title: t.text("help.commands"),
        lines: tableLines(
          members.map((id) => [id, commandWords(t, id).brief]),
          "  ",
        ),
      },
      { title: t.text("help.globalFlags"), lines: flagRows(globalFlagHelp(t), t) },
    ],
    style,
  ).concat(`\n${t.text("help.more", { command: "medkit" })}\n`);
}
