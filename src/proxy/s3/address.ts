import { MedkitError } from "../../core/errors.ts";
import { redactUrl } from "../../module/index.ts";
import type { S3Config } from "./config.ts";
import type { S3Address, S3Place } from "./types.ts";

const scheme = "s3://";

/** Whether a store's name is a bucket's and not a folder's. */
export function isS3Address(store: string): boolean {
  return store.startsWith(scheme);
}

/**
 * Reads `s3://BUCKET/PREFIX`. Throws S3_ADDRESS_INVALID. Bucket names by
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
 */
export function parseS3Address(store: string): S3Address {
  const bad = (problem: string): MedkitError =>
    new MedkitError("S3_ADDRESS_INVALID", { address: redactUrl(store), problem });
  const [bucket = "", ...segments] = store.slice(scheme.length).split("/");
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes(".."))
    throw bad("a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens");
  if (segments.at(-1) === "") segments.pop();
  for (const segment of segments) {
    if (segment === "" || segment === "." || segment === "..") throw bad(`the prefix has a part "${segment}"`);
    if (!/^[\w!.*'() -]+$/.test(segment)) throw bad(`the prefix has characters that some servers do not take`);
  }
  return { bucket, prefix: segments.map((segment) => `${segment}/`).join("") };
}

/** The address as it is shown. */
export function s3AddressText({ bucket, prefix }: S3Address): string {
  return `${scheme}${bucket}/${prefix}`;
}

/**
 * Settles which host serves a bucket: the configuration, else AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL, else Amazon's own of the region. Throws
 * S3_ADDRESS_INVALID.
 */
export function s3Place(
  address: S3Address,
  config: S3Config,
  env: Readonly<Record<string, string | undefined>>,
): S3Place {
  const region = config.region || env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || "us-east-1";
  if (!/^[a-z0-9-]{1,40}$/.test(region))
    throw new MedkitError("S3_ADDRESS_INVALID", { address: region, problem: "it is not the name of a region" });
  const given = config.endpoint || env["AWS_ENDPOINT_URL_S3"] || env["AWS_ENDPOINT_URL"];
  const endpoint = parseEndpoint(given || `https://s3.${region}.amazonaws.com`);
  // A host BUCKET.HOST has neither a name nor a certificate in most closed networks; and no certificate fits a bucket with dots.
  const pathStyle = config.pathStyle ?? (Boolean(given) || address.bucket.includes("."));
  return { ...address, endpoint, region, pathStyle };
}

function parseEndpoint(text: string): URL {
  const bad = (problem: string): MedkitError =>
    new MedkitError("S3_ADDRESS_INVALID", { address: redactUrl(text), problem });
  if (!URL.canParse(text)) throw bad("an endpoint is written https://HOST or https://HOST:PORT");
  const url = new URL(text);
  if (!["http:", "https:"].includes(url.protocol)) throw bad("an endpoint begins with https:// or http://");
  if (url.username !== "" || url.password !== "") throw bad("credentials do not belong in an endpoint's address");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") throw bad("an endpoint ends with its host or port");
  return url;
}

/** The URL of a key (or of the bucket, for ""), with every octet escaped that signature V4 escapes. */
export function objectUrl(place: S3Place, key: string, query: Readonly<Record<string, string>> = {}): URL {
  const { endpoint, bucket, pathStyle } = place;
  const url = new URL(endpoint);
  if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
  const path = key.split("/").map(escapeFully).join("/");
  url.pathname = pathStyle ? `/${bucket}${key === "" ? "" : `/${path}`}` : `/${path}`;
  url.search = Object.entries(query)
    .map(([name, value]) => `${escapeFully(name)}=${escapeFully(value)}`)
    .join("&");
  return url;
}

function escapeFully(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
