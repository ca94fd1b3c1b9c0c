import { describe, expect, test } from "vitest";
import { editGoflagWords, goflagName, joinGoflags, splitGoflags } from "./remedies.ts";

describe("GOFLAGS", () => {
  test.each([
    ["", []],
    ["-mod=mod -tags=a,b", ["-mod=mod", "-tags=a,b"]],
    [`  '-ldflags=-s -w'   "-gcflags=all=-N -l" -v`, ["-ldflags=-s -w", "-gcflags=all=-N -l", "-v"]],
    [`-x='a b'`, ["-x='a", "b'"]],
    [`'open`, [`'open`]],
  ])("splits %j as the go command does", (text, words) => {
    expect(splitGoflags(text)).toEqual(words);
  });

  test("joins so that it splits the same", () => {
    for (const words of [["-ldflags=-s -w", "-v"], ["-x=it's so"], ["-tags=a"]])
      expect(splitGoflags(joinGoflags(words))).toEqual(words);
  });

  test("takes out whole words, and leaves others of the same flag", () => {
    const words = ["-tags=a", "b", "-mod=local", "-mod=mod", "-v"];
    expect(editGoflagWords(words, { dropWords: ["b", "-mod=local"] })).toEqual(["-tags=a", "-mod=mod", "-v"]);
  });

  test("takes out by name, and lets a new word take the place of its name", () => {
    const words = ["-tags=a", "-mod=vendor", "--mod=mod", "-v"];
    expect(editGoflagWords(words, { drop: ["v"], add: ["-mod=mod"] })).toEqual(["-tags=a", "-mod=mod"]);
  });

  test("names", () => {
    expect(["-mod=vendor", "--mod=mod", "-v"].map(goflagName)).toEqual(["mod", "mod", "v"]);
  });
});
