import { EXIT } from "../../core/exit.ts";
import { MedkitError } from "../../core/errors.ts";
import type { Translator } from "../../i18n/index.ts";
import type { CommandResult, Json } from "../result.ts";
import { errorData } from "./error.ts";

function print(document: Json): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** `medkit/kit-build/v1` of `kit build`. */
export function schemaOf(id: string): string {
  return `medkit/${id.replaceAll(" ", "-")}/v1`;
}

/** The error that a result with this status carries where the command named none. */
function answer(exit: number): MedkitError {
  return new MedkitError(exit === EXIT.integrity ? "INTEGRITY" : "ANSWER_IS_NO");
}

/**
 * The one document of a command that ran. When its answer is no, `ok` is false and `error` stands beside `data`, so that a
 * reader who looks at either finds what it expects.
 */
export function resultDocument(id: string, result: CommandResult, exit: number, t: Translator): string {
  const schema = schemaOf(id);
  if (exit === EXIT.done) return print({ schema, ok: true, data: result.data });
  return print({ schema, ok: false, error: errorData(result.problem ?? answer(exit), exit, t), data: result.data });
}

/** The document of a command that failed. */
export function errorDocument(error: MedkitError, t: Translator): string {
  return print({ schema: "medkit/error/v1", ok: false, error: errorData(error, error.exit, t) });
}
