import { beforeEach, expect, test } from "vitest";
import { MedkitError } from "../core/errors.ts";
import type { ErrorCode } from "../core/error-codes.ts";
import type { ProgressEvent } from "../core/events.ts";
import { askSources, type Liars } from "./ask-sources.ts";
import type { FetchOptions, ToolchainSource } from "./types.ts";

const request = { version: "1.22.5", platform: { os: "linux", arch: "amd64" } };
let events: ProgressEvent[] = [];
let now = 0;
const ports = {
  clock: { now: () => new Date(0), monotonic: () => now },
  progress: { emit: (event: ProgressEvent) => void events.push(event) },
};
beforeEach(() => {
  events = [];
  now = 0;
});

const source = (at: string, places: readonly string[] | undefined = [at]): ToolchainSource => ({
  kind: "download",
  at,
  ...(places.length === 0 ? {} : { places }),
  fetch: () => Promise.reject(new Error("not called here")),
});
/** What is asked, one after the other: how the attempt goes at that place. */
type Way = (options: FetchOptions) => string;
const refuse = (code: ErrorCode): never => {
  throw new MedkitError(code, { subject: "x", reasons: "x" });
};
const lies: Way = () => refuse("TOOLCHAIN_MISMATCH");

async function ask(sources: readonly ToolchainSource[], ways: Readonly<Record<string, Way>>, liars: Liars = new Set()) {
  const asked: string[] = [];
  const answer = askSources(ports, request, sources, liars, async ({ places = [], at = "" }, options) => {
    const place = places.find((each) => options.avoid?.has(each) !== true) ?? at;
    asked.push(place);
    options.onBytes?.(place);
    return await Promise.resolve(ways[place]?.(options) ?? refuse("TOOLCHAIN_UNAVAILABLE"));
  });
  return { asked, answer: await answer.catch((error: unknown) => error), liars };
}

test("a place that lied is not asked again in the same command, and is named", async () => {
  const liars: Liars = new Set();
  const first = await ask([source("a"), source("b")], { a: lies, b: () => "got" }, liars);
  expect(first.answer).toMatchObject({
    result: "got",
    delivery: { by: "download (b)", refused: [{ source: "download (a)", code: "TOOLCHAIN_MISMATCH" }] },
  });
  const second = await ask([source("a"), source("b")], { a: () => "got", b: () => "got" }, liars);
  expect(second.asked).toEqual(["b"]);
  expect(second.answer).toMatchObject({
    delivery: {
      refused: [{ source: "download (a)", reason: "left out: what it gave before was not what was published" }],
    },
  });
});

test("one that has it not, or breaks off, is asked again", async () => {
  const { liars } = await ask([source("a")], { a: () => refuse("PROXY_BROKEN_OFF") });
  expect([...liars]).toEqual([]);
  const { asked, liars: after } = await ask([source("a"), source("a")], { a: () => refuse("PROXY_FAILED") }, liars);
  expect([asked, [...after]]).toEqual([["a", "a"], []]);
});

test("of several places the others are asked; of what lies here every one, each time", async () => {
  const list = source("a,b,c", ["a", "b", "c"]);
  expect(await ask([list], { a: lies, b: lies, c: () => "got" })).toMatchObject({
    asked: ["a", "b", "c"],
    answer: { delivery: { refused: [{ source: "download (a)" }, { source: "download (b)" }] } },
  });
  expect(await ask([list], { a: lies, b: lies, c: lies })).toMatchObject({
    asked: ["a", "b", "c"],
    answer: { code: "TOOLCHAIN_MISMATCH", reasons: [{}, {}, {}] },
  });
  expect(await ask([source("file", []), source("file", [])], { file: lies })).toMatchObject({
    asked: ["file", "file"],
    liars: new Set(),
  });
});

test.each(["TOOLCHAIN_MISMATCH", "ZIP_DAMAGED", "ARCHIVE_DAMAGED", "PROXY_NOT_ARCHIVE"] as const)(
  "what was put together and is %s is fetched once more in one piece, before anybody is blamed",
  async (code) => {
    for (const from of [
      { resumed: 5, parts: 0 },
      { resumed: 0, parts: 2 },
    ]) {
      const patched: Way = ({ onProgress, whole }) => {
        onProgress?.({ done: 10, total: 10, ...(whole === true ? { resumed: 0, parts: 0 } : from) });
        return whole === true ? "got" : refuse(code);
      };
      const { asked, answer, liars } = await ask([source("a")], { a: patched });
      expect([asked, [...liars]]).toEqual([["a", "a"], []]);
      expect(answer).toMatchObject({ result: "got", delivery: { refused: [], download: { resumed: 0, parts: 0 } } });
    }
    const never: Way = ({ onProgress }) => {
      onProgress?.({ done: 10, total: 10, resumed: 5, parts: 0 });
      return refuse(code);
    };
    expect(await ask([source("a")], { a: never })).toMatchObject({ asked: ["a", "a"], answer: { code } });
  },
);

test("what came in one piece is not fetched twice, nor what was put together and only broke off", async () => {
  const once: Way = ({ onProgress }) => {
    onProgress?.({ done: 10, total: 10, resumed: 0, parts: 0 });
    return refuse("TOOLCHAIN_MISMATCH");
  };
  expect(await ask([source("a")], { a: once })).toMatchObject({ asked: ["a"] });
  const broken: Way = ({ onProgress }) => {
    onProgress?.({ done: 5, total: 10, resumed: 5, parts: 0 });
    return refuse("PROXY_BROKEN_OFF");
  };
  expect(await ask([source("a")], { a: broken })).toMatchObject({ asked: ["a"] });
});

test("a full disk and Ctrl-C end it at once", async () => {
  for (const code of ["HOST_NO_SPACE", "INTERRUPTED"] as const)
    expect(await ask([source("a"), source("b")], { a: () => refuse(code), b: () => "got" })).toMatchObject({
      asked: ["a"],
      answer: { code },
    });
});

test("progress is told now and then and at the end, and that it goes on once", async () => {
  const steps: Way = ({ onProgress }) => {
    for (const done of [6, 7, 8, 9, 10]) {
      onProgress?.({ done, total: 10, resumed: 5, parts: 0 });
      now += 90;
    }
    return "got";
  };
  await ask([source("a")], { a: steps });
  expect(events.filter(({ type }) => type === "note")).toEqual([
    { type: "note", level: "info", text: "@downloadResumed", params: { here: "5 B", total: "10 B" } },
  ]);
  expect(events.flatMap((event) => (event.type === "step-progress" ? [event] : []))).toMatchObject(
    [6, 9, 10].map((done) => ({ step: "toolchain go1.22.5.linux-amd64", done, total: 10, resumed: 5, unit: "bytes" })),
  );
});
