import { completionScript, shells } from "../../src/cli/completion/script.ts";
import { kitConfigSchema } from "../../src/kit/index.ts";
import { proxyConfigSchema } from "../../src/proxy/index.ts";
import { loadTranslator } from "../../src/i18n/index.ts";
import { z } from "zod";
import { causeReference } from "./causes.ts";
import { errorIndex, errorPages, exitStatuses } from "./errors.ts";
import { manPages } from "./man.ts";
import { cliReference } from "./reference.ts";

/** Folders that hold generated files only: what the generator does not make there is a leftover. */
export const generatedFolders = [
  "docs/reference/errors",
  "docs/zh-CN/reference/errors",
  "man",
  "completions",
  "schemas",
] as const;

/** Every generated file of the repository, by its path. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [lang, folder] of [
    ["en", "docs/reference"],
    ["zh-CN", "docs/zh-CN/reference"],
  ] as const) {
    const t = await loadTranslator(lang);
    files.set(`${folder}/cli.md`, cliReference(t));
    files.set(`${folder}/exit-statuses.md`, exitStatuses(t));
    files.set(`${folder}/causes.md`, causeReference(t));
    files.set(`${folder}/errors/README.md`, errorIndex(t));
    for (const [name, content] of errorPages(t)) files.set(`${folder}/errors/${name}`, content);
  }
  const t = await loadTranslator("en");
  for (const [name, content] of manPages(t)) files.set(`man/${name}`, content);
  for (const shell of shells) files.set(`completions/medkit.${shell}`, completionScript(shell, t));
  const schemas = { "kit-config": kitConfigSchema, "proxy-config": proxyConfigSchema };
  for (const [name, schema] of Object.entries(schemas)) {
    const text = `${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), undefined, 2)}\n`;
    files.set(`schemas/${name}-v1.schema.json`, text);
  }
  return files;
}
