import { sha256Hex } from "../../core/digest.ts";
import { MedkitError } from "../../core/errors.ts";
import { parseListPage, parseOpenUploads } from "./answers.ts";
import type { S3Requester } from "./requests.ts";
import type { HttpAnswer, ObjectFacts } from "./types.ts";

/** Under which condition an object is put; undefined: whatever is there. */
export type PutCondition = { readonly absent: true } | { readonly etag: string } | undefined;

/** Pages of a listing that are asked for at most: two million names. */
const mostPages = 2_000;
/** Milliseconds after which an upload in parts that did not end is given up for dead. */
const leftoverAfter = 24 * 3600_000;

const sha256Header = "x-amz-meta-sha256";

/** The headers that let the server check what it got, and keep our own digest with it. `sha256` of the whole object, hexadecimal. */
export function digestHeaders(sha256: string): Readonly<Record<string, string>> {
  return { [sha256Header]: sha256 };
}

export function conditionHeaders(condition: PutCondition): Readonly<Record<string, string>> {
  if (condition === undefined) return {};
  return "absent" in condition ? { "if-none-match": "*" } : { "if-match": condition.etag };
}

/** What the headers of GET and HEAD say of an object. S3_ANSWER_INVALID. */
export function factsOf(answer: HttpAnswer, operation: string): ObjectFacts {
  const { headers } = answer;
  const total = /\/(\d+)$/.exec(headers["content-range"] ?? "")?.[1] ?? headers["content-length"];
  const etag = headers["etag"] ?? "";
  if (total === undefined || etag === "")
    throw new MedkitError("S3_ANSWER_INVALID", { operation, problem: "size or entity tag is missing" });
  const modified = new Date(headers["last-modified"] ?? 0);
  const sha256 = /^[0-9a-f]{64}$/.exec(headers[sha256Header] ?? "")?.[0];
  return { size: Number(total), modified: Number.isNaN(modified.getTime()) ? new Date(0) : modified, etag, sha256 };
}

/** The operations on objects, by their path below the prefix. Each throws what {@link S3Requester.ask} does. */
export class Bucket {
  readonly requester: S3Requester;

  constructor(requester: S3Requester) {
    this.requester = requester;
  }

  async head(path: string): Promise<ObjectFacts | undefined> {
    const operation = "HeadObject";
    const answer = await this.requester.ask({ operation, method: "HEAD", path, accept: [404] });
    return answer.status === 404 ? undefined : factsOf(answer, operation);
  }

  /** A small object, whole. S3_DAMAGED where it is not what was stored. */
  async get(path: string): Promise<{ readonly bytes: Buffer; readonly etag: string } | undefined> {
    const found = await this.requester.askWhole({ operation: "GetObject", method: "GET", path, accept: [404] });
    if (found === undefined) return undefined;
    const { sha256, etag } = factsOf(found.answer, "GetObject");
    if (sha256 !== undefined && sha256Hex(found.bytes) !== sha256)
      throw new MedkitError("S3_DAMAGED", { object: this.requester.name(path), problem: "its SHA-256 is another" });
    return { bytes: found.bytes, etag };
  }

  /** False where the condition did not hold. */
  async put(path: string, bytes: Uint8Array, condition?: PutCondition): Promise<boolean> {
    const sha256 = sha256Hex(bytes);
    const found = await this.requester.askWhole({
      operation: "PutObject",
      method: "PUT",
      path,
      body: bytes,
      headers: {
        ...digestHeaders(sha256),
        "x-amz-checksum-sha256": Buffer.from(sha256, "hex").toString("base64"),
        ...conditionHeaders(condition),
      },
      // 404 is the answer to If-Match where nothing is there.
      accept: condition === undefined ? [] : [404, 412],
    });
    return found !== undefined;
  }

  /** One that is not there is fine. */
  async remove(path: string): Promise<void> {
    await this.requester.askText({ operation: "DeleteObject", method: "DELETE", path, accept: [404] });
  }

  /** Names right below a folder, which is "" or ends with a slash. */
  async names(folder: string): Promise<readonly string[]> {
    const root = `${this.requester.place.prefix}${folder}`;
    const found: string[] = [];
    let token: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const { keys, folders, next } = parseListPage(
        await this.requester.askText({
          operation: "ListObjectsV2",
          method: "GET",
          query: {
            "list-type": "2",
            "encoding-type": "url",
            delimiter: "/",
            prefix: root,
            ...(token === undefined ? {} : { "continuation-token": token }),
          },
        }),
      );
      for (const key of [...keys, ...folders.map((each) => each.replace(/\/$/, ""))])
        if (key.startsWith(root) && key.length > root.length) found.push(key.slice(root.length));
      if (next === undefined) return found;
      if (next === token) break;
      token = next;
    }
    throw new MedkitError("S3_ANSWER_INVALID", { operation: "ListObjectsV2", problem: "it does not come to an end" });
  }

  /** Gives up uploads in parts that some process began a day ago and never ended: they cost space and nobody sees them. Returns how many. */
  async abortLeftovers(now: Date): Promise<number> {
    const { place } = this.requester;
    const text = await this.requester.askText({
      operation: "ListMultipartUploads",
      method: "GET",
      query: { uploads: "", prefix: place.prefix },
    });
    const old = parseOpenUploads(text).filter(
      ({ key, begun }) => key.startsWith(place.prefix) && now.getTime() - begun.getTime() > leftoverAfter,
    );
    for (const { key, id } of old) await this.abort(key.slice(place.prefix.length), id);
    return old.length;
  }

  async abort(path: string, id: string): Promise<void> {
    const query = { uploadId: id };
    await this.requester.askText({ operation: "AbortMultipartUpload", method: "DELETE", path, query, accept: [404] });
  }
}
