import { expect, test } from "vitest";
import { unknownDirective } from "./go-mod-syntax-newer.ts";

test.each([
  ["module m\n\ngo 1.21\n\ntool m/x\n", "1.21.13", "tool"],
  ["module m\n\nignore (\n\t./none\n)\n", "1.24.2", "ignore"],
  ["module m\n\nignore (\n\t./none\n)\n", "1.25.0", undefined],
  ["module m\n\ngo 1.20\n\ntoolchain go1.21.0\n", "1.20.14", "toolchain"],
  ["module m\n\nrequire m/tool v1.0.0 // tool\n", "1.20.14", undefined],
])("%j under Go %s", (text, version, directive) => {
  expect(unknownDirective(text, version)).toBe(directive);
});
