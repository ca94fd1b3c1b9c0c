import { commandArguments, commandFlags, globalFlagHelp, type HelpFlag } from "../../src/cli/help.ts";
import { flagPlaceholder, kebab, positionalWord, type FlagSpec } from "../../src/cli/route.ts";
import { routeIds, routeSpec, type RouteId } from "../../src/cli/routes.ts";
import { commandWords } from "../../src/cli/words.ts";
import { EXIT } from "../../src/core/exit.ts";
import { wrapColumns, type Translator } from "../../src/i18n/index.ts";
import { pageWords } from "./words.ts";

/** Of the pages' text, not of the day when they are made: the same source gives the same bytes. */
const date = "November 24, 2026";

/** Text as mdoc(7) reads it: ASCII, no escape and no request by accident. */
function roff(text: string): string {
  const escaped = [...text.replaceAll("\\", String.raw`\e`).replaceAll("-", String.raw`\-`)]
    .map((char) =>
      (char.codePointAt(0) ?? 0) > 126
        ? `\\[u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`
        : char,
    )
    .join("");
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

/** Prose: no line longer than mandoc likes, each sentence on lines of its own, back quotes as literals. */
function prose(text: string): string[] {
  return text
    .split(/(?<=[.!?]) (?=[A-Z`])/)
    .flatMap((sentence) => wrapColumns(sentence.replaceAll(/`([^`]*)`/g, "\u0001$1\u0002"), 64))
    .map((line) =>
      roff(line)
        .replaceAll("\u0001", String.raw`\fB`)
        .replaceAll("\u0002", String.raw`\fR`),
    );
}

/** An argument of a macro, in quotes so that none of its words is taken for a macro. */
function arg(text: string): string {
  return `"${roff(text).replaceAll('"', '""')}"`;
}

function pageName(id: string): string {
  return id === "" ? "medkit" : `medkit-${id.replaceAll(" ", "-")}`;
}

function head(id: string, brief: string): string[] {
  const name = pageName(id);
  return [
    `.\\" ${pageWords("en").made}`,
    `.Dd ${date}`,
    `.Dt ${name.toUpperCase()} 1`,
    ".Os",
    ".Sh NAME",
    `.Nm ${name}`,
    `.Nd ${roff(brief.charAt(0).toLowerCase() + brief.slice(1).replace(/\.$/, ""))}`,
  ];
}

function flagOption(name: string, flag: FlagSpec): string {
  const placeholder = flagPlaceholder(flag);
  const words = `Fl \\-${kebab(name).replaceAll("-", String.raw`\-`)}${placeholder === undefined ? "" : ` Ar ${arg(placeholder)}`}`;
  return "required" in flag && flag.required === true ? `.${words}` : `.Op ${words}`;
}

function synopsis(id: RouteId): string[] {
  const spec = routeSpec(id);
  const positionals = (spec.positionals ?? []).map((each) =>
    each.optional === true ? `.Op Ar ${arg(positionalWord(each).slice(1, -1))}` : `.Ar ${arg(positionalWord(each))}`,
  );
  const program = spec.passThrough === undefined ? [] : [`.Fl \\-`, `.Ar ${arg(spec.passThrough.word)}`];
  return [
    ".Sh SYNOPSIS",
    ".Nm medkit",
    `.Cm ${id}`,
    ...positionals,
    ...Object.entries(spec.flags ?? {}).map(([name, flag]) => flagOption(name, flag)),
    ...program,
  ];
}

function list(rows: readonly (readonly [term: string, text: string])[]): string[] {
  return rows.length === 0
    ? []
    : [".Bl -tag -width Ds", ...rows.flatMap(([term, text]) => [`.It Sy ${arg(term)}`, ...prose(text)]), ".El"];
}

function flagRows(flags: readonly HelpFlag[]): [string, string][] {
  return flags.map(({ usage, text }) => [usage, text]);
}

function commandPage(id: RouteId, t: Translator): string {
  const { brief, about, examples = [] } = commandWords(t, id);
  const args = commandArguments(t, id);
  const lines = [
    ...head(id, brief),
    ...synopsis(id),
    ".Sh DESCRIPTION",
    ...prose(about ?? `${brief}.`),
    ...list(args),
    ...(commandFlags(t, id).length === 0 ? [] : [".Ss Flags", ...list(flagRows(commandFlags(t, id)))]),
    ".Pp",
    "The flags of every command are in",
    ".Xr medkit 1 .",
    ...(examples.length === 0
      ? []
      : [
          ".Sh EXAMPLES",
          ...examples.flatMap(({ line, text }, index) => [
            ...(index === 0 ? [] : [".Pp"]),
            `${roff(text)}:`,
            `.Dl ${roff(line)}`,
          ]),
        ]),
    ".Sh SEE ALSO",
    ".Xr medkit 1",
  ];
  return `${lines.join("\n")}\n`;
}

function mainPage(t: Translator): string {
  const lines = [
    ...head("", t.text("help.tagline")),
    ".Sh SYNOPSIS",
    ".Nm",
    ".Ar command",
    ".Op Ar flags",
    ".Sh DESCRIPTION",
    "The commands are:",
    ...list(routeIds.map((id) => [id, `${commandWords(t, id).brief}.`])),
    ".Ss Flags of every command",
    ...list(flagRows(globalFlagHelp(t))),
    ".Sh ENVIRONMENT",
    ...list(pageWords("en").variables),
    ".Sh EXIT STATUS",
    ...list(Object.values(EXIT).map((exit) => [String(exit), t.text(`exit.${exit}`)])),
    ".Sh SEE ALSO",
    routeIds
      .map(pageName)
      .toSorted()
      .map((name, index, all) => `.Xr ${name} 1${index === all.length - 1 ? "" : " ,"}`)
      .join("\n"),
  ];
  return `${lines.join("\n")}\n`;
}

/** `man/*.1`. */
export function manPages(t: Translator): [name: string, content: string][] {
  return [
    ["medkit.1", mainPage(t)],
    ...routeIds.map((id): [string, string] => [`${pageName(id)}.1`, commandPage(id, t)]),
  ];
}
