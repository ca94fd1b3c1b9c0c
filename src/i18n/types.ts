import type { CauseCode } from "../core/causes/index.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import type { commands } from "./en/commands.ts";
import type { messages } from "./en/messages.ts";

export type Lang = "en" | "zh-CN";

/** What a person reads about an error. `{name}` stands for a parameter of the error. */
export interface ErrorText {
  /** One sentence: what happened. */
  readonly message: string;
  /** What to do now. */
  readonly hint: string;
  /** Why medkit stops here; shown on the error's page and by `medkit explain`. */
  readonly why: string;
}

export type ErrorTexts = Readonly<Record<ErrorCode, ErrorText>>;

/** What a person reads about a cause that rescue or doctor found. `{name}` stands for a parameter of the diagnosis. */
export interface CauseText {
  /** A few words, for lists: no full stop. */
  readonly title: string;
  /** One plain sentence: what is wrong here. */
  readonly said: string;
  /** How it comes about and what it does, for `doctor --explain`. */
  readonly why: string;
  /** What to do by hand, for good. */
  readonly todo: string;
}

export type CauseTexts = Readonly<Record<CauseCode, CauseText>>;

export interface ExampleText {
  /** The whole line to type; the same in every language. */
  readonly line: string;
  readonly text: string;
}

/** What a person reads about a command. Flags by their camel-case name, arguments by their name in the route table. */
export interface CommandText {
  readonly brief: string;
  readonly about?: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly args?: Readonly<Record<string, string>>;
  readonly examples?: readonly ExampleText[];
}

/** The English words of all commands, with the keys that each has. */
export type EnglishCommands = typeof commands;

export type MessageKey = keyof typeof messages;
export type MessageParam = string | number;

/** The names between braces in a text: `"path" | "count"` of `"{count} files in {path}"`. */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

export type MessageParams<Key extends MessageKey> = Readonly<
  Record<Placeholders<(typeof messages)[Key]>, MessageParam>
>;

/** One language, whole. English is the source: every other language has exactly its keys. */
export interface Catalogue {
  readonly errors: ErrorTexts;
  readonly causes: CauseTexts;
  readonly commands: { readonly [Id in keyof typeof commands]: CommandText };
  readonly messages: Readonly<Record<MessageKey, string>>;
}
