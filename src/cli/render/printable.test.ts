import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test.each([
  ["plain, 中文, tab\t and\nlines", "plain, 中文, tab\t and\nlines"],
  ["\u001B[31mred\u001B[39m", "\u001B[31mred\u001B[39m"],
  ["clear \u001B[2J screen", "clear \\x1b[2J screen"],
  ["title \u001B]0;owned\u0007", "title \\x1b]0;owned\\x07"],
  ["back\u0008space\rover", "back\\x08space\\x0dover"],
  ["c1 \u009B31m", "c1 \\x9b31m"],
  ["gnp.exe\u202Egpj", "gnp.exe\\u202egpj"],
])("%j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});
