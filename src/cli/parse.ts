import {
  buildApplication,
  buildCommand,
  buildRouteMap,
  run,
  text_en as frameworkText,
  type Command,
  type CommandContext,
  type FlagParametersForType,
  type RouteMap,
} from "@stricli/core";
import { argumentProblem, asError, strayFlag, understood, unknownCommand } from "./parse-problems.ts";
import { flagParser, positionalParser } from "./parse-values.ts";
import { kebab, type FlagSpec, type ParsedInput, type RouteSpec, type RouteTable } from "./route.ts";
import { usageError } from "./usage.ts";

/** What a command line asks for; `group` where it stops before it names a command. */
export type Parsed =
  | { readonly kind: "command"; readonly id: string; readonly input: ParsedInput }
  | { readonly kind: "group"; readonly words: readonly string[] };

type RawFlags = Record<string, unknown>;
type Capture = (id: string, flags: RawFlags, args: readonly string[]) => void;
type AnyFlags = FlagParametersForType<RawFlags>;

/** Stricli wants a name for the command that stands where a group stands (`build`, beside `build platforms`). */
const itself = "itself";

function flagParameters(spec: RouteSpec, words: readonly string[], cwd: string): AnyFlags {
  const parameters: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(spec.flags ?? {})) {
    const typed = kebab(name);
    if (flag.kind === "boolean") parameters[typed] = { kind: "boolean", brief: "", optional: true, withNegated: false };
    else {
      const required = "required" in flag && flag.required === true;
      const many = flag.kind === "list" ? { variadic: "," } : {};
      parameters[typed] = {
        kind: "parsed",
        brief: "",
        optional: !required,
        parse: flagParser(flag, `--${typed}`, words, cwd),
        ...many,
      };
    }
  }
  return parameters as AnyFlags;
}

function buildOne(id: string, spec: RouteSpec, cwd: string, capture: Capture): Command<CommandContext> {
  const words = id.split(" ");
  const positionals = spec.positionals ?? [];
  const bound = positionals.at(-1)?.rest === true ? {} : { maximum: positionals.length };
  return buildCommand<RawFlags, string[]>({
    docs: { brief: "" },
    // All arguments are read as one array and dealt out afterwards: the framework has no rest argument after others.
    parameters: {
      flags: flagParameters(spec, words, cwd),
      positional: { kind: "array", parameter: { brief: "", parse: String }, ...bound },
    },
    func: (flags, ...args) => capture(id, flags, args),
  });
}

function buildLevel(
  table: RouteTable,
  prefix: readonly string[],
  cwd: string,
  capture: Capture,
): RouteMap<CommandContext> {
  const routes: Record<string, Command<CommandContext> | RouteMap<CommandContext>> = {};
  const own = Object.entries(table).filter(([id]) => prefix.every((word, index) => id.split(" ")[index] === word));
  for (const [id, spec] of own) {
    const words = id.split(" ");
    const word = words[prefix.length];
    if (word === undefined) routes[itself] = buildOne(id, spec, cwd, capture);
    else if (!Object.hasOwn(routes, word)) {
      const path = [...prefix, word];
      const alone = own.every(([other]) => other === path.join(" ") || other.split(" ")[prefix.length] !== word);
      routes[word] = alone ? buildOne(id, spec, cwd, capture) : buildLevel(table, path, cwd, capture);
    }
  }
  const docs = { brief: "", hideRoute: { [itself]: true } };
  return Object.hasOwn(routes, itself)
    ? buildRouteMap({ routes, docs, defaultCommand: itself })
    : buildRouteMap({ routes, docs: { brief: "" } });
}

/** Deals the typed arguments out to the positionals of a route. */
function dealOut(id: string, spec: RouteSpec, typed: readonly string[], cwd: string): Record<string, unknown> {
  const words = id.split(" ");
  const args: Record<string, unknown> = {};
  for (const [index, positional] of (spec.positionals ?? []).entries()) {
    const parse = positionalParser(positional, words, cwd);
    const own = positional.rest === true ? typed.slice(index) : typed.slice(index, index + 1);
    if (own.length === 0 && positional.optional !== true)
      throw usageError("missingArgument", words, { argument: positional.name.toUpperCase() });
    const values = own.map((each) => parse(each));
    args[positional.name] = positional.rest === true ? values : values[0];
  }
  return args;
}

function flagValues(flags: Readonly<Record<string, FlagSpec>>, raw: RawFlags): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => {
      const value = raw[kebab(name)];
      return [name, value ?? (flag.kind === "boolean" ? false : flag.kind === "list" ? [] : undefined)];
    }),
  );
}

/** Parses a line without its global flags, by the table. Throws USAGE. */
export async function parseLine(
  table: RouteTable,
  line: readonly string[],
  rest: readonly string[] | undefined,
  cwd: string,
): Promise<Parsed> {
  let captured: { id: string; flags: RawFlags; args: readonly string[] } | undefined;
  let failure: Error | undefined;
  const words = understood(table, line);
  const app = buildApplication(
    buildLevel(table, [], cwd, (id, flags, args) => (captured = { id, flags, args })),
    {
      name: "medkit",
      scanner: { caseStyle: "original", allowArgumentEscapeSequence: true },
      localization: {
        text: {
          ...frameworkText,
          noCommandRegisteredForInput: ({ input, corrections }) => {
            failure ??= unknownCommand(table, input, words, corrections);
            return "";
          },
          exceptionWhileParsingArguments: (error) => {
            failure ??= argumentProblem(error, line, words);
            return "";
          },
          exceptionWhileRunningCommand: (error) => {
            failure ??= asError(error);
            return "";
          },
        },
      },
    },
    {},
  );
  const passThrough = Object.hasOwn(table, words.join(" ")) && table[words.join(" ")]?.passThrough !== undefined;
  const escaped = passThrough ? [] : (rest ?? []);
  const inputs = escaped.length === 0 ? line : [...line, "--", ...escaped];
  const sink = { write: () => undefined };
  await run(app, inputs, { process: { stdout: sink, stderr: sink } });
  if (failure !== undefined) throw failure;
  if (captured === undefined) return { kind: "group", words };
  const { id, flags, args } = captured;
  // Behind `--` an argument may begin with a dash; before it, that is a flag that nobody knows.
  for (const each of args.slice(0, args.length - escaped.length)) {
    const stray = strayFlag(each, id.split(" "));
    if (stray !== undefined) throw stray;
  }
  const spec = table[id] ?? {};
  const { passThrough: program } = spec;
  if (program !== undefined && program.optional !== true && (rest ?? []).length === 0)
    throw usageError("missingProgram", id.split(" "), { argument: program.word });
  return {
    kind: "command",
    id,
    input: {
      flags: flagValues(spec.flags ?? {}, flags),
      args: dealOut(id, spec, args, cwd),
      rest: passThrough ? (rest ?? []) : [],
    },
  };
}
