import type { MedkitError } from "../core/errors.ts";
import { chooseLang, loadTranslator } from "../i18n/index.ts";
import type { OutputStream } from "./context.ts";
import { splitGlobals } from "./parse-globals.ts";
import { errorText } from "./render/error.ts";
import { printable } from "./render/printable.ts";
import { chooseStyle } from "./render/style.ts";

/** Prints an error that came up outside of `main`, in the language and style of the command line. Gives the exit status. */
export async function tellError(
  error: MedkitError,
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  stderr: OutputStream,
): Promise<number> {
  const { globals } = splitGlobals(argv, "/");
  const t = await loadTranslator(chooseLang(globals.lang, env));
  const style = chooseStyle(globals.color, stderr, env);
  await new Promise<void>((resolve) => {
    stderr.write(printable(errorText(error, t, style), style), () => resolve());
  });
  return error.exit;
}
