import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readKeys } from "../../src/openpgp/read-keys.ts";
import { verifyDetached } from "../../src/openpgp/verify.ts";
import { requires } from "../support/requirements.ts";

/**
 * Keys and signatures that GnuPG made, at chosen times, and its verdict beside ours. GnuPG tells good and bad by VALIDSIG with GOODSIG; a signature
 * by a key that has expired since it calls EXPKEYSIG, and one by a revoked key REVKEYSIG.
 */
const suite = requires({ commands: ["gpg"] });
let root = "";
const content = Buffer.from("an archive's bytes\n");
const now = "20260601T000000";

interface GpgRun {
  readonly status: number | null;
  readonly out: string;
}

function gpg(at: string, args: readonly string[], input?: string): GpgRun {
  const run = spawnSync(
    "gpg",
    ["--homedir", join(root, "gnupg"), "--batch", "--no-tty", "--yes", "--status-fd", "1", "--pinentry-mode", "loopback", "--passphrase", "", "--faked-system-time", `${at}!`, ...args], // prettier-ignore
    { encoding: "utf8", input },
  );
  return { status: run.status, out: `${run.stdout}${run.stderr}` };
}

function must(at: string, args: readonly string[], input?: string): string {
  const run = gpg(at, args, input);
  if (run.status !== 0) throw new Error(`gpg ${args.join(" ")}: ${run.out}`);
  return run.out;
}

const file = (): string => join(root, "archive.tar.gz");
function sign(at: string, name: string, ...more: readonly string[]): string {
  const target = join(root, `${name}.asc`);
  must(at, ["--armor", ...more, "--output", target, "--detach-sign", file()]);
  return target;
}

/** `good`, or the code of the refusal. */
async function ours(signature: string, bytes = content): Promise<string> {
  const keys = await readKeys(readFileSync(join(root, "key.asc")), "key.asc");
  try {
    await verifyDetached(
      { name: "archive.tar.gz", bytes },
      { name: "archive.tar.gz.asc", bytes: readFileSync(signature) },
      keys,
      new Date("2026-06-01T00:00:00Z"),
    );
    return "good";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

function theirs(signature: string, path = file()): string {
  const { out } = gpg(now, ["--verify", signature, path]);
  return /^\[GNUPG:\] (GOODSIG|EXPKEYSIG|REVKEYSIG|BADSIG|EXPSIG|ERRSIG) /m.exec(out)?.[1] ?? "nothing";
}

/** Made 2020. Its signing subkeys: one of 2021 for a year, and one of 2022 without an end. */
let fingerprint = "";
const made: Record<string, string> = {};
const exportKey = (): void => writeFileSync(join(root, "key.asc"), must(now, ["--armor", "--export"]).replace(/^\[GNUPG:\].*\n/gm, "")); // prettier-ignore

suite.describe("beside GnuPG", () => {
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "medkit-gnupg-"));
    mkdirSync(join(root, "gnupg"), { mode: 0o700 });
    writeFileSync(file(), content);
    must("20200101T000000", ["--quick-gen-key", "Publisher <publisher@example.org>", "rsa2048", "cert", "never"]);
    fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(must(now, ["--with-colons", "--list-keys"]))?.[1] ?? "";
    must("20210101T000000", ["--quick-add-key", fingerprint, "rsa2048", "sign", "1y"]);
    made["inTime"] = sign("20210601T000000", "inTime");
    must("20220301T000000", ["--quick-add-key", fingerprint, "ed25519", "sign", "never"]);
    made["second"] = sign("20230101T000000", "second");
    made["sha1"] = sign("20230102T000000", "sha1", "--digest-algo", "SHA1");
    made["text"] = sign("20230103T000000", "text", "--textmode");
    made["expired"] = sign("20230104T000000", "expired", "--default-sig-expire", "1d");
    made["future"] = sign("20270101T000000", "future");
    exportKey();
  }, 120_000);
  afterAll(() => {
    spawnSync("gpgconf", ["--homedir", join(root, "gnupg"), "--kill", "all"]);
    rmSync(root, { recursive: true, force: true });
  });

  test.each([
    ["by a subkey that has expired since", "inTime", "EXPKEYSIG", "good"],
    ["by a subkey without an end", "second", "GOODSIG", "good"],
    ["that has an end of its own", "expired", "EXPSIG", "SIGNATURE_EXPIRED"],
    // Where GnuPG is laxer: it takes SHA-1, text signatures over files, and dates to come.
    ["from the future", "future", "GOODSIG", "SIGNATURE_FUTURE"],
    ["with SHA-1", "sha1", "GOODSIG", "SIGNATURE_WEAK"],
    ["over the file as a text", "text", "GOODSIG", "SIGNATURE_UNREADABLE"],
  ])("a signature %s", async (_, which, verdict, code) => {
    const signature = made[which] ?? "";
    expect({ gpg: theirs(signature), medkit: await ours(signature) }).toEqual({ gpg: verdict, medkit: code });
  });

  test("a signature over other bytes is bad to both", async () => {
    const other = join(root, "other.tar.gz");
    writeFileSync(other, "other bytes");
    const signature = made["second"] ?? "";
    expect(theirs(signature, other)).toBe("BADSIG");
    expect(await ours(signature, Buffer.from("other bytes"))).toBe("SIGNATURE_WRONG");
  });

  test("a self-signature that was renewed since leaves what was signed before good", async () => {
    must("20240101T000000", ["--quick-set-expire", fingerprint, "10y"]);
    exportKey();
    const signature = made["second"] ?? "";
    expect({ gpg: theirs(signature), medkit: await ours(signature) }).toEqual({ gpg: "GOODSIG", medkit: "good" });
  });

  test("a revoked key counts for nothing; GnuPG says so in its status", async () => {
    const revocation = readFileSync(join(root, "gnupg/openpgp-revocs.d", `${fingerprint}.rev`), "utf8");
    must(now, ["--import"], revocation.replace(":-----BEGIN", "-----BEGIN"));
    exportKey();
    const signature = made["second"] ?? "";
    expect({ gpg: theirs(signature), medkit: await ours(signature) }).toEqual({
      gpg: "REVKEYSIG",
      medkit: "SIGNATURE_KEY_REVOKED",
    });
  });
});
