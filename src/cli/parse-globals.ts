import { resolve } from "node:path";
import type { MedkitError } from "../core/errors.ts";
import { globalFlags, type GlobalFlagName, type GlobalFlags } from "./global-flags.ts";
import { kebab } from "./route.ts";
import { closest, quoteList } from "./suggest.ts";
import { usageError } from "./usage.ts";

export interface SplitLine {
  readonly globals: GlobalFlags;
  /** What stands before `--`, without the global flags. */
  readonly words: readonly string[];
  /** What stands after `--`; undefined where there is no `--`. */
  readonly rest: readonly string[] | undefined;
  /** The first thing wrong with a global flag. The other global flags hold nevertheless: `--json` shapes this error too. */
  readonly problem: MedkitError | undefined;
}

const names = new Map<string, GlobalFlagName>(
  (Object.keys(globalFlags) as GlobalFlagName[]).map((name) => [`--${kebab(name)}`, name]),
);
names.set("-h", "help");

/** Takes the global flags out of a command line, wherever they stand before `--`. Never throws. */
export function splitGlobals(argv: readonly string[], cwd: string): SplitLine {
  const end = argv.indexOf("--");
  const line = end === -1 ? argv : argv.slice(0, end);
  const found: Partial<Record<GlobalFlagName, string | true>> = {};
  const words: string[] = [];
  let problem: MedkitError | undefined;
  for (let index = 0; index < line.length; index++) {
    const word = line[index] ?? "";
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const typed = equals === -1 ? word : word.slice(0, equals);
    const name = names.get(typed);
    if (name === undefined) {
      words.push(word);
      continue;
    }
    const spec = globalFlags[name];
    const inline = equals === -1 ? undefined : word.slice(equals + 1);
    if (spec.kind === "boolean") {
      if (inline === undefined) found[name] = true;
      else problem ??= usageError("noValue", [], { flag: typed });
      continue;
    }
    const next = line[index + 1];
    const value = inline ?? (next === undefined || next.startsWith("--") ? undefined : next);
    if (inline === undefined && value !== undefined) index++;
    if (value === undefined || value === "") problem ??= usageError("missingValue", [], { flag: typed });
    else if (spec.kind === "enum" && !(spec.values as readonly string[]).includes(value))
      problem ??= usageError("notAChoice", [], {
        flag: typed,
        value,
        choices: spec.values.join(", "),
        ...quoteList(closest(value, spec.values)),
      });
    else found[name] = value;
  }
  return { globals: globalsOf(found, cwd), words, rest: end === -1 ? undefined : argv.slice(end + 1), problem };
}

function globalsOf(found: Partial<Record<GlobalFlagName, string | true>>, cwd: string): GlobalFlags {
  const path = (value: string | true | undefined) => (typeof value === "string" ? resolve(cwd, value) : undefined);
  return {
    json: found.json === true,
    dryRun: found.dryRun === true,
    home: path(found.home),
    config: path(found.config),
    offline: found.offline === true,
    lang: found.lang as GlobalFlags["lang"],
    noInput: found.noInput === true,
    color: (found.color ?? "auto") as GlobalFlags["color"],
    progress: (found.progress ?? "auto") as GlobalFlags["progress"],
    help: found.help === true,
    version: found.version === true,
  };
}
