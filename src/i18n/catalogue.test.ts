import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ERROR_CODES } from "../core/error-codes.ts";
import { catalogue as en } from "./en/index.ts";
import { placeholders } from "./translator.ts";
import { catalogue as zh } from "./zh-cn/index.ts";

/** Every text of a catalogue by its path, such as `errors.LOCKED.hint`. */
function texts(value: unknown, path = ""): [path: string, text: string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path === "" ? key : `${path}.${key}`));
}

const english = new Map(texts(en));
const chinese = new Map(texts(zh));
const han = /\p{Script=Han}/u;

/** Texts that are the same in every language: a sign, a command line. */
function isUniversal(path: string, text: string): boolean {
  return path.endsWith(".line") || !/[a-z]{2}/i.test(text.replaceAll(/\{\w+\}/g, ""));
}

describe("the catalogues", () => {
  test("every error code has its texts, and no other", () => {
    expect(Object.keys(en.errors).toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
    expect(Object.keys(zh.errors).toSorted()).toEqual(Object.keys(ERROR_CODES).toSorted());
  });

  test("have the same keys in every language", () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  test("hold no empty text, and none with blanks at an end", () => {
    for (const [path, text] of [...english, ...chinese]) expect(text.trim(), path).toBe(text);
    for (const [path, text] of [...english, ...chinese]) expect(text, path).not.toBe("");
  });

  test("have the same placeholders in every language", () => {
    for (const [path, text] of english)
      expect(new Set(placeholders(chinese.get(path) ?? "")), path).toEqual(new Set(placeholders(text)));
  });

  test("optional parts are closed, and hold a placeholder", () => {
    for (const [path, text] of [...english, ...chinese]) {
      expect(text.split("[[").length, path).toBe(text.split("]]").length);
      for (const [, part] of text.matchAll(/\[\[(.*?)\]\]/gs)) expect(placeholders(part ?? ""), path).not.toEqual([]);
    }
  });

  test("code in back quotes is the same in every language", () => {
    const code = (text: string): string[] =>
      [...text.matchAll(/`([^`]*)`/g)]
        .map((match) => match[1] ?? "")
        .filter((each) => /^[ -~]*$/.test(each) && !each.includes("COMMAND"));
    for (const [path, text] of english)
      expect(code(chinese.get(path) ?? "").toSorted(), path).toEqual(code(text).toSorted());
  });
});

describe("the Chinese texts", () => {
  test("are Chinese", () => {
    for (const [path, text] of chinese) if (!isUniversal(path, text)) expect(text, path).toMatch(han);
  });

  test("use full-width punctuation after Chinese characters", () => {
    for (const [path, text] of chinese) expect(text, path).not.toMatch(/\p{Script=Han}[,;:!?]/u);
  });

  test("differ from the English ones where there are words", () => {
    for (const [path, text] of english) if (!isUniversal(path, text)) expect(chinese.get(path), path).not.toBe(text);
  });
});

describe("the English texts", () => {
  test("hold no Chinese", () => {
    for (const [path, text] of english) expect(text, path).not.toMatch(han);
  });

  test("errors are sentences", () => {
    for (const [code, { message, hint, why }] of Object.entries(en.errors)) {
      // A message may end in lines of another program, or be a part that its parameters bring.
      if (!message.endsWith("}")) expect(message, code).toMatch(/[.!?]$/);
      expect(hint, code).toMatch(/[.!?`)}]$/);
      expect(why, code).toMatch(/\.$/);
    }
  });
});

describe("the code", () => {
  const sources = readdirSync(new URL("..", import.meta.url), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("i18n/"))
    .map((path) => [path, readFileSync(new URL(`../${path}`, import.meta.url), "utf8")] as const);

  test("every progress step has its words", () => {
    const kinds = sources
      .filter(([, text]) => text.includes('"step-start"'))
      .flatMap(([path, text]) =>
        [...text.matchAll(/\bstep(?::| =) [`"]([a-z-]+)/g)].map((match) => [path, match[1] ?? ""] as const),
      );
    for (const [path, kind] of kinds)
      expect(Object.keys(en.messages), `${path}: step ${kind}`).toContain(`step.${kind}`);
  });

  test("every note that is a message has its words", () => {
    const notes = sources.flatMap(([path, text]) =>
      [...text.matchAll(/type: "note"[^}]*?text: "@([\w.-]+)"/g)].map((match) => [path, match[1] ?? ""] as const),
    );
    for (const [path, note] of notes)
      expect(Object.keys(en.messages), `${path}: note ${note}`).toContain(`note.${note}`);
  });
});
