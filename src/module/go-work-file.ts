import { invalid, lexGoMod, unquote } from "./go-mod-lexer.ts";
import { readReplacement, type Replacement } from "./go-mod-file.ts";

export interface GoWork {
  readonly go: string | undefined;
  readonly toolchain: string | undefined;
  /** Folders of modules, as written: relative to the file's own folder, or absolute. */
  readonly use: readonly string[];
  readonly replace: readonly Replacement[];
}

/** Reads a go.work as golang.org/x/mod/modfile does. Throws GO_MOD_INVALID with file and line. */
export function parseGoWork(text: string, file = "go.work"): GoWork {
  const use: string[] = [];
  const replace: Replacement[] = [];
  const single: { go?: string; toolchain?: string } = {};
  for (const { verb, args, line } of lexGoMod(text.replace(/^\ufeff/, ""), file)) {
    const fail = (problem: string): Error => invalid(file, line, problem);
    if (verb === "replace") {
      replace.push(readReplacement(args, line, fail));
      continue;
    }
    const value = args.length === 1 ? unquote(args[0] ?? "") : undefined;
    if (value === undefined) throw fail(`"${verb}" takes one value`);
    if (verb === "use") use.push(value);
    else if (verb === "go" || verb === "toolchain") {
      if (single[verb] !== undefined) throw fail(`"${verb}" is there twice`);
      single[verb] = value;
    } else if (verb !== "godebug") throw fail(`"${verb}" is not a directive`);
  }
  return { go: single.go, toolchain: single.toolchain, use, replace };
}
