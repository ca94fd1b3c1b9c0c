import { ERROR_CODES, type ErrorCode } from "../../core/error-codes.ts";
import { wrapColumns } from "../../i18n/index.ts";
import type { CommandContext } from "../context.ts";
import { errorPage } from "../render/error.ts";
import type { CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import { closest, quoteList } from "../suggest.ts";
import { usageError } from "../usage.ts";

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

export function run(context: CommandContext, input: Input<"explain">): Promise<CommandResult> {
  const code = input.args.code.toUpperCase().replaceAll("-", "_");
  if (!isErrorCode(code)) {
    const suggestions = closest(code, Object.keys(ERROR_CODES));
    throw usageError("unknownCode", ["explain"], { input: input.args.code, ...quoteList(suggestions) });
  }
  const { t } = context;
  const { message, hint, why } = t.errorTemplate(code);
  const exit = ERROR_CODES[code];
  return Promise.resolve({
    data: { code, message, why, hint, exit, docs: errorPage(code, t.lang) },
    text: (_, style) =>
      [
        `${style.bold(code)}  ${message.replaceAll(/\[\[|\]\]/g, "")}`,
        "",
        style.bold(t.text("explain.why")),
        ...wrapColumns(why, 78).map((line) => `  ${line}`),
        "",
        style.bold(t.text("explain.todo")),
        ...wrapColumns(hint, 78).map((line) => `  ${line}`),
        "",
        t.text("explain.exit", { exit, meaning: t.text(`exit.${exit}`) }),
      ].join("\n"),
  });
}
