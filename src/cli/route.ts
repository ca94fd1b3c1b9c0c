import type { CommandContext } from "./context.ts";
import type { CommandResult } from "./result.ts";

interface FlagCommon {
  /** Without it the command line is refused. */
  readonly required?: true;
}

/** What a flag takes. Its name is the key in the table: `signKey` is typed `--sign-key`. */
export type FlagSpec =
  | { readonly kind: "boolean" }
  | (FlagCommon & { readonly kind: "string"; readonly placeholder: string; readonly suggest?: readonly string[] })
  /** A file or folder, relative to the current folder; commands get it absolute. `or`: what begins with that is none, and stays as it is. */
  | (FlagCommon & { readonly kind: "path"; readonly placeholder: string; readonly folder?: true; readonly or?: string })
  | (FlagCommon & { readonly kind: "enum"; readonly values: readonly string[] })
  /** Separated by commas, and may be repeated; commands get an array, empty where the flag is absent. */
  | { readonly kind: "list"; readonly placeholder: string; readonly suggest?: readonly string[] }
  /** A whole number, not below `minimum` (default 0). */
  | (FlagCommon & { readonly kind: "count"; readonly placeholder: string; readonly minimum?: number })
  /** As in Go (`300ms`, `5m`); commands get milliseconds. */
  | (FlagCommon & { readonly kind: "duration"; readonly placeholder: string });

export interface PositionalSpec {
  /** As the command gets it; shown in capitals. */
  readonly name: string;
  readonly kind: "string" | "path" | "enum";
  readonly values?: readonly string[];
  readonly suggest?: readonly string[];
  readonly optional?: true;
  /** Takes all that follow; the last one only. */
  readonly rest?: true;
}

/** One command. Its texts are in the catalogues, under the same id. */
export interface RouteSpec {
  readonly positionals?: readonly PositionalSpec[];
  readonly flags?: Readonly<Record<string, FlagSpec>>;
  /** What stands after `--` belongs to another program; `word` is its name in the usage line. */
  readonly passThrough?: { readonly word: string; readonly optional?: true };
}

export type RouteTable = Readonly<Record<string, RouteSpec>>;

type FlagValue<F extends FlagSpec> = F extends { kind: "boolean" }
  ? boolean
  : F extends { kind: "list" }
    ? readonly string[]
    : F extends { kind: "enum"; values: readonly (infer Value)[] }
      ? Value
      : F extends { kind: "count" | "duration" }
        ? number
        : string;

type IsAlwaysThere<F extends FlagSpec> = F extends { kind: "boolean" | "list" } | { required: true } ? true : false;

type Flags<Spec> = Spec extends { flags: infer F extends Readonly<Record<string, FlagSpec>> }
  ? { readonly [K in keyof F]: IsAlwaysThere<F[K]> extends true ? FlagValue<F[K]> : FlagValue<F[K]> | undefined }
  : Record<never, never>;

type PositionalValue<P extends PositionalSpec> = P extends { rest: true }
  ? readonly string[]
  : P extends { kind: "enum"; values: readonly (infer Value)[] }
    ? P extends { optional: true }
      ? Value | undefined
      : Value
    : P extends { optional: true }
      ? string | undefined
      : string;

type Args<Spec> = Spec extends { positionals: infer P extends readonly PositionalSpec[] }
  ? { readonly [Each in P[number] as Each["name"]]: PositionalValue<Each> }
  : Record<never, never>;

/** What a command gets: its flags and arguments, typed by its row in the table. */
export interface InputOf<Spec> {
  readonly flags: Flags<Spec>;
  readonly args: Args<Spec>;
  /** What stood after `--`. */
  readonly rest: readonly string[];
}

/** As the parser gives it, before the table's types are put on it. */
export interface ParsedInput {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly args: Readonly<Record<string, unknown>>;
  readonly rest: readonly string[];
}

export type Run<Input> = (context: CommandContext, input: Input) => Promise<CommandResult>;

/** One lazily loaded command file for each row of a table. */
export type LoadersOf<Table extends RouteTable> = {
  readonly [Id in keyof Table]: () => Promise<{ readonly run: Run<InputOf<Table[Id]>> }>;
};

/** `signKey` as typed: `sign-key`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A flag's word in usage lines: `DIR`, or `auto|always|never`; undefined where it takes no value. */
export function flagPlaceholder(flag: FlagSpec): string | undefined {
  if (flag.kind === "boolean") return undefined;
  return flag.kind === "enum" ? flag.values.join("|") : flag.placeholder;
}

/** `PATH`, `[DIR]`, `PACKAGE…`, `bash|zsh|fish`. */
export function positionalWord(positional: PositionalSpec): string {
  const word = positional.kind === "enum" ? (positional.values ?? []).join("|") : positional.name.toUpperCase();
  const many = positional.rest === true ? `${word}…` : word;
  return positional.optional === true ? `[${many}]` : many;
}
