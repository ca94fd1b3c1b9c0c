import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as openpgp from "openpgp";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { layoutAt, openHome, type Layout } from "../state/index.ts";
import { importKeys, listKeys, readKeyring, removeKey, updateKeys } from "./keyring.ts";
import { parseFingerprint } from "./read-keys.ts";
import { verifyDetached } from "./verify.ts";

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const years = (n: number): number => n * 365 * 86_400;
const now = day("2026-06-01");
const content = Buffer.from("the bytes of an archive\r\n");
const file = { name: "go1.22.5.linux-amd64.tar.gz", bytes: content };

/** Made 2020; its primary key signs, and a subkey of 2021 that lives three years. */
let publisher: openpgp.PrivateKey;
let other: openpgp.PrivateKey;
const userIDs = [{ name: "Publisher", email: "publisher@example.org" }];
const fingerprintOf = (key: openpgp.Key): string => key.getFingerprint().toUpperCase();

type Wishes = Partial<Parameters<typeof openpgp.generateKey>[0]>;
async function newKey(date: Date, wishes: Wishes = {}): Promise<openpgp.PrivateKey> {
  const settings: Wishes = { type: "ecc", curve: "ed25519Legacy", date, subkeys: [] };
  return (await openpgp.generateKey({ userIDs, ...settings, ...wishes, format: "object" })).privateKey;
}

beforeAll(async () => {
  const made = await newKey(day("2020-01-01"));
  publisher = await made.addSubkey({ sign: true, date: day("2021-01-01"), keyExpirationTime: years(3) });
  other = await newKey(day("2020-01-01"));
});

let home = "";
let layout: Layout;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "medkit-keyring-"));
  layout = await openHome(home);
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** The library's types of what `sign` gives need a package that is not installed. */
const asBytes = (made: unknown): Buffer =>
  typeof made === "string" ? Buffer.from(made) : Buffer.from(made as Uint8Array);

interface SignOptions {
  readonly bytes?: Buffer;
  readonly by?: openpgp.KeyID;
  readonly format?: "armored" | "binary";
}

async function sign(
  key: openpgp.PrivateKey,
  date: Date,
  { bytes = content, by = key.getKeyID(), format = "armored" }: SignOptions = {},
): Promise<Buffer> {
  const message = await openpgp.createMessage({ binary: bytes });
  const wish = { message, signingKeys: key, signingKeyIDs: by, date, detached: true } as const;
  return asBytes(format === "binary" ? await openpgp.sign({ ...wish, format: "binary" }) : await openpgp.sign(wish));
}

const keyFile = (...keys: openpgp.Key[]): { name: string; bytes: Buffer } => ({
  name: "key.asc",
  bytes: Buffer.from(keys.map((key) => key.toPublic().armor()).join("\n")),
});
const options = (fingerprint?: string, apply = true) => ({ fingerprint, now, apply });

async function judge(signature: Buffer, ...keys: openpgp.Key[]): Promise<unknown> {
  return verifyDetached(file, { name: "x.asc", bytes: signature }, keys.map((key) => key.toPublic()), now); // prettier-ignore
}
const subkeyOf = (key: openpgp.Key): openpgp.KeyID => key.subkeys[0]?.getKeyID() ?? key.getKeyID();
const code = (expected: string): object => ({ code: expected });

describe("a detached signature", () => {
  test("by a known primary key is good, and it is said who judged it", async () => {
    const bytes = await sign(publisher, day("2022-01-01"));
    expect(await judge(bytes, other, publisher)).toMatchObject({
      key: fingerprintOf(publisher),
      signer: fingerprintOf(publisher),
      signedAt: "2022-01-01T00:00:00Z",
      userId: "Publisher <publisher@example.org>",
      verifier: expect.stringMatching(/^OpenPGP\.js \d/) as string,
    });
  });

  test("by a subkey that has expired since is good: the time of signing counts", async () => {
    const bytes = await sign(publisher, day("2023-06-01"), { by: subkeyOf(publisher) });
    expect(await judge(bytes, publisher)).toMatchObject({
      signer: publisher.subkeys[0]?.getFingerprint().toUpperCase(),
    });
  });

  test("binary instead of armored is read too", async () => {
    const bytes = await sign(publisher, day("2022-01-01"), { format: "binary" });
    expect(await judge(bytes, publisher)).toMatchObject({ hash: expect.stringMatching(/^sha/) as string });
  });

  test("over other bytes, by another key, or from the future is refused", async () => {
    const elsewhere = await sign(publisher, day("2022-01-01"), { bytes: Buffer.from("other bytes") });
    await expect(judge(elsewhere, publisher)).rejects.toMatchObject(code("SIGNATURE_WRONG"));
    await expect(judge(await sign(other, day("2022-01-01")), publisher)).rejects.toMatchObject(code("SIGNATURE_KEY_UNKNOWN")); // prettier-ignore
    await expect(judge(await sign(publisher, day("2026-06-02")), publisher)).rejects.toMatchObject(code("SIGNATURE_FUTURE")); // prettier-ignore
  });

  test("of several, one good one is enough, and a false one by a known key is too many", async () => {
    const binary = (key: openpgp.PrivateKey, bytes = content): Promise<Buffer> =>
      sign(key, day("2022-01-01"), { bytes, format: "binary" });
    const [mine, foreign] = [await binary(publisher), await binary(other)];
    const forged = await binary(publisher, Buffer.from("other bytes"));
    const both = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
    expect(await judge(both(foreign, mine), publisher)).toMatchObject({ key: fingerprintOf(publisher) });
    await expect(judge(both(mine, forged), publisher)).rejects.toMatchObject(code("SIGNATURE_WRONG"));
    await expect(judge(both(forged, mine), publisher)).rejects.toMatchObject(code("SIGNATURE_WRONG"));
  });

  const wish = { date: day("2022-01-01") };
  const textOf = async (text: string): Promise<openpgp.Message<string>> => openpgp.createMessage({ text });
  test.each([
    ["a page for people", async () => Buffer.from("<!doctype html><title>Log in</title>"), "noSignature"],
    ["nothing", async () => Buffer.alloc(0), "noSignature"],
    ["a key", async () => Buffer.from(publisher.toPublic().armor()), "key"],
    ["a signed text", async () => asBytes(await openpgp.sign({ ...wish, message: await openpgp.createCleartextMessage({ text: "text" }), signingKeys: publisher })), "cleartext"], // prettier-ignore
    ["a signed message", async () => asBytes(await openpgp.sign({ ...wish, message: await textOf("text"), signingKeys: publisher })), "message"], // prettier-ignore
    ["two blocks", async () => Buffer.concat([await sign(publisher, wish.date), await sign(other, wish.date)]), "manyBlocks"], // prettier-ignore
    ["a signature of a text", async () => asBytes(await openpgp.sign({ ...wish, message: await textOf("text"), signingKeys: publisher, detached: true })), "textMode"], // prettier-ignore
    ["a cut signature", async () => (await sign(publisher, wish.date)).subarray(0, 120), "noSignature"],
  ] as const)("that is %s is not read", async (_, made, problem) => {
    await expect(judge(await made(), publisher)).rejects.toMatchObject({
      code: "SIGNATURE_UNREADABLE",
      params: { problem: `@signature.${problem}` },
    });
  });
});

describe("a key, at the time of signing", () => {
  /** Signs whatever the library thinks of the key at that time. */
  async function raw(secret: unknown, keyPacket: openpgp.AnyKeyPacket, date: Date): Promise<Buffer> {
    const packet = new openpgp.SignaturePacket();
    packet.signatureType = openpgp.enums.signature.binary;
    packet.publicKeyAlgorithm = keyPacket.algorithm;
    packet.hashAlgorithm = openpgp.enums.hash.sha256;
    const [data] = (await openpgp.createMessage({ binary: content })).packets;
    await (packet as unknown as { sign(...args: unknown[]): Promise<void> }).sign(secret, data, date, true, openpgp.config); // prettier-ignore
    const list = new openpgp.PacketList<openpgp.SignaturePacket>();
    list.push(packet);
    return Buffer.from(list.write());
  }

  test("that had expired, or was not yet made, is refused", async () => {
    const subkey = publisher.subkeys[0];
    if (subkey === undefined) throw new Error("no subkey");
    const late = await raw(subkey.keyPacket, subkey.keyPacket, day("2024-06-01"));
    await expect(judge(late, publisher)).rejects.toMatchObject(code("SIGNATURE_AFTER_EXPIRY"));
    const early = await raw(subkey.keyPacket, subkey.keyPacket, day("2020-06-01"));
    await expect(judge(early, publisher)).rejects.toMatchObject(code("SIGNATURE_BEFORE_KEY"));
  });

  test("whose life was made longer since is good", async () => {
    const short = await newKey(day("2020-01-01"), { keyExpirationTime: years(1) });
    const bytes = await raw(short.keyPacket, short.keyPacket, day("2022-01-01"));
    await expect(judge(bytes, short)).rejects.toMatchObject(code("SIGNATURE_AFTER_EXPIRY"));
    const { privateKey: longer } = await openpgp.reformatKey({ privateKey: short, userIDs, date: day("2023-01-01"), keyExpirationTime: years(10), format: "object" }); // prettier-ignore
    expect(await judge(bytes, longer)).toMatchObject({ signedAt: "2022-01-01T00:00:00Z" });
  });

  test("that is revoked: after a harmless reason what was signed before counts, else nothing", async () => {
    const before = await sign(publisher, day("2022-01-01"));
    const after = await sign(publisher, day("2024-01-01"));
    const revoke = async (flag: openpgp.enums.reasonForRevocation): Promise<openpgp.Key> =>
      (await openpgp.revokeKey({ key: publisher, reasonForRevocation: { flag }, date: day("2023-01-01"), format: "object" })).publicKey; // prettier-ignore
    const { keySuperseded, keyCompromised, noReason } = openpgp.enums.reasonForRevocation;
    const superseded = await revoke(keySuperseded);
    expect(await judge(before, superseded)).toMatchObject({ key: fingerprintOf(publisher) });
    await expect(judge(after, superseded)).rejects.toMatchObject(code("SIGNATURE_KEY_REVOKED"));
    for (const flag of [keyCompromised, noReason])
      await expect(judge(before, await revoke(flag))).rejects.toMatchObject(code("SIGNATURE_KEY_REVOKED"));
  });

  test("that is a subkey of somebody else, taken over without its consent, is refused", async () => {
    const stolen = publisher.subkeys[0];
    if (stolen === undefined) throw new Error("no subkey");
    const bytes = await sign(publisher, day("2022-01-01"), { by: stolen.getKeyID() });
    // The thief binds the publisher's subkey to his own key; the subkey's own signature is still over the publisher's.
    const thief = await (await newKey(day("2020-01-01"))).addSubkey({ sign: true, date: day("2021-01-01") });
    const [binding] = thief.subkeys[0]?.bindingSignatures ?? [];
    if (binding === undefined) throw new Error("no binding");
    const forged = new openpgp.SignaturePacket();
    Object.assign(forged, { signatureType: openpgp.enums.signature.subkeyBinding, publicKeyAlgorithm: thief.keyPacket.algorithm, hashAlgorithm: openpgp.enums.hash.sha256, keyFlags: [2], embeddedSignature: stolen.bindingSignatures[0]?.embeddedSignature }); // prettier-ignore
    await (forged as unknown as { sign(...args: unknown[]): Promise<void> }).sign(thief.keyPacket, { key: thief.keyPacket, bind: stolen.keyPacket }, day("2021-01-01"), false, openpgp.config); // prettier-ignore
    const list = thief.toPublic().toPacketList().filterByTag(openpgp.enums.packet.publicKey, openpgp.enums.packet.userID, openpgp.enums.packet.signature); // prettier-ignore
    const whole = new openpgp.PacketList<openpgp.AnyPacket>();
    whole.push(...[...list].slice(0, 3), publisher.toPublic().toPacketList().filterByTag(openpgp.enums.packet.publicSubkey)[0] as never, forged); // prettier-ignore
    const key = await openpgp.readKey({ binaryKey: whole.write() });
    await expect(judge(bytes, key)).rejects.toMatchObject(code("SIGNATURE_KEY_UNBOUND"));
    expect(await judge(bytes, publisher)).toMatchObject({ key: fingerprintOf(publisher) });
  });
});

describe("the keyring", () => {
  test("takes a key only with its whole fingerprint, and only that one of the file", async () => {
    const both = keyFile(other, publisher);
    await expect(importKeys(layout, both, options())).rejects.toMatchObject(code("OPENPGP_KEY_UNCONFIRMED"));
    await expect(importKeys(layout, both, options("0".repeat(40)))).rejects.toMatchObject(code("OPENPGP_KEY_OTHER"));
    await importKeys(layout, both, options(fingerprintOf(publisher), false));
    expect(await readKeyring(layout)).toEqual([]);
    await importKeys(layout, both, options(fingerprintOf(publisher)));
    expect(await listKeys(layout, now)).toMatchObject([
      {
        fingerprint: fingerprintOf(publisher),
        confirmed: { by: "person" },
        signers: [{ state: "usable" }, { state: "expired", expires: "2024-01-01T00:00:00Z" }],
      },
    ]);
    await removeKey(layout, fingerprintOf(publisher), true);
    await expect(removeKey(layout, fingerprintOf(publisher), true)).rejects.toMatchObject(code("OPENPGP_KEY_UNKNOWN"));
  });

  test("refuses secret keys, what is no key, and weak ones", async () => {
    const secret = { name: "s.asc", bytes: Buffer.from(publisher.armor()) };
    await expect(importKeys(layout, secret, options(fingerprintOf(publisher)))).rejects.toMatchObject({ code: "OPENPGP_KEY_INVALID", params: { problem: "@key.secret" } }); // prettier-ignore
    const page = { name: "page.html", bytes: Buffer.from("<html>") };
    await expect(importKeys(layout, page, options("0".repeat(40)))).rejects.toMatchObject(code("OPENPGP_KEY_INVALID"));
    const weak = await newKey(day("2020-01-01"), { type: "rsa", rsaBits: 1024, config: { minRSABits: 1024 } });
    await expect(importKeys(layout, keyFile(weak), options(fingerprintOf(weak)))).rejects.toMatchObject({ params: { problem: "@key.weak" } }); // prettier-ignore
  });

  test("is brought up to date by what the primary key signed, and by that only", async () => {
    await importKeys(layout, keyFile(publisher), options(fingerprintOf(publisher)));
    expect(await updateKeys(layout, keyFile(publisher), options())).toMatchObject([{ change: "unchanged" }]);
    const newer = await publisher.addSubkey({ sign: true, date: day("2024-01-01") });
    expect(await updateKeys(layout, keyFile(newer), options())).toMatchObject([{ change: "updated" }]);
    expect((await readKeyring(layout))[0]?.key.subkeys).toHaveLength(2);
    // An older copy takes nothing away.
    expect(await updateKeys(layout, keyFile(publisher), options())).toMatchObject([{ change: "unchanged" }]);
    expect((await readKeyring(layout))[0]?.key.subkeys).toHaveLength(2);
    const stranger = await other.addSubkey({ sign: true, date: day("2024-01-01") });
    const packets = newer.toPublic().toPacketList();
    packets.push(...[...stranger.toPublic().toPacketList()].slice(-2));
    const forged = await openpgp.readKey({ binaryKey: packets.write() });
    await expect(updateKeys(layout, keyFile(forged), options())).rejects.toMatchObject(code("OPENPGP_KEY_FORGED"));
  });

  test("takes a successor that a known key has certified, or that a person confirms", async () => {
    await importKeys(layout, keyFile(publisher), options(fingerprintOf(publisher)));
    const next = await newKey(day("2025-01-01"));
    await expect(updateKeys(layout, keyFile(next), options())).rejects.toMatchObject(code("OPENPGP_KEY_UNVOUCHED"));
    const byStranger = await next.toPublic().signAllUsers([other], day("2025-02-01"));
    await expect(updateKeys(layout, keyFile(byStranger), options())).rejects.toMatchObject(
      code("OPENPGP_KEY_UNVOUCHED"),
    );
    const certified = await next.toPublic().signAllUsers([publisher], day("2025-02-01"));
    expect(await updateKeys(layout, keyFile(certified), options())).toMatchObject([
      { change: "added", confirmed: { by: "key", fingerprint: fingerprintOf(publisher) } },
    ]);
    expect(await updateKeys(layout, keyFile(other), options(fingerprintOf(other)))).toMatchObject([
      { change: "added", confirmed: { by: "person" } },
    ]);
    expect(await readKeyring(layout)).toHaveLength(3);
  });

  test("that was tampered with is not used", async () => {
    await importKeys(layout, keyFile(publisher), options(fingerprintOf(publisher)));
    const path = layoutAt(home).openpgpKey(fingerprintOf(publisher));
    const text = await readFile(path, "utf8");
    await writeFile(path, JSON.stringify({ ...(JSON.parse(text) as object), armored: other.toPublic().armor() }));
    await expect(readKeyring(layout)).rejects.toMatchObject(code("KEYRING_DAMAGED"));
    await writeFile(path, text.slice(0, 300));
    await expect(readKeyring(layout)).rejects.toMatchObject(code("KEYRING_DAMAGED"));
  });

  test("knows fingerprints as people write them, and no key IDs", () => {
    const whole = "EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796";
    expect(parseFingerprint("EB4C 1BFD 4F04 2F6D DDCC  EC91 7721 F63B D38B 4796")).toBe(whole);
    expect(parseFingerprint(`0x${whole.toLowerCase()}`)).toBe(whole);
    expect(parseFingerprint("7721F63BD38B4796")).toBeUndefined();
  });
});
