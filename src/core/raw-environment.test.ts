import { expect, test } from "vitest";
import { rawVariables } from "./raw-environment.ts";

const block = Buffer.from("A=\xE9\0B=\xEF\xBF\xBD\0C=\xE8\0D.E=\xE9\0F=plain\0", "latin1");
const given = { A: "\uFFFD", B: "\uFFFD", C: "changed \uFFFD", "D.E": "\uFFFD", F: "plain" };

test("only what was handed on with other bytes is given again", () => {
  expect(rawVariables(given, () => block)).toEqual([String.raw`A=$(printf '\351x')`, "A=${A%x}", "export A"]);
});

test("nothing is read where all is UTF-8, and nothing said where nothing can be read", () => {
  const unread = (): Buffer => {
    throw new Error("no /proc");
  };
  expect(rawVariables({ F: "中文" }, unread)).toEqual([]);
  expect(rawVariables(given, unread)).toEqual([]);
});
