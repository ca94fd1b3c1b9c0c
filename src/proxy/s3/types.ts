import type { Readable } from "node:stream";

/** `s3://BUCKET/PREFIX`, taken apart. */
export interface S3Address {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
}

/** Where a bucket is, and how it is spoken to. Nothing in it is secret. */
export interface S3Place extends S3Address {
  /** `https://HOST[:PORT]`, without a path: the only host that is ever called. */
  readonly endpoint: URL;
  readonly region: string;
  /** `HOST/BUCKET/KEY` instead of `BUCKET.HOST/KEY`. */
  readonly pathStyle: boolean;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Gives the credentials of now; they may change while a server runs. `anew`: not those that were remembered. S3_CREDENTIALS_MISSING. */
export type CredentialSource = (anew?: boolean) => Promise<S3Credentials>;

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Fails where the connection breaks, or nothing comes for too long. */
  readonly body: Readable;
}

/** Sends one request, follows no redirect, and answers when the headers have come. Rejects with the system's error. */
export type Send = (request: HttpRequest) => Promise<HttpAnswer>;

/** What is known of an object without its bytes. */
export interface ObjectFacts {
  /** Octets. */
  readonly size: number;
  readonly modified: Date;
  /** With its quotes, as the server gave it. */
  readonly etag: string;
  /** SHA-256 of the whole object as it was stored with it, hexadecimal; undefined where another program wrote it. */
  readonly sha256: string | undefined;
}
