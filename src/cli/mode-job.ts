import { MedkitError } from "../core/errors.ts";
import { parseGoVersion, type GoVersion } from "../core/go-version.ts";
import { languageGo, type ModeReport } from "../mode/index.ts";
import { modeData } from "./mode-data.ts";
import { renderMode, type ModeView } from "./render/mode.ts";
import { json, type CommandResult } from "./result.ts";

/** `--go`: a release, or a language version, of which any patch. TOOLCHAIN_VERSION_INVALID. */
export function readGoVersion(text: string): GoVersion {
  const version = parseGoVersion(text);
  if (version === undefined) throw new MedkitError("TOOLCHAIN_VERSION_INVALID", { version: text });
  return languageGo(version);
}

/** Why the go command would not build what is there; undefined where it would. */
function problemOf({ facts, decision, answer }: ModeReport): MedkitError | undefined {
  const { folder } = facts;
  const { refusal } = decision;
  if (refusal !== undefined)
    return new MedkitError("MODE_REFUSED", { ...refusal.params, folder, problem: `@mode.refusal.${refusal.code}` });
  const unresolved = answer.imports.filter((each) => each.problem !== undefined);
  const [first] = unresolved;
  if (first !== undefined)
    return new MedkitError("MODE_UNRESOLVED", { folder, problem: "@mode.unresolved", count: unresolved.length, path: first.path }); // prettier-ignore
  const count = answer.behind.length;
  return count === 0 ? undefined : new MedkitError("MODE_UNRESOLVED", { folder, problem: "@mode.unresolved.behind", count }); // prettier-ignore
}

/** What `module explain` answers without `--sums`. Status 3 where the go command would stop. */
export function modeResult(report: ModeReport, view: ModeView): CommandResult {
  const problem = problemOf(report);
  return {
    data: json(modeData(report, view.deps)),
    ...(problem === undefined ? {} : { problem, exit: problem.exit }),
    text: (t, style) => renderMode(report, view, t, style),
  };
}
