export { chooseLang } from "./lang.ts";
export { loadTranslator, placeholders, type Translator } from "./translator.ts";
export type { CommandText, EnglishCommands, Lang, MessageKey } from "./types.ts";
export { displayWidth, tableLines, wrapColumns } from "./width.ts";
