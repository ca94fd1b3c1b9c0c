import { dropOldest } from "../../core/drop-oldest.ts";
import { createHmac, randomBytes } from "node:crypto";
import type { Ports } from "../../core/ports.ts";
import type { Login } from "./login-file.ts";
import { isSecret, wasteTime } from "./secret.ts";

/** What becomes of a request that has to log in. */
export type Admission =
  | { readonly admitted: true; readonly user: string }
  /** `wait`: seconds until the next try of this address is looked at. */
  | { readonly admitted: false; readonly why: "missing" | "wrong" | "busy" | "waiting"; readonly wait?: number };

/** Wrong tries of one address after which it has to wait, and the milliseconds within which they count. */
const mostWrong = 10;
const window = 60_000;
/** Addresses, and proven headers, that are remembered. */
const mostRemembered = 10_000;
/** Passwords that are hashed at once, and that wait for it: each takes 32 MiB. */
const atOnce = 2;
const mostWaiting = 64;

interface Tries {
  count: number;
  since: number;
}

/**
 * Knows who may come in. A header that was right is remembered by a keyed hash, so that the slow hash of a password is paid once. An address that guesses
 * has to wait; who is known already never does.
 */
export class Guard {
  readonly #clock: Pick<Ports["clock"], "monotonic">;
  #logins: ReadonlyMap<string, Login>;
  #key = randomBytes(32);
  readonly #proven = new Map<string, string>();
  readonly #wrong = new Map<string, Tries>();
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(clock: Pick<Ports["clock"], "monotonic">, logins: readonly Login[]) {
    this.#clock = clock;
    this.#logins = byName(logins);
  }

  /** Other logins from now on; what was proven before has to be proven again. */
  replace(logins: readonly Login[]): void {
    this.#logins = byName(logins);
    this.#proven.clear();
    this.#key = randomBytes(32);
  }

  /** Judges an `Authorization` header: Basic with a password or a token, or Bearer with a token alone. */
  async admit(header: string | undefined, address: string): Promise<Admission> {
    if (header === undefined) return { admitted: false, why: "missing" };
    const known = this.#proven.get(this.#digest(header));
    if (known !== undefined) return { admitted: true, user: known };
    const wait = this.#waitOf(address);
    if (wait > 0) return { admitted: false, why: "waiting", wait };
    if (!(await this.#enter())) return { admitted: false, why: "busy", wait: 1 };
    try {
      const user = await this.#userOf(header);
      if (user === undefined) {
        this.#countWrong(address);
        return { admitted: false, why: "wrong" };
      }
      remember(this.#proven, this.#digest(header), user);
      return { admitted: true, user };
    } finally {
      this.#leave();
    }
  }

  #digest(header: string): string {
    return createHmac("sha256", this.#key).update(header).digest("base64");
  }

  async #userOf(header: string): Promise<string | undefined> {
    const { name, secret } = readHeader(header);
    if (secret === undefined) return undefined;
    const logins = this.#logins;
    if (name === undefined) {
      for (const login of logins.values())
        if (login.kept.kind === "token" && (await isSecret(login.kept, secret))) return this.#still(logins, login.name);
      return undefined;
    }
    const login = logins.get(name);
    if (login === undefined) {
      await wasteTime(secret);
      return undefined;
    }
    return (await isSecret(login.kept, secret)) ? this.#still(logins, name) : undefined;
  }

  /** Nobody comes in by a file that was replaced while a hash was computed. */
  #still(logins: ReadonlyMap<string, Login>, name: string): string | undefined {
    return logins === this.#logins ? name : undefined;
  }

  #waitOf(address: string): number {
    const tries = this.#wrong.get(address);
    if (tries === undefined || tries.count < mostWrong) return 0;
    return Math.ceil((tries.since + window - this.#clock.monotonic()) / 1000);
  }

  #countWrong(address: string): void {
    const now = this.#clock.monotonic();
    const tries = this.#wrong.get(address);
    if (tries === undefined || tries.since + window <= now) remember(this.#wrong, address, { count: 1, since: now });
    else tries.count++;
  }

  async #enter(): Promise<boolean> {
    if (this.#running < atOnce) {
      this.#running++;
      return true;
    }
    if (this.#waiting.length >= mostWaiting) return false;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return true;
  }

  /** The place goes to the next who waits. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}

function byName(logins: readonly Login[]): ReadonlyMap<string, Login> {
  return new Map(logins.map((login) => [login.name, login]));
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  dropOldest(map, mostRemembered);
}

/** RFC 7617, where go puts what netrc has, and RFC 6750 with a token alone. */
function readHeader(header: string): { readonly name?: string; readonly secret?: string } {
  const [, scheme = "", rest = ""] = /^(basic|bearer) +(\S+)$/i.exec(header.trim()) ?? [];
  if (scheme.toLowerCase() === "bearer") return { secret: rest };
  const text = Buffer.from(rest, "base64").toString("utf8");
  const at = text.indexOf(":");
  return at < 0 ? {} : { name: text.slice(0, at), secret: text.slice(at + 1) };
}
