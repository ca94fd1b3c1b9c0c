import { expect, test } from "vitest";
import { MedkitError } from "../../core/errors.ts";
import { inertData, printable, printableLine } from "./printable.ts";
import { chooseStyle } from "./style.ts";

test.each([
  ["plain, 中文, tab\t and\nlines", "plain, 中文, tab\t and\nlines"],
  ["\u001B[31mred\u001B[39m", "\\x1b[31mred\\x1b[39m"],
  ["clear \u001B[2J screen", "clear \\x1b[2J screen"],
  ["title \u001B]0;owned\u0007", "title \\x1b]0;owned\\x07"],
  ["back\u0008space\rover", "back\\x08space\\x0dover"],
  ["c1 \u009B31m", "c1 \\x9b31m"],
  ["\u001B[8mhidden", "\\x1b[8mhidden"],
  ["a\u061Cb\u200Bc\u200Fd", "a\\u061cb\\u200bc\\u200fd"],
  ["a\u2028b\u2029c\u2060d\u2064e\uFEFF", "a\\u2028b\\u2029c\\u2060d\\u2064e\\ufeff"],
  ["tag \u{E0041}", "tag \\u{e0041}"],
  ["gnp.exe\u202Egpj", "gnp.exe\\u202egpj"],
])("%j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

const [coloured, plain] = [chooseStyle("always", {}, {}), chooseStyle("never", {}, {})];

test.each(["bold", "dim", "red", "green", "yellow"] as const)("%s of our own passes where there is colour", (name) => {
  const text = coloured[name]("text");
  expect(printable(text, coloured)).toBe(text);
  expect(printable(text, plain)).not.toContain("\u001B");
});

test("other sequences never pass", () => {
  expect(printable("\u001B[8m\u001B[0m\u001B[1;31m\u001B[7m\u001B[m", coloured)).not.toContain("\u001B");
});

test("a line is followed by rows of our own only", () => {
  expect(printableLine("cause\n  a row\nmedkit: recovered\n and\n")).toBe(
    "cause\n  a row\\x0amedkit: recovered\\x0a and\\x0a",
  );
});

test("data is inert before it is styled", () => {
  const hostile = "x\n  medkit: recovered\u001B[31m\u202E";
  const inert = String.raw`x\x0a  medkit: recovered\x1b[31m\u202e`;
  expect(inertData({ a: [hostile, 1, null, undefined], b: { c: hostile } })).toEqual({
    a: [inert, 1, null, undefined],
    b: { c: inert },
  });
  const error = inertData(new MedkitError("PATH_NOT_FOUND", { path: hostile }));
  expect(error).toBeInstanceOf(MedkitError);
  expect(error).toMatchObject({ code: "PATH_NOT_FOUND", params: { path: inert } });
  expect(inertData(Object.assign(new Error(hostile), { code: "EIO", path: hostile }))).toMatchObject({ message: inert, code: "EIO", path: inert }); // prettier-ignore
});
