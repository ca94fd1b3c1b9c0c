import type { CommandText, EnglishCommands, MessageKey, Translator } from "../i18n/index.ts";
import type { GlobalFlagName } from "./global-flags.ts";
import type { GroupId, RouteId, routes } from "./routes.ts";

type FlagWords<Spec> = Spec extends { flags: infer F }
  ? { readonly flags: Readonly<Record<keyof F & string, string>> }
  : unknown;
type ArgWords<Spec> = Spec extends { positionals: readonly { name: infer Name extends string }[] }
  ? { readonly args: Readonly<Record<Name, string>> }
  : unknown;

/** The words that the route table asks of each language. */
type Wanted = {
  readonly [Id in RouteId]: CommandText & FlagWords<(typeof routes)[Id]> & ArgWords<(typeof routes)[Id]>;
};
type Holds<Condition extends true> = Condition;
/**
 * A command, flag or argument without words in the English catalogue is an error here; the catalogue type holds the other
 * languages to it.
 *
 * @public
 */
export type EveryCommandHasWords = Holds<
  EnglishCommands extends Wanted ? true : { missing: Exclude<keyof Wanted, keyof EnglishCommands> }
>;
/** @public */
export type EveryGlobalFlagHasWords = Holds<`flag.${GlobalFlagName}` extends MessageKey ? true : false>;
/** @public */
export type EveryGroupHasWords = Holds<`group.${GroupId}` extends MessageKey ? true : false>;

/** The words of a command. */
export function commandWords(t: Translator, id: RouteId): CommandText {
  return t.command(id);
}

export function groupWords(t: Translator, group: string): string {
  return t.lookup(`group.${group}`) ?? group;
}
