import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** Costs of scrypt (RFC 7914): 32 MiB and about 60 ms a try. */
const cost = { logN: 15, r: 8, p: 1 };
/** Costs of a file that are still computed: 256 MiB. */
const mostLogN = 18;
const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** How a secret is kept: a password's scrypt hash in PHC form, or the SHA-256 of a token, which is random and needs no more. */
export type Kept =
  | { readonly kind: "password"; readonly logN: number; readonly salt: Buffer; readonly hash: Buffer }
  | { readonly kind: "token"; readonly sha256: Buffer };

const base64 = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");

async function hashOf(password: string, salt: Buffer, logN: number): Promise<Buffer> {
  const N = 2 ** logN;
  return await derive(password.normalize("NFC"), salt, 32, { N, r: cost.r, p: cost.p, maxmem: 192 * N * cost.r });
}

/** The text of a password for a file of logins. */
export async function keepPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await hashOf(password, salt, cost.logN);
  return `$scrypt$ln=${cost.logN},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(hash)}`;
}

/** A new token of 256 random bits, and its text for a file of logins. */
export function makeToken(): { readonly token: string; readonly kept: string } {
  const token = `mk_${randomBytes(32).toString("base64url")}`;
  return { token, kept: `$sha256$${createHash("sha256").update(token).digest("hex")}` };
}

/** Reads what keepPassword and makeToken gave; undefined for anything else. */
export function parseKept(text: string): Kept | undefined {
  const token = /^\$sha256\$([0-9a-f]{64})$/.exec(text)?.[1];
  if (token !== undefined) return { kind: "token", sha256: Buffer.from(token, "hex") };
  const [, logN = "", salt = "", hash = ""] =
    /^\$scrypt\$ln=([0-9]{1,2}),r=8,p=1\$([A-Za-z0-9+/]{16,})\$([A-Za-z0-9+/]{43})$/.exec(text) ?? [];
  if (hash === "" || Number(logN) < 10 || Number(logN) > mostLogN) return undefined;
  return {
    kind: "password",
    logN: Number(logN),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}

/** Whether a secret is the kept one, in a time that does not tell how near it came. */
export async function isSecret(kept: Kept, secret: string): Promise<boolean> {
  if (kept.kind === "token") return timingSafeEqual(kept.sha256, createHash("sha256").update(secret).digest());
  return timingSafeEqual(kept.hash, await hashOf(secret, kept.salt, kept.logN));
}

/** Takes as long as a password that is kept: whoever guesses names does not learn which there are. */
export async function wasteTime(secret: string): Promise<void> {
  await hashOf(secret, Buffer.alloc(16), cost.logN);
}
