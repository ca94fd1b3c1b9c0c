import { describe, expect, test } from "vitest";
import { MedkitError } from "../../core/errors.ts";
import { loadTranslator } from "../../i18n/index.ts";
import { asMedkitError, errorText } from "./error.ts";
import { formatDuration } from "./format.ts";
import { errorDocument, resultDocument, schemaOf } from "./json.ts";
import { chooseStyle } from "./style.ts";

const [en, zh] = await Promise.all([loadTranslator("en"), loadTranslator("zh-CN")]);
const plain = chooseStyle("never", {}, {});

test.each([
  [0.4, "0 ms"],
  [999, "999 ms"],
  [999.6, "1.0 s"],
  [3100, "3.1 s"],
  [59_960, "1 min 00 s"],
  [125_000, "2 min 05 s"],
  [3_720_000, "1 h 02 min"],
])("%d ms are %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

describe("an error as text", () => {
  test("has message, code, hint and where to read more", () => {
    const error = new MedkitError("HOST_NO_SPACE", { path: "/kit", needed: "2.0 GiB", free: "1.0 GiB" });
    expect(errorText(error, en, plain)).toBe(
      [
        "error: No space is left for /kit: 2.0 GiB needed, 1.0 GiB free. [HOST_NO_SPACE]",
        "  → Make room, or point medkit at another disk: `--home DIR` for its own state, `--out DIR` for what it makes.",
        "  Why, and what else to try: medkit explain HOST_NO_SPACE",
        "",
      ].join("\n"),
    );
  });

  test("leaves out what is not known", () => {
    expect(errorText(new MedkitError("HOST_NO_SPACE", { path: "/kit" }), en, plain)).toContain(
      "No space is left for /kit.",
    );
    expect(errorText(new MedkitError("HOST_NO_SPACE"), zh, plain)).toContain("空间不足。");
  });

  test("lists parameters that no sentence uses", () => {
    const error = new MedkitError("TOOLCHAIN_UNAVAILABLE", {
      version: "1.21.13",
      platform: "linux/amd64",
      reasons: "a: 404\nb: timeout",
    });
    expect(errorText(error, en, plain)).toContain("\n  reasons: a: 404\n  b: timeout\n");
  });

  test("a bug shows where it happened", () => {
    const error = asMedkitError(new TypeError("x is not a function"));
    expect(error).toMatchObject({ code: "UNEXPECTED", exit: 1 });
    expect(errorText(error, en, plain)).toMatch(
      /did not foresee: x is not a function[\s\S]*TypeError[\s\S]*render\.test\.ts/,
    );
  });

  test("a refusal of the host is told as such", () => {
    const refused = Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS", path: "/kit/x" });
    expect(asMedkitError(refused)).toMatchObject({ code: "HOST_READ_ONLY", params: { path: "/kit/x" } });
    expect(asMedkitError(Object.assign(new Error("ENOENT"), { code: "ENOENT", path: "/x" })).code).toBe("UNEXPECTED");
  });

  test("anything thrown becomes an error with a code", () => {
    expect(asMedkitError("text")).toMatchObject({ code: "UNEXPECTED", params: { detail: "text" } });
    const own = new MedkitError("LOCKED");
    expect(asMedkitError(own)).toBe(own);
  });
});

describe("documents", () => {
  const text = (): string => "";

  test("are named by the command's words", () => {
    expect(schemaOf("kit build")).toBe("medkit/kit-build/v1");
    expect(schemaOf("drill")).toBe("medkit/drill/v1");
  });

  test("a good result", () => {
    expect(JSON.parse(resultDocument("kit verify", { data: { files: 2 }, text }, 0, en))).toEqual({
      schema: "medkit/kit-verify/v1",
      ok: true,
      data: { files: 2 },
    });
  });

  test("an answer that is no carries data and error", () => {
    const bare = JSON.parse(resultDocument("kit verify", { data: [1], text, exit: 4 }, 4, en)) as unknown;
    expect(bare).toMatchObject({
      schema: "medkit/kit-verify/v1",
      ok: false,
      error: { code: "INTEGRITY", exit: 4 },
      data: [1],
    });
    const named = JSON.parse(
      resultDocument("doctor", { data: [], text, problem: new MedkitError("ANSWER_IS_NO") }, 3, zh),
    ) as unknown;
    expect(named).toMatchObject({
      ok: false,
      error: { code: "ANSWER_IS_NO", exit: 3, message: "检查已完成，答案是否定的。" },
    });
  });

  test("an error carries code, message, hint, exit and docs", () => {
    const { error } = JSON.parse(errorDocument(new MedkitError("OFFLINE", { url: "https://x.test/" }), en)) as {
      error: Record<string, unknown>;
    };
    expect(Object.keys(error)).toEqual(["code", "message", "hint", "exit", "docs", "params"]);
    expect(error["message"]).toContain("https://x.test/");
  });
});
