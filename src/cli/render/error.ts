import { fromSystemError, MedkitError } from "../../core/errors.ts";
import { placeholders, type Translator } from "../../i18n/index.ts";
import type { Json } from "../result.ts";
import type { Style } from "./style.ts";

/** The page of an error in the documentation, relative to the repository's root. */
export function errorPage(code: string, lang: Translator["lang"]): string {
  return `docs/${lang === "zh-CN" ? "zh-CN/" : ""}reference/errors/${code}.md`;
}

/** Anything that was thrown, as an error with a code. What a person can mend on the host is told as such. */
export function asMedkitError(error: unknown): MedkitError {
  const path = error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : undefined;
  const known = path === undefined ? error : fromSystemError(error, path);
  if (known instanceof MedkitError) return known;
  const detail = error instanceof Error ? error.message : String(error);
  return new MedkitError("UNEXPECTED", { detail }, { cause: error });
}

/** The error document's `error`. */
export function errorData(error: MedkitError, exit: number, t: Translator): { readonly [key: string]: Json } {
  const { message, hint } = t.error(error.code, error.params);
  const reasons = error.reasons.map((each) => ({ ...each }));
  return {
    code: error.code,
    message,
    hint,
    exit,
    docs: errorPage(error.code, t.lang),
    params: { ...error.params },
    ...(reasons.length === 0 ? {} : { reasons }),
  };
}

/** Parameters that no sentence uses: details worth a line each, since a person on call wants all that is known. */
function details(error: MedkitError, t: Translator): string[] {
  const { message, hint } = t.errorTemplate(error.code);
  const used = new Set([...placeholders(message), ...placeholders(hint)]);
  if (error.code === "USAGE") return [];
  return Object.entries(error.params)
    .filter(([name]) => !used.has(name))
    .map(([name, value]) => `  ${name}: ${value}`);
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

/** What a person reads on stderr. */
export function errorText(error: MedkitError, t: Translator, style: Style): string {
  const { message, hint } = t.error(error.code, error.params);
  const lines = [
    `${style.red(style.bold(t.text("error.label")))} ${indent(message)} ${style.dim(`[${error.code}]`)}`,
    ...details(error, t).map(indent),
    `  ${t.text("error.hint", { hint: indent(hint) })}`,
  ];
  if (error.code !== "USAGE" && error.code !== "INTERRUPTED")
    lines.push(style.dim(`  ${t.text("error.more", { code: error.code })}`));
  if (error.code === "UNEXPECTED" && error.cause instanceof Error && error.cause.stack !== undefined)
    lines.push(style.dim(indent(`  ${error.cause.stack}`)));
  return `${lines.join("\n")}\n`;
}
