import { expect, it } from "vitest";
import { parseBytes } from "./parse-bytes.ts";

it.each([
  ["50GiB", 50 * 2 ** 30],
  ["1.5 TB", 1.5e12],
  ["10kB", 10_000],
  ["0", 0],
  ["1000", 1000],
])("reads %s", (text, bytes) => expect(parseBytes(text)).toBe(bytes));

it.each(["", "GiB", "5G", "-5GB", "5 XB", "1e9", "0x10", "5GB5"])("takes %j for no size", (text) =>
  expect(parseBytes(text)).toBeUndefined(),
);
