import type { MedkitError } from "../core/errors.ts";
import type { Translator } from "../i18n/index.ts";
import type { Style } from "./render/style.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What a command hands back. One renderer prints it, as text or as JSON. */
export interface CommandResult {
  /** Plain data: `data` of the JSON document. A named interface needs {@link json} to pass as such. */
  readonly data: Json;
  /**
   * Exit status, where it is not 0: the command ran and its answer is no (EXIT.answerIsNo, EXIT.integrity), or it passes on
   * the status of a program that it ran.
   */
  readonly exit?: number;
  /** The error that names why the answer is no. Printed after the text; gives the exit status where `exit` does not. */
  readonly problem?: MedkitError;
  /** What a person reads; called in text mode only. */
  readonly text: (t: Translator, style: Style) => string;
  /** The command has written stdout itself (`proxy serve`, a wrapped program): nothing more is printed there. */
  readonly silent?: boolean;
}

/** Marks plain data that an interface describes (interfaces have no index signature) as JSON. */
export function json(data: object): Json {
  return data as Json;
}
