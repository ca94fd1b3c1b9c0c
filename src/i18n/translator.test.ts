import { describe, expect, test } from "vitest";
import { chooseLang, langOfLocale } from "./lang.ts";
import { fill, loadTranslator, placeholders } from "./translator.ts";

describe("fill", () => {
  test("puts parameters in, and leaves what it has none for", () => {
    expect(fill("{a} and {b} and {a}", { a: 1 })).toBe("1 and {b} and 1");
  });

  test("a parameter is text, never a pattern", () => {
    expect(fill("<{a}>", { a: "$& {a} [[x]]" })).toBe("<$& {a} [[x]]>");
    expect(fill("{constructor}", {})).toBe("{constructor}");
  });

  test("an optional part goes with its parameters", () => {
    expect(fill("full[[ at {path}]][[ ({free} of {all})]].", { path: "/x", free: 1 })).toBe("full at /x.");
  });

  test("placeholders are found in order", () => {
    expect(placeholders("{b}[[ {a}]]{b}")).toEqual(["b", "a", "b"]);
  });
});

describe("the language", () => {
  test.each([
    ["zh_CN.UTF-8", "zh-CN"],
    ["zh", "zh-CN"],
    ["zh-Hans", "zh-CN"],
    ["zh_TW.UTF-8", "zh-CN"],
    ["zhonk", "en"],
    ["en_US.UTF-8", "en"],
    ["C.UTF-8", "en"],
    ["de_DE", "en"],
    ["POSIX", "en"],
  ] as const)("of locale %s is %s", (locale, lang) => {
    expect(langOfLocale(locale)).toBe(lang);
  });

  test("comes from --lang, MEDKIT_LANG, LC_ALL, LC_MESSAGES, LANG, in that order", () => {
    const env = { MEDKIT_LANG: "zh-CN", LC_ALL: "en_US.UTF-8", LC_MESSAGES: "zh_CN", LANG: "en" };
    expect(chooseLang("en", env)).toBe("en");
    expect(chooseLang(undefined, env)).toBe("zh-CN");
    expect(chooseLang(undefined, { ...env, MEDKIT_LANG: undefined })).toBe("en");
    expect(chooseLang(undefined, { ...env, MEDKIT_LANG: "", LC_ALL: "" })).toBe("zh-CN");
    expect(chooseLang(undefined, { LANG: "zh_CN.UTF-8" })).toBe("zh-CN");
    expect(chooseLang(undefined, {})).toBe("en");
  });
});

describe("Translator", () => {
  test("fills messages in the chosen language", async () => {
    const [en, zh] = await Promise.all([loadTranslator("en"), loadTranslator("zh-CN")]);
    expect(en.text("progress.left", { duration: "3 s" })).toBe("3 s left");
    expect(zh.text("progress.left", { duration: "3 s" })).toBe("剩余 3 s");
    expect(en.lookup("no.such.key")).toBeUndefined();
    expect(en.lookup("toString")).toBeUndefined();
  });

  test("a parameter that names a message is that message, with the same parameters", async () => {
    const zh = await loadTranslator("zh-CN");
    const { message } = zh.error("USAGE", { problem: "@usage.missingValue", flag: "--out", help: "medkit --help" });
    expect(message).toBe("`--out` 需要一个值。");
    expect(zh.error("USAGE", { problem: "@not.a.key", help: "x" }).message).toBe("@not.a.key");
  });
});
