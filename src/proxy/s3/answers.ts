import { MedkitError } from "../../core/errors.ts";
import { readXml } from "./xml.ts";

/** One page of a listing, keys in their plain form. */
export interface ListPage {
  readonly keys: readonly string[];
  /** With a slash at their end. */
  readonly folders: readonly string[];
  /** Where the next page begins; undefined: this was the last. */
  readonly next: string | undefined;
}

/** An upload in parts that was begun and not ended. */
export interface OpenUpload {
  readonly key: string;
  readonly id: string;
  readonly begun: Date;
}

export interface ServerRefusal {
  /** `SlowDown`, `AccessDenied`…; "" where the answer names none. */
  readonly code: string;
  /** The server's own words, shortened. */
  readonly message: string;
}

function invalid(operation: string, problem: string): MedkitError {
  return new MedkitError("S3_ANSWER_INVALID", { operation, problem });
}

/** Reads ListObjectsV2's answer. S3_ANSWER_INVALID. */
export function parseListPage(text: string): ListPage {
  const xml = readXml(text);
  if (xml?.name !== "ListBucketResult") throw invalid("ListObjectsV2", "it is no listing");
  const decode = xml.text("EncodingType") === "url" ? decodeKey : (key: string) => key;
  const next = xml.text("NextContinuationToken");
  const isCut = xml.text("IsTruncated") === "true";
  if (isCut && next === "") throw invalid("ListObjectsV2", "it is cut, and does not say where it goes on");
  return {
    keys: xml.all("Contents").map((each) => decode(each.text("Key"))),
    folders: xml.all("CommonPrefixes").map((each) => decode(each.text("Prefix"))),
    next: isCut ? next : undefined,
  };
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    throw invalid("ListObjectsV2", "a key in it is not escaped as it says");
  }
}

/** Reads CreateMultipartUpload's answer. S3_ANSWER_INVALID. */
export function parseUploadId(text: string): string {
  const id = readXml(text)?.text("UploadId") ?? "";
  if (id === "") throw invalid("CreateMultipartUpload", "it names no upload");
  return id;
}

/** Reads ListMultipartUploads' answer, its first page. S3_ANSWER_INVALID. */
export function parseOpenUploads(text: string): readonly OpenUpload[] {
  const xml = readXml(text);
  if (xml?.name !== "ListMultipartUploadsResult") throw invalid("ListMultipartUploads", "it is no list of uploads");
  return xml
    .all("Upload")
    .map((each) => ({ key: each.text("Key"), id: each.text("UploadId"), begun: new Date(each.text("Initiated")) }))
    .filter(({ key, id, begun }) => key !== "" && id !== "" && !Number.isNaN(begun.getTime()));
}

/** Reads a refusal; CompleteMultipartUpload may answer with one and status 200. Undefined where the text is none. */
export function parseRefusal(text: string): ServerRefusal | undefined {
  const xml = readXml(text);
  if (xml?.name !== "Error") return undefined;
  // Some servers repeat keys and signatures in what they say.
  const message = xml
    .text("Message")
    .replace(/[\w+/=-]{16,}/g, "…")
    .replace(/\s+/g, " ")
    .replace(/[.\s]+$/, "");
  return { code: xml.text("Code").slice(0, 80), message: message.slice(0, 200) };
}
