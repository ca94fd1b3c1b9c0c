import { gzipSync } from "node:zlib";
import type { BytesReply, Reply } from "../types.ts";
import { fixedHeaders, isCompressible } from "./http-reply.ts";

/** A reply with its entity tag and the headers that do not depend on the request. */
export interface ReadyReply {
  readonly reply: Reply;
  readonly tag: string;
  readonly fixed: readonly string[];
}

/** Whether a client takes gzip (RFC 9110, section 12.5.3). A part is a part of the plain bytes, so who asks for one gets those. */
export function wantsGzip(headers: Readonly<Record<string, string | readonly string[] | undefined>>): boolean {
  const accepted = headers["accept-encoding"];
  if (typeof accepted !== "string" || headers["range"] !== undefined) return false;
  for (const each of accepted.split(",")) {
    const [name = "", ...parameters] = each.split(";").map((part) => part.trim().toLowerCase());
    if (name !== "gzip" && name !== "x-gzip" && name !== "*") continue;
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    return weight === undefined || Number(weight.slice(2)) > 0;
  }
  return false;
}

const compressed = new WeakMap<BytesReply, ReadyReply>();

/** The same reply with gzip, made once a reply, with an entity tag of its own as RFC 9110, section 8.8.3.3 wants it; the plain one where that is no longer. */
export function gzipped(plain: ReadyReply): ReadyReply {
  const { reply, tag } = plain;
  if (!isCompressible(reply)) return plain;
  const made = compressed.get(reply);
  if (made !== undefined) return made;
  const bytes = gzipSync(reply.bytes, { level: 6 });
  const ownTag = tag.replace(/"$/, '-gz"');
  const shorter = { ...reply, bytes, more: [...(reply.more ?? []), "Content-Encoding", "gzip"] };
  const fixed = [...fixedHeaders({ ...shorter, bytes: reply.bytes }, ownTag)];
  const ready = bytes.length < reply.bytes.length ? { reply: shorter, tag: ownTag, fixed } : plain;
  compressed.set(reply, ready);
  return ready;
}
