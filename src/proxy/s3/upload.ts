import { open } from "node:fs/promises";
import { sha256File } from "../../core/digest.ts";
import { MedkitError } from "../../core/errors.ts";
import { parseRefusal, parseUploadId } from "./answers.ts";
import { type Bucket, conditionHeaders, digestHeaders, type PutCondition } from "./bucket.ts";
import { escapeXml } from "./xml.ts";

/** Octets of a part, and up to which a file goes in one request. No module is too big for 10,000 of them. */
const partSize = 8 * 1024 * 1024;

/**
 * Gives a local file a name in the bucket. It is there whole or not at all, and is looked at afterwards: size and SHA-256 must be the file's. One that is
 * there with the same bytes stays. S3_DAMAGED, and what requests throw.
 */
export async function uploadFile(bucket: Bucket, path: string, file: string): Promise<void> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const sha256 = await sha256File(file);
    const isThere = async (): Promise<{ readonly etag: string } | "ours" | undefined> => {
      const facts = await bucket.head(path);
      return facts?.size === size && facts.sha256 === sha256 ? "ours" : facts;
    };
    // Others put other bytes there meanwhile, if at all twice: each was proven as ours were.
    for (let round = 0; round < 3; round++) {
      const found = await isThere();
      if (found === "ours") return;
      const condition: PutCondition = found === undefined ? { absent: true } : { etag: found.etag };
      const read = async (at: number): Promise<Buffer> => {
        const bytes = Buffer.alloc(Math.min(partSize, size - at));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, at);
        if (bytesRead !== bytes.length) throw new Error("a scratch file became shorter");
        return bytes;
      };
      const done =
        size <= partSize
          ? await bucket.put(path, await read(0), condition)
          : await uploadParts(bucket, path, { size, sha256, condition, read });
      if (done && (await isThere()) === "ours") return;
    }
    throw new MedkitError("S3_DAMAGED", {
      object: bucket.requester.name(path),
      problem: "it has other bytes than were sent",
    });
  } finally {
    await handle.close();
  }
}

interface PartsUpload {
  readonly size: number;
  readonly sha256: string;
  readonly condition: PutCondition;
  /** The part that begins at an octet. */
  readonly read: (at: number) => Promise<Buffer>;
}

/** False where the condition did not hold. What fails leaves no part behind, unless the process is killed: see {@link Bucket.abortLeftovers}. */
async function uploadParts(bucket: Bucket, path: string, upload: PartsUpload): Promise<boolean> {
  const { requester } = bucket;
  const { size, sha256, condition, read } = upload;
  const id = parseUploadId(
    await requester.askText({
      operation: "CreateMultipartUpload",
      method: "POST",
      path,
      query: { uploads: "" },
      headers: { ...digestHeaders(sha256), "content-type": "application/octet-stream" },
    }),
  );
  let isDone = false;
  try {
    const parts: string[] = [];
    for (let number = 1, at = 0; at < size; number++, at += partSize) {
      const body = await read(at);
      const sent = await requester.askWhole({
        operation: "UploadPart",
        method: "PUT",
        path,
        query: { partNumber: String(number), uploadId: id },
        body,
      });
      const etag = escapeXml(sent?.answer.headers["etag"] ?? "");
      parts.push(`<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`);
    }
    const ended = await requester.askWhole({
      operation: "CompleteMultipartUpload",
      method: "POST",
      path,
      query: { uploadId: id },
      body: Buffer.from(`<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`),
      headers: { "content-type": "application/xml", ...conditionHeaders(condition) },
      // A new try of one that was done finds no upload any more; whoever looks at the object sees that it is there.
      accept: [404, 412],
    });
    const refusal = ended === undefined ? undefined : parseRefusal(ended.bytes.toString("utf8"));
    isDone = ended !== undefined && refusal === undefined;
    return isDone;
  } finally {
    if (!isDone) await bucket.abort(path, id).catch(() => undefined);
  }
}
