import { LineCounter, parseDocument, type YAMLError } from "yaml";
import type { z } from "zod";
import { MedkitError } from "./errors.ts";

function yamlFailure(file: string, error: YAMLError): MedkitError {
  return new MedkitError("CONFIG_INVALID", {
    file,
    line: error.linePos?.[0].line ?? 1,
    problem: error.message.split("\n")[0] ?? "",
  });
}

/**
 * Parses a YAML configuration and holds it against its schema. Unknown keys, duplicate keys and wrong values are refused with the line: CONFIG_INVALID.
 * `file` is its name in errors.
 */
export function parseConfigText<Schema extends z.ZodType>(schema: Schema, text: string, file: string): z.infer<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  const broken = document.errors[0];
  if (broken !== undefined) throw yamlFailure(file, broken);
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path ?? [];
  const keys = issue?.code === "unrecognized_keys" ? issue.keys : [];
  let line = 1;
  for (let depth = path.length; depth >= 0; depth--) {
    const node: unknown = document.getIn(
      [...path.slice(0, depth), ...(depth === path.length ? keys.slice(0, 1) : [])],
      true,
    );
    const range = node !== null && typeof node === "object" && "range" in node ? node.range : undefined;
    if (Array.isArray(range)) {
      line = lines.linePos(Number(range[0])).line;
      break;
    }
  }
  const where = [...path, ...keys].map(String).join(".");
  throw new MedkitError("CONFIG_INVALID", { file, line, problem: `${where}: ${issue?.message ?? "invalid"}` });
}
