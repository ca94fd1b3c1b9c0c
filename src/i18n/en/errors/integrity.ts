import type { ErrorTexts } from "../../types.ts";

const otherSource = "Do not trust that proxy. Use another, or the database itself.";
const source = "medkit tried it several times where that could help. Nothing of what came was used.";

/** What is wrong with a proxy's answer or the database's texts, one code for each way to lie. */
export const integrityErrors = {
  DATABASE_SIGNATURE_INVALID: {
    message: "A signature of the checksum database {database} is wrong (key {key}).",
    hint: otherSource,
    why: "The note names the right key, but the signature is not by that key over this text: the text was changed after signing, or never signed. Nothing of it was used.",
  },
  DATABASE_NOTE_UNSIGNED: {
    message: "The checksum database's note is not signed by a known key[[: {wanted} is wanted, {found} is there]].",
    hint: "Check that `sumdb:` (GOSUMDB) names the database that the proxy relays. If it does, do not trust that proxy.",
    why: "Only the key that the configuration names decides what is true. Signatures by other keys say nothing.",
  },
  DATABASE_RECORD_MALFORMED: {
    message: "The checksum database's answer has not the form of a record: {problem}.",
    hint: otherSource,
    why: "A lookup is a record number, go.sum lines and a signed tree head. medkit takes nothing from an answer of another form.",
  },
  DATABASE_RECORD_UNRELATED: {
    message: "The checksum database's answer for {module} does not speak of {module}.",
    hint: otherSource,
    why: "A true and signed record of another module proves nothing of this one. Go itself once took such an answer for consent (CVE-2026-42501).",
  },
  DATABASE_PROOF_INVALID: {
    message: "A proof of the checksum database does not hold ({what} {n} in a tree of {size}).",
    hint: otherSource,
    why: "The hashes of the proof do not lead to the signed root, so what was to be proven may not be in the log.",
  },
  DATABASE_HEAD_CONTENDED: {
    message: "The remembered tree head of {database} is changed all the time by others.",
    hint: "Run the command again, when fewer medkits run at once.",
    why: "medkit replaces the remembered head only if nobody else has done so in between. That failed many times in a row.",
  },
  FOLDER_NOT_PLAIN: {
    message: "{path} is a link or a special file.",
    hint: "Remove it, or restore the folder from where it came from.",
    why: "A module's hash is over regular files. What a link points to is not part of the folder, and could change after the check.",
  },
  GOPROXY_INVALID: {
    message: "`{list}` is not a GOPROXY setting: {problem}.",
    hint: "Write URLs with `,` or `|` between them, and `direct` or `off` at the end if wanted.",
    why: "medkit reads GOPROXY by Go's own rules, and asks nobody as long as it is not clear whom.",
  },
  PROXY_ANSWER_INVALID: {
    message: "The proxy's answer for {what} is not usable: {problem}.",
    hint: "Use another proxy, and tell whoever runs this one.",
    why: "The answer has not the form of the GOPROXY protocol, or speaks of something else. Nothing of it was used.",
  },
  PROXY_LENGTH: {
    message: "{url} announced {declared} bytes and sent {received}.",
    hint: "Try again. If it stays so, use another proxy.",
    why: source,
  },
  PROXY_TOO_BIG: {
    message: "{url} sends more than the limit of {limit} bytes.",
    hint: "Use another proxy, and tell whoever runs this one.",
    why: "The limit is Go's own for this kind of file. The transfer was broken off before it could fill the disk.",
  },
  PROXY_REDIRECTS: {
    message: "{url} redirects in circles (more than {hops} times).",
    hint: "Correct the proxy's address, or use another proxy.",
    why: source,
  },
  PROXY_STALLED: {
    message: "{url} sent nothing for {seconds} seconds.",
    hint: "Try again, or use another proxy.",
    why: source,
  },
} as const satisfies Partial<ErrorTexts>;
