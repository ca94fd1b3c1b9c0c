import { setTimeout as sleep } from "node:timers/promises";
import type { Readable } from "node:stream";
import { AwsV4Signer } from "aws4fetch";
import { sha256Hex } from "../../core/digest.ts";
import { MedkitError, systemCode } from "../../core/errors.ts";
import type { Ports } from "../../core/ports.ts";
import { parseRefusal, type ServerRefusal } from "./answers.ts";
import { objectUrl, s3AddressText } from "./address.ts";
import type { CredentialSource, HttpAnswer, S3Place, Send } from "./types.ts";

export interface RequesterOptions {
  readonly place: S3Place;
  readonly credentials: CredentialSource;
  readonly send: Send;
  readonly clock: Ports["clock"];
  /** How often a request is sent again after the network or the server failed. Default 4. */
  readonly retries?: number;
  /** Milliseconds before the first new try; each later one waits up to twice as long. Default 100. */
  readonly backoff?: number;
  /** Milliseconds after which nothing is sent again. Default 20,000. */
  readonly patience?: number;
}

export interface S3Request {
  /** The API's name of it, for people: `PutObject`. */
  readonly operation: string;
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** Below the place's prefix; undefined: the bucket itself. */
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Statuses besides 2xx that the caller understands. */
  readonly accept?: readonly number[];
}

/** A wait that a server's pushing back cannot exceed, milliseconds. */
const longestWait = 5_000;
/** Octets of an answer that is read whole. */
const mostText = 8 * 1024 * 1024;

const transientCodes = new Set([
  "SlowDown",
  "InternalError",
  "ServiceUnavailable",
  "RequestTimeout",
  "OperationAborted",
  "ConditionalRequestConflict",
]);

/** What a 404 says where the object, or the upload, is not there; a HEAD says nothing. Other codes are about the bucket, or the keys. */
const absentCodes = new Set(["", "NoSuchKey", "NoSuchUpload", "NotFound"]);

/**
 * Signs requests (signature V4), sends them to the one host of the place, and sends again what may pass: a broken connection, a time-out, 429, 5xx. A
 * redirect is never followed. Throws S3_UNREACHABLE, S3_REFUSED, S3_BUCKET_ABSENT, S3_REDIRECTED, and what the credentials throw.
 */
export class S3Requester {
  readonly place: S3Place;
  readonly #options: RequesterOptions;
  /** Milliseconds that the server's clock is before ours. */
  #skew = 0;
  readonly #keys = new Map<string, ArrayBuffer>();

  constructor(options: RequesterOptions) {
    this.place = options.place;
    this.#options = options;
  }

  async ask(request: S3Request): Promise<HttpAnswer> {
    let anew = false;
    const since = this.#options.clock.monotonic();
    for (let attempt = 0; ; attempt++) {
      let answer: HttpAnswer;
      try {
        answer = await this.#once(request, anew);
      } catch (error) {
        if (error instanceof MedkitError) throw error;
        if (this.#isLast(attempt, since)) throw this.#unreachable(request, error);
        await this.#pause(attempt);
        continue;
      }
      const { status } = answer;
      if (request.method === "HEAD") answer.body.resume();
      if (status >= 200 && status < 300) return answer;
      const refusal = await refusalOf(answer);
      if (request.accept?.includes(status) === true && (status !== 404 || absentCodes.has(refusal.code))) return answer;
      if (!this.#isLast(attempt, since) && this.#mayPass(answer, refusal)) {
        anew = refusal.code === "ExpiredToken";
        await this.#pause(attempt);
        continue;
      }
      throw this.#refused(request, answer, refusal);
    }
  }

  /** As `ask`, with the whole text of the answer; one that was accepted and is no success gives "". */
  async askText(request: S3Request): Promise<string> {
    return (await this.askWhole(request))?.bytes.toString("utf8") ?? "";
  }

  /** As `ask`, with the whole answer; one that breaks off is asked for again. Undefined for a status that was accepted and is no success. */
  async askWhole(request: S3Request): Promise<{ readonly answer: HttpAnswer; readonly bytes: Buffer } | undefined> {
    const since = this.#options.clock.monotonic();
    for (let attempt = 0; ; attempt++) {
      const answer = await this.ask(request);
      if (answer.status >= 300) return undefined;
      try {
        const bytes = await collect(answer.body, mostText);
        const declared = answer.headers["content-length"];
        if (declared !== undefined && Number(declared) !== bytes.length) throw new Error("it broke off");
        return { answer, bytes };
      } catch (error) {
        if (error instanceof MedkitError) throw error;
        if (this.#isLast(attempt, since)) throw this.#unreachable(request, error);
        await this.#pause(attempt);
      }
    }
  }

  async #once({ method, path, query, headers, body }: S3Request, anew: boolean): Promise<HttpAnswer> {
    const { place, clock, credentials, send } = this.#options;
    const url = objectUrl(place, path === undefined ? "" : `${place.prefix}${path}`, query);
    const now = new Date(clock.now().getTime() + this.#skew);
    // Yesterday's signing keys are of no use any more.
    if (this.#keys.size > 8) this.#keys.clear();
    const signer = new AwsV4Signer({
      ...(await credentials(anew)),
      method,
      url: url.href,
      headers: { ...headers, "x-amz-content-sha256": sha256Hex(body ?? "") },
      service: "s3",
      region: place.region,
      cache: this.#keys,
      datetime: now.toISOString().replace(/[:-]|\.\d{3}/g, ""),
    });
    const signed = await signer.sign();
    return await send({ method, url, headers: Object.fromEntries(signed.headers), body });
  }

  #mayPass({ status, headers }: HttpAnswer, { code }: ServerRefusal): boolean {
    if (code === "RequestTimeTooSkewed" || code === "RequestExpired") {
      const theirs = Date.parse(headers["date"] ?? "");
      const skew = theirs - this.#options.clock.now().getTime();
      if (Number.isNaN(skew) || Math.abs(skew - this.#skew) < 60_000) return false;
      this.#skew = skew;
      return true;
    }
    if (code === "ExpiredToken") return true;
    return status === 429 || (status >= 500 && status !== 501) || transientCodes.has(code);
  }

  async #pause(attempt: number): Promise<void> {
    const most = Math.min((this.#options.backoff ?? 100) * 2 ** attempt, longestWait);
    // Spread out, so that replicas that were pushed back together do not come back in step.
    await sleep(most * (0.5 + Math.random() / 2));
  }

  #refused({ operation }: S3Request, { status, headers }: HttpAnswer, { code, message }: ServerRefusal): MedkitError {
    const { endpoint, bucket, region } = this.place;
    const facts = { endpoint: endpoint.host, bucket, operation };
    if (code === "NoSuchBucket") return new MedkitError("S3_BUCKET_ABSENT", facts);
    const theirs = headers["x-amz-bucket-region"];
    if ((status >= 300 && status < 400) || (theirs !== undefined && theirs !== region && status === 400))
      return new MedkitError("S3_REDIRECTED", {
        ...facts,
        region,
        theirs: /^[a-z0-9-]+$/.exec(theirs ?? "")?.[0] ?? "?",
      });
    const reason = [String(status), code, message].filter((each) => each !== "").join(" ");
    if (status === 429 || (status >= 500 && status !== 501))
      return new MedkitError("S3_UNREACHABLE", { ...facts, reason });
    return new MedkitError("S3_REFUSED", { ...facts, reason });
  }

  #isLast(attempt: number, since: number): boolean {
    const { retries = 4, patience = 20_000, clock } = this.#options;
    return attempt >= retries || clock.monotonic() - since > patience;
  }

  #unreachable({ operation }: S3Request, cause: unknown): MedkitError {
    const { endpoint, bucket } = this.place;
    const facts = { endpoint: endpoint.host, bucket, operation, reason: reasonOf(cause) };
    return new MedkitError("S3_UNREACHABLE", facts, { cause });
  }

  /** The address of a path, for people. */
  name(path: string): string {
    return `${s3AddressText(this.place)}${path}`;
  }
}

async function refusalOf({ body }: HttpAnswer): Promise<ServerRefusal> {
  try {
    return parseRefusal((await collect(body, 64 * 1024)).toString("utf8")) ?? { code: "", message: "" };
  } catch {
    // The status has to say enough.
    return { code: "", message: "" };
  }
}

async function collect(body: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    octets += chunk.length;
    if (octets > limit) throw new MedkitError("S3_ANSWER_INVALID", { operation: "GET", problem: "it is too long" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What broke, without addresses that the person did not name. */
export function reasonOf(error: unknown): string {
  return systemCode(error) ?? (error instanceof Error ? error.message : String(error));
}
