import type { Translator } from "../../i18n/index.ts";
import { globalFlags } from "../global-flags.ts";
import { kebab, type FlagSpec, type PositionalSpec } from "../route.ts";
import { groupIds, routeIds, routeSpec } from "../routes.ts";
import { commandWords, groupWords } from "../words.ts";

/** What may stand where a value is typed. `none` is a flag without a value; `any` a text that nobody can guess. */
export type Value =
  | { readonly kind: "none" | "any" | "file" | "folder" }
  | { readonly kind: "words" | "list"; readonly words: readonly string[] };

export interface CompletionFlag {
  /** `--sign-key`. */
  readonly word: string;
  readonly text: string;
  readonly value: Value;
}

/** What may follow one path of words. */
export interface CompletionNode {
  /** `""`, `"kit"`, `"kit build"`. */
  readonly path: string;
  readonly next: readonly { readonly word: string; readonly text: string }[];
  readonly flags: readonly CompletionFlag[];
  readonly args: readonly { readonly value: Value; readonly rest: boolean }[];
}

function flagValue(flag: FlagSpec): Value {
  switch (flag.kind) {
    case "boolean":
      return { kind: "none" };
    case "path":
      return { kind: flag.folder === true ? "folder" : "file" };
    case "enum":
      return { kind: "words", words: flag.values };
    case "list":
      return flag.suggest === undefined ? { kind: "any" } : { kind: "list", words: flag.suggest };
    case "string":
      return flag.suggest === undefined ? { kind: "any" } : { kind: "words", words: flag.suggest };
    default:
      return { kind: "any" };
  }
}

function argValue(positional: PositionalSpec): Value {
  if (positional.kind === "path") return { kind: "file" };
  const words = positional.values ?? positional.suggest;
  return words === undefined ? { kind: "any" } : { kind: "words", words };
}

/** Everything that the scripts know, in the order of the table. */
export function completionModel(t: Translator): CompletionNode[] {
  const global = Object.entries(globalFlags).map(([name, flag]) => ({
    word: `--${kebab(name)}`,
    text: t.lookup(`flag.${name}`) ?? "",
    value: flagValue(flag),
  }));
  const paths = ["", ...groupIds, ...routeIds];
  return paths.map((path) => {
    const prefix = path === "" ? "" : `${path} `;
    const words = new Set(
      [...routeIds, ...groupIds].flatMap((id) =>
        id.startsWith(prefix) && id !== path ? [id.slice(prefix.length).split(" ", 1)[0] ?? ""] : [],
      ),
    );
    const id = routeIds.find((each) => each === path);
    const next = [...words].map((word) => {
      const target = routeIds.find((each) => each === prefix + word);
      return { word, text: target === undefined ? groupWords(t, prefix + word) : commandWords(t, target).brief };
    });
    if (id === undefined) return { path, next, flags: global, args: [] };
    const spec = routeSpec(id);
    const texts = commandWords(t, id).flags ?? {};
    const own = Object.entries(spec.flags ?? {}).map(([name, flag]) => ({
      word: `--${kebab(name)}`,
      text: texts[name] ?? "",
      value: flagValue(flag),
    }));
    return {
      path,
      next,
      flags: [...own, ...global],
      args: (spec.positionals ?? []).map((each) => ({ value: argValue(each), rest: each.rest === true })),
    };
  });
}

/** `kind word word…`: how the scripts carry a value. */
export function valueText(value: Value): string {
  return "words" in value ? [value.kind, ...value.words].join(" ") : value.kind;
}
