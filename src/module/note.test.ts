import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gosumdbValue, isSameKey, KNOWN_DATABASE_KEYS, parseGosumdb } from "./gosumdb.ts";
import { openTreeHead } from "./log-record.ts";
import { createNoteSigner, ed25519FromSeed, openNote, parseVerifierKey, signNote } from "./note.ts";

const key = (seed: string, name = "log.example.org"): ReturnType<typeof createNoteSigner> =>
  createNoteSigner(name, ed25519FromSeed(createHash("sha256").update(seed).digest()));
const ours = key("ours");
const other = key("other");
const verifier = parseVerifierKey(ours.verifierKey);
const text = "two\nlines\n";
const note = signNote(text, [ours.signer]);

describe("the known database's own note", () => {
  const real = readFileSync(new URL("__fixtures__/mirror/sumdb/sum.golang.org/latest", import.meta.url), "utf8");
  const known = parseVerifierKey(KNOWN_DATABASE_KEYS["sum.golang.org"] ?? "");

  it("opens with its known key", () => {
    expect(openTreeHead(real, known)).toMatchObject({ size: 71_999_284, note: real });
  });

  it("does not open once a digit has changed", () => {
    expect(() => openTreeHead(real.replace("71999284", "71999285"), known)).toThrow("DATABASE_SIGNATURE_INVALID");
  });
});

describe("openNote", () => {
  it("gives the text, and who signed", () => {
    const both = signNote(text, [other.signer, ours.signer]);
    const opened = openNote(both, [verifier]);
    expect(opened.text).toBe(text);
    expect(opened.verified.map((each) => each.keyHash)).toEqual([ours.signer.keyHash]);
    expect(opened.unverified.map((each) => each.keyHash)).toEqual([other.signer.keyHash]);
  });

  it("reads bytes as it reads text", () => {
    expect(openNote(Buffer.from(note), [verifier]).text).toBe(text);
  });

  it("refuses a note by unknown keys only, even of the same name", () => {
    expect(() => openNote(signNote(text, [other.signer]), [verifier])).toThrow("DATABASE_NOTE_UNSIGNED");
    expect(() => openNote(note, [])).toThrow("DATABASE_NOTE_UNSIGNED");
  });

  it("refuses a wrong signature by the known key, whatever stands beside it", () => {
    expect(() => openNote(note.replace("two", "six"), [verifier])).toThrow("DATABASE_SIGNATURE_INVALID");
    const wrong = { ...other.signer, keyHash: ours.signer.keyHash };
    expect(() => openNote(signNote(text, [wrong, other.signer]), [verifier])).toThrow("DATABASE_SIGNATURE_INVALID");
  });

  it.each([
    ["no signatures", text],
    ["no blank line", note.replace("\n\n", "\n")],
    ["no final line feed", note.slice(0, -1)],
    ["a line among the signatures", `${note}example.org/evil v1.0.0 h1:x\n`],
    ["a control character", note.replace("two", "t\tw")],
    ["a carriage return", note.replaceAll("\n", "\r\n")],
    ["a signature that is not base64", note.replace(/=\n$/, "*\n")],
    ["base64 that is not canonical", note.replace(/(.)=\n$/, (_, last: string) => `${last}\n`)],
    ["a hyphen for the dash", note.replace("\u2014", "-")],
    ["101 signatures", `${note}${(note.split("\n\n")[1] ?? "").repeat(101)}`],
    ["nothing", ""],
  ])("refuses %s", (_, bad) => {
    expect(() => openNote(bad, [verifier])).toThrow("DATABASE_NOTE_INVALID");
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(() => openNote(Buffer.concat([Buffer.of(0xff), Buffer.from(note)]), [verifier])).toThrow(
      "DATABASE_NOTE_INVALID",
    );
  });
});

describe("parseVerifierKey", () => {
  const good = ours.verifierKey;
  it.each([
    ["a wrong hash", good.replace(/\+[0-9a-f]{8}\+/, "+00000000+")],
    ["another name", `x${good}`],
    ["a short key", good.slice(0, -8)],
    ["a space in the name", good.replace("log", "l g")],
    ["a name only", "log.example.org"],
    ["nothing", ""],
  ])("refuses %s", (_, bad) => {
    expect(() => parseVerifierKey(bad)).toThrow("DATABASE_KEY_INVALID");
  });
});

describe("parseGosumdb", () => {
  it("knows the known name, full keys, URLs and off", () => {
    expect(parseGosumdb("sum.golang.org")).toMatchObject({
      kind: "database",
      verifier: { name: "sum.golang.org" },
      url: undefined,
    });
    expect(parseGosumdb(`${ours.verifierKey} https://mirror.example.org/db`)).toMatchObject({
      verifier: { name: "log.example.org" },
      url: "https://mirror.example.org/db",
    });
    expect(parseGosumdb(" off ")).toEqual({ kind: "off" });
    expect(parseGosumdb(key("x", "log.example.org:8080/team/~a").verifierKey)).toMatchObject({
      verifier: { name: "log.example.org:8080/team/~a" },
    });
  });

  it("knows the alias that go knows, by itself only", () => {
    expect(parseGosumdb("sum.golang.google.cn")).toMatchObject({
      verifier: { name: "sum.golang.org", text: KNOWN_DATABASE_KEYS["sum.golang.org"] },
      url: "https://sum.golang.google.cn",
    });
    expect(() => parseGosumdb("sum.golang.google.cn https://x.example")).toThrow("DATABASE_KEY_INVALID");
  });

  it("gives go the known name or the key, never an address", () => {
    const known = KNOWN_DATABASE_KEYS["sum.golang.org"] ?? "";
    for (const gosumdb of ["sum.golang.org", known, `${known} https://x.example`, "sum.golang.google.cn"])
      expect(gosumdbValue(gosumdb)).toBe("sum.golang.org");
    expect(gosumdbValue(`${ours.verifierKey} https://mirror.example.org/db`)).toBe(ours.verifierKey);
  });

  it("tells one key from another of the same name", () => {
    const [a, b] = [parseVerifierKey(ours.verifierKey), parseVerifierKey(key("another").verifierKey)];
    const [, hash = ""] = /\+([0-9a-f]{8})\+/.exec(ours.verifierKey) ?? [];
    expect(isSameKey(a, parseVerifierKey(ours.verifierKey.replace(hash, hash.toUpperCase())))).toBe(true);
    expect(isSameKey(a, b)).toBe(false);
    expect(isSameKey(a, { ...a, name: "other.example.org" })).toBe(false);
  });

  it.each([
    "",
    "unknown.example.org",
    `${ours.verifierKey} a b`,
    `${ours.verifierKey} ftp://x`,
    key("x", "../up").verifierKey,
    key("x", "host/..").verifierKey,
    key("x", "h/?q").verifierKey,
  ])("refuses %j", (bad) => {
    expect(() => parseGosumdb(bad)).toThrow("DATABASE_KEY_INVALID");
  });
});
