import { ERROR_CODES, type ErrorCode } from "../../src/core/error-codes.ts";
import { EXIT } from "../../src/core/exit.ts";
import type { Translator } from "../../src/i18n/index.ts";
import { page, prose, table } from "./markdown.ts";
import { pageWords } from "./words.ts";

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

function shown(text: string): string {
  return prose(text.replaceAll(/\[\[|\]\]/g, ""));
}

/** `errors/<CODE>.md`. */
export function errorPages(t: Translator): [name: string, content: string][] {
  const words = pageWords(t.lang);
  return codes.map((code) => {
    const { message, hint, why } = t.errorTemplate(code);
    const exit = ERROR_CODES[code];
    const content = page([
      `<!-- ${words.made} -->`,
      `# ${code}`,
      `> ${shown(message).replaceAll("\n", "\n> ")}`,
      `## ${t.text("explain.why")}`,
      shown(why),
      `## ${t.text("explain.todo")}`,
      shown(hint),
      `[${t.text("explain.exit", { exit, meaning: t.text(`exit.${exit}`) })}](../exit-statuses.md)`,
    ]);
    return [`${code}.md`, content];
  });
}

/** `errors/README.md`: all codes, by exit status. */
export function errorIndex(t: Translator): string {
  const words = pageWords(t.lang);
  const rows = codes.map((code) => [
    `[${code}](${code}.md)`,
    String(ERROR_CODES[code]),
    shown(t.errorTemplate(code).message),
  ]);
  return page([
    `<!-- ${words.made} -->`,
    `# ${words.errorsTitle}`,
    words.errorsIntro,
    table([words.code, words.status, words.meaning], rows),
  ]);
}

/** `exit-statuses.md`. */
export function exitStatuses(t: Translator): string {
  const words = pageWords(t.lang);
  const rows = Object.values(EXIT).map((exit) => [
    String(exit),
    t.text(`exit.${exit}`),
    codes
      .filter((code) => ERROR_CODES[code] === exit)
      .map((code) => `[${code}](errors/${code}.md)`)
      .join(" "),
  ]);
  return page([
    `<!-- ${words.made} -->`,
    `# ${words.exitTitle}`,
    words.exitIntro,
    table([words.status, words.meaning, words.codes], rows),
  ]);
}
