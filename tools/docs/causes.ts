import { CAUSE_CODES, CAUSE_FACTS, type CauseFamily } from "../../src/core/causes/index.ts";
import type { Translator } from "../../src/i18n/index.ts";
import { page, prose, table } from "./markdown.ts";
import { pageWords } from "./words.ts";

const families: readonly CauseFamily[] = ["toolchain", "modules", "network", "host"];

/** `causes.md`: what rescue and doctor can tell, family by family. */
export function causeReference(t: Translator): string {
  const words = pageWords(t.lang);
  const sections = families.flatMap((family) => {
    const rows = CAUSE_CODES.filter((code) => CAUSE_FACTS[code].family === family).map((code) => {
      const { title, why, todo } = t.cause(code);
      return [`\`${code}\``, prose(title), prose(why), prose(todo)];
    });
    return rows.length === 0 ? [] : [`## ${words.families[family]}`, table([words.code, words.cause, words.why, words.todo], rows)]; // prettier-ignore
  });
  return page([`<!-- ${words.made} -->`, `# ${words.causesTitle}`, words.causesIntro, ...sections]);
}
