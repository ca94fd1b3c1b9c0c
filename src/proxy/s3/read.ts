import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { MedkitError } from "../../core/errors.ts";
import type { StoredFile } from "../types.ts";
import { reasonOf, type S3Requester } from "./requests.ts";
import type { HttpAnswer, ObjectFacts } from "./types.ts";

/** How often a body that breaks off is asked for from where it broke. */
const mostBreaks = 4;

/** An object as a file that was opened: the very version that its facts are of, or an error. `onDamaged`: its bytes are not those that were stored. */
export function objectFile(
  requester: S3Requester,
  path: string,
  facts: ObjectFacts,
  onDamaged: () => Promise<void>,
): StoredFile {
  const stream = (start: number, end: number): Readable =>
    Readable.from(readObject({ requester, path, facts, onDamaged }, start, end), {
      objectMode: false,
      highWaterMark: 256 * 1024,
    });
  return {
    size: facts.size,
    modified: facts.modified,
    ...(facts.sha256 === undefined ? {} : { sha256: facts.sha256 }),
    stream,
    bytes: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream(0, facts.size)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

interface WantedObject {
  readonly requester: S3Requester;
  readonly path: string;
  readonly facts: ObjectFacts;
  readonly onDamaged: () => Promise<void>;
}

/**
 * Octets `start` to `end` of an object. What breaks off goes on from there. Of a whole object the last piece is held back until the SHA-256 of all is the
 * one that was stored with it, so that whoever counts octets never takes a damaged one for whole. S3_DAMAGED, S3_UNREACHABLE, S3_REFUSED.
 */
async function* readObject(wanted: WantedObject, start: number, end: number): AsyncGenerator<Buffer> {
  const { requester, path, facts } = wanted;
  const damaged = (problem: string): MedkitError =>
    new MedkitError("S3_DAMAGED", { object: requester.name(path), problem });
  const hash = start === 0 && end === facts.size && facts.sha256 !== undefined ? createHash("sha256") : undefined;
  let held: Buffer | undefined;
  let at = start;
  for (let breaks = 0; at < end;) {
    const answer = await askFor(requester, path, facts, at, end);
    if (answer === undefined) throw damaged("it was replaced or removed while it was read");
    try {
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        at += chunk.length;
        if (at > end) throw damaged("more came than it has");
        hash?.update(chunk);
        if (held !== undefined) yield held;
        held = chunk;
      }
      if (at < end) throw new Error("it broke off");
    } catch (error) {
      if (error instanceof MedkitError) throw error;
      if (++breaks > mostBreaks) {
        const { endpoint, bucket } = requester.place;
        const about = { endpoint: endpoint.host, bucket, operation: "GetObject", reason: reasonOf(error) };
        throw new MedkitError("S3_UNREACHABLE", about, { cause: error });
      }
    } finally {
      answer.body.destroy();
    }
  }
  if (hash !== undefined && hash.digest("hex") !== facts.sha256) {
    await wanted.onDamaged();
    throw damaged("its SHA-256 is another");
  }
  if (held !== undefined) yield held;
}

/** Undefined where that version is not there any more. */
async function askFor(
  requester: S3Requester,
  path: string,
  { size, etag }: ObjectFacts,
  at: number,
  end: number,
): Promise<HttpAnswer | undefined> {
  const isPart = at > 0 || end < size;
  const answer = await requester.ask({
    operation: "GetObject",
    method: "GET",
    path,
    headers: { "if-match": etag, ...(isPart ? { range: `bytes=${at}-${end - 1}` } : {}) },
    accept: [404, 412, 416],
  });
  if (answer.status >= 300) return undefined;
  const invalid = (problem: string): MedkitError => {
    answer.body.destroy();
    return new MedkitError("S3_ANSWER_INVALID", { operation: "GetObject", problem });
  };
  if (answer.headers["etag"] !== etag) throw invalid("it is of another version than was asked for");
  if (isPart && !(answer.headers["content-range"] ?? "").startsWith(`bytes ${at}-${end - 1}/`))
    throw invalid("it is another part than was asked for");
  return answer;
}
