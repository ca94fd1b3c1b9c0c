import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeObject {
  bytes: Buffer;
  readonly etag: string;
  readonly modified: Date;
  readonly sha256: string | undefined;
}

export interface FakeRequest {
  readonly method: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** What the server does instead of answering honestly; true: it has answered. `object` is what it has under the key. */
export type S3Lie = (request: FakeRequest, response: ServerResponse, object: FakeObject | undefined) => boolean;

interface Upload {
  readonly key: string;
  readonly sha256: string | undefined;
  readonly begun: Date;
  readonly parts: Map<number, Buffer>;
}

/** A bucket `modules` in this process, spoken to in path style. It checks digests and conditions, and no signatures: the real server of test/long does. */
export interface FakeS3 {
  readonly url: string;
  readonly objects: Map<string, FakeObject>;
  readonly uploads: Map<string, Upload>;
  /** `METHOD key` of each request, in order. */
  readonly asked: string[];
  lie: S3Lie;
  /** Names a page of a listing has. */
  pageSize: number;
  /** False: conditions of a PUT are ignored, as older servers do. */
  heedsConditions: boolean;
  close(): Promise<void>;
}

const md5 = (bytes: Buffer): string => `"${createHash("md5").update(bytes).digest("hex")}"`;
const escape = (text: string): string => encodeURIComponent(text).replaceAll("%20", "+");

export function sendError(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): true {
  const text = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>the fake says ${code}</Message></Error>`;
  response.writeHead(status, { "content-type": "application/xml", ...headers }).end(text);
  return true;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, FakeObject>();
  const uploads = new Map<string, Upload>();
  const asked: string[] = [];

  const put = (key: string, bytes: Buffer, sha256: string | undefined): FakeObject => {
    const object = { bytes, etag: md5(bytes), modified: new Date(), sha256 };
    objects.set(key, object);
    return object;
  };
  const holds = ({ headers }: FakeRequest, object: FakeObject | undefined): boolean =>
    !fake.heedsConditions ||
    ((headers["if-none-match"] !== "*" || object === undefined) &&
      (headers["if-match"] === undefined || headers["if-match"] === object?.etag));
  const metaOf = ({ headers }: FakeRequest): string | undefined => headers["x-amz-meta-sha256"] as string | undefined;

  const list = ({ query }: FakeRequest, response: ServerResponse): void => {
    const prefix = query.get("prefix") ?? "";
    const entries = new Set<string>();
    for (const key of [...objects.keys()].toSorted()) {
      if (!key.startsWith(prefix)) continue;
      const end = key.indexOf("/", prefix.length);
      entries.add(end < 0 ? key : key.slice(0, end + 1));
    }
    const start = Number(query.get("continuation-token") ?? 0);
    const page = [...entries].slice(start, start + fake.pageSize);
    const isCut = start + page.length < entries.size;
    const next = isCut ? `<NextContinuationToken>${start + page.length}</NextContinuationToken>` : "";
    const items = page.map((name) =>
      name.endsWith("/")
        ? `<CommonPrefixes><Prefix>${escape(name)}</Prefix></CommonPrefixes>`
        : `<Contents><Key>${escape(name)}</Key></Contents>`,
    );
    response.end(
      `<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>${isCut}</IsTruncated>${next}${items.join("")}</ListBucketResult>`,
    );
  };

  const answerUpload = (request: FakeRequest, response: ServerResponse): unknown => {
    const { method, key, query } = request;
    if (method === "GET") {
      const open = [...uploads].map(
        ([id, each]) =>
          `<Upload><Key>${each.key}</Key><UploadId>${id}</UploadId><Initiated>${each.begun.toISOString()}</Initiated></Upload>`,
      );
      return response.end(`<ListMultipartUploadsResult>${open.join("")}</ListMultipartUploadsResult>`);
    }
    if (query.has("uploads")) {
      const id = randomBytes(8).toString("hex");
      uploads.set(id, { key, sha256: metaOf(request), begun: new Date(), parts: new Map() });
      return response.end(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    }
    const id = query.get("uploadId") ?? "";
    const upload = uploads.get(id);
    if (upload === undefined) return sendError(response, 404, "NoSuchUpload");
    if (method === "PUT") {
      upload.parts.set(Number(query.get("partNumber")), request.body);
      return response.writeHead(200, { etag: md5(request.body) }).end();
    }
    if (method === "DELETE") {
      uploads.delete(id);
      return response.writeHead(204).end();
    }
    if (!holds(request, objects.get(key))) return sendError(response, 412, "PreconditionFailed");
    const named = [...request.body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) => Number(match[1]));
    put(key, Buffer.concat(named.map((number) => upload.parts.get(number) ?? Buffer.alloc(0))), upload.sha256);
    uploads.delete(id);
    return response.end("<CompleteMultipartUploadResult/>");
  };

  const answer = (request: FakeRequest, response: ServerResponse): unknown => {
    const { method, key, query, headers } = request;
    const object = objects.get(key);
    if (createHash("sha256").update(request.body).digest("hex") !== headers["x-amz-content-sha256"])
      return sendError(response, 400, "XAmzContentSHA256Mismatch");
    if (!String(headers["authorization"]).startsWith("AWS4-HMAC-SHA256 Credential=")) return sendError(response, 403, "AccessDenied");
    if (fake.lie(request, response, object)) return undefined;
    if (query.has("uploads") || query.has("uploadId")) return answerUpload(request, response);
    if (query.has("list-type")) return list(request, response);
    if (method === "PUT") {
      if (!holds(request, object))
        return object === undefined ? sendError(response, 404, "NoSuchKey") : sendError(response, 412, "PreconditionFailed");
      return response.writeHead(200, { etag: put(key, request.body, metaOf(request)).etag }).end();
    }
    if (method === "DELETE") {
      objects.delete(key);
      return response.writeHead(204).end();
    }
    if (object === undefined) return sendError(response, 404, "NoSuchKey");
    if (headers["if-match"] !== undefined && headers["if-match"] !== object.etag)
      return sendError(response, 412, "PreconditionFailed");
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
    const part = first === undefined ? object.bytes : object.bytes.subarray(Number(first), Number(last) + 1);
    response.writeHead(first === undefined ? 200 : 206, {
      etag: object.etag,
      "content-length": part.length,
      "last-modified": object.modified.toUTCString(),
      ...(object.sha256 === undefined ? {} : { "x-amz-meta-sha256": object.sha256 }),
      ...(first === undefined ? {} : { "content-range": `bytes ${first}-${last}/${object.bytes.length}` }),
    });
    return response.end(method === "HEAD" ? undefined : part);
  };

  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? "/", "http://s3");
      const [, bucket, key = ""] = /^\/([^/]*)\/?(.*)$/s.exec(url.pathname) ?? [];
      const body = await bodyOf(request);
      const plain = { method: request.method ?? "", key: decodeURIComponent(key), query: url.searchParams, headers: request.headers, body };
      asked.push(`${plain.method} ${plain.key}`);
      if (bucket !== "modules") sendError(response, 404, "NoSuchBucket");
      else answer(plain, response);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const fake: FakeS3 = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    uploads,
    asked,
    lie: () => false,
    pageSize: 1_000,
    heedsConditions: true,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}
