import type { CauseCode } from "../core/causes/index.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import type { ErrorParams } from "../core/errors.ts";
import type {
  Catalogue,
  CauseText,
  CommandText,
  ErrorText,
  Lang,
  MessageKey,
  MessageParam,
  MessageParams,
} from "./types.ts";

type Filler = Readonly<Record<string, MessageParam>>;

function has(params: Filler, name: string): boolean {
  return Object.hasOwn(params, name) && params[name] !== undefined;
}

/**
 * Puts parameters into `{name}`. A part in double brackets, `[[ ({free} free)]]`, is left out where one of its parameters is absent;
 * elsewhere a placeholder without a parameter stays as it is, so that a person sees what is absent.
 */
export function fill(text: string, params: Filler): string {
  return text
    .replace(/\[\[(.*?)\]\]/gs, (_, part: string) =>
      placeholders(part).every((name) => has(params, name)) ? part : "",
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => (has(params, name) ? String(params[name]) : whole));
}

/** The names between braces, in order of appearance. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

/** All text for people comes out of here. */
export class Translator {
  readonly lang: Lang;
  readonly #catalogue: Catalogue;
  readonly #treat: (params: Filler) => Filler;

  constructor(lang: Lang, catalogue: Catalogue, treat: (params: Filler) => Filler = (params) => params) {
    this.lang = lang;
    this.#catalogue = catalogue;
    this.#treat = treat;
  }

  /** The same texts, with every parameter changed on its way into them. */
  treating(treat: (params: Filler) => Filler): Translator {
    return new Translator(this.lang, this.#catalogue, treat);
  }

  #fill(text: string, params: Filler): string {
    return fill(text, this.#treat(params));
  }

  /** A message by its key; the compiler knows which parameters it takes. */
  text<Key extends MessageKey>(
    key: Key,
    ...params: Record<string, never> extends MessageParams<Key> ? [] : [MessageParams<Key>]
  ): string {
    return this.#fill(this.#catalogue.messages[key], params[0] ?? {});
  }

  /** A message whose key is only known while running (steps, notes, parts of errors); undefined where there is none. */
  lookup(key: string, params: Filler = {}): string | undefined {
    const messages: Readonly<Record<string, string>> = this.#catalogue.messages;
    return Object.hasOwn(messages, key) ? this.#fill(messages[key] ?? "", params) : undefined;
  }

  /** The three texts of an error. A parameter `@key` is itself a message, filled with the same parameters. */
  error(code: ErrorCode, params: ErrorParams = {}): ErrorText {
    const resolved: Record<string, MessageParam> = {};
    for (const [name, value] of Object.entries(params)) {
      resolved[name] =
        typeof value === "string" && value.startsWith("@") ? (this.lookup(value.slice(1), params) ?? value) : value;
    }
    const { message, hint, why } = this.errorTemplate(code);
    return { message: this.#fill(message, resolved), hint: this.#fill(hint, resolved), why: this.#fill(why, resolved) };
  }

  /** The texts of an error with their placeholders, for its page. */
  errorTemplate(code: ErrorCode): ErrorText {
    return this.#catalogue.errors[code];
  }

  /** The texts of a cause, filled with a diagnosis's parameters; without them, with their placeholders. */
  cause(code: CauseCode, params: Filler = {}): CauseText {
    const { title, said, why, todo } = this.#catalogue.causes[code];
    return {
      title: this.#fill(title, params),
      said: this.#fill(said, params),
      why: this.#fill(why, params),
      todo: this.#fill(todo, params),
    };
  }

  command(id: keyof Catalogue["commands"]): CommandText {
    return this.#catalogue.commands[id];
  }
}

/** Loads one language and no other. */
export async function loadTranslator(lang: Lang): Promise<Translator> {
  const { catalogue } = lang === "zh-CN" ? await import("./zh-cn/index.ts") : await import("./en/index.ts");
  return new Translator(lang, catalogue);
}
