import type { ErrorTexts } from "../../types.ts";

const otherSource = "Do not trust that proxy. Use another, or the database itself.";
const again = "Try again, or use another source.";
const tried = "medkit tried it several times where that could help. Nothing of what came was used.";

/** How a source that was asked for bytes failed or lied, one code for each way. */
export const transferErrors = {
  DATABASE_RECORD_EMPTY: {
    message: "The checksum database's answer is empty.",
    hint: otherSource,
    why: "An empty answer is no consent. Go itself once took it for one (CVE-2026-42501).",
  },
  DATABASE_RECORD_OTHER_VERSION: {
    message: "The checksum database's answer for {module} is the record of {other}.",
    hint: otherSource,
    why: "A true and signed record of another version proves nothing of this one; an older version could be passed off as a newer one.",
  },
  DATABASE_RECORD_PADDED: {
    message: "The checksum database's record of {module} came with lines that nobody signed (record {record}).",
    hint: otherSource,
    why: "The record itself is in the signed tree, the lines beside it are not: somebody put them in on the way. Go itself once believed such lines (CVE-2026-56864).",
  },
  DATABASE_RECORD_BEYOND: {
    message:
      "The checksum database's record {record} of {module} is said to lie in a tree that is smaller (a signed head of {size} records came with it).",
    hint: otherSource,
    why: "A record that the signed tree has no place for cannot be proven by it: the number was made up, or the head is an old one. Nothing of it was used.",
  },
  PROXY_BROKEN_OFF: {
    message: "{url} broke off after {received} bytes[[: {reason}]].",
    hint: again,
    why: tried,
  },
  PROXY_BUSY: {
    message: "{url} is too busy[[: {reason}]][[; it wants to be asked again after {seconds} seconds]].",
    hint: "Try again later, or use another source.",
    why: "medkit waits up to 30 seconds where a server asks for it. Nothing of what came was used.",
  },
  PROXY_ENCODED: {
    message: "{url} sends the file in an encoding ({encoding}) that was not asked for.",
    hint: "Use another source, and tell whoever runs this one.",
    why: "An archive is asked for as it is. A few bytes of an encoding can unfold to any size, so medkit unfolds none.",
  },
  PROXY_HEADERS_TOO_BIG: {
    message: "{url} sends headers without end.",
    hint: "Use another source, and tell whoever runs this one.",
    why: "The answer was broken off before its headers could fill the memory.",
  },
  PROXY_FAILED: {
    message: "{url} failed: {reason}.",
    hint: again,
    why: tried,
  },
  PROXY_TOO_SLOW: {
    message: "{url} sent fewer than {least} bytes in {seconds} seconds.",
    hint: "Use another source, or a nearer one.",
    why: "A source that sends a byte now and then looks alive and keeps a command waiting for days. medkit asks for 1 KiB a second at least.",
  },
  PROXY_NOT_ARCHIVE: {
    message: "{url} sent something else than an archive (a login page?).",
    hint: "Log in to the network or the proxy, or use another source.",
    why: "The answer was taken for success by its status, but it does not begin as the archive does. Nothing of it was used.",
  },
  PROXY_PART_UNASKED: {
    message: "{url} answered with a part of the file that nobody asked for.",
    hint: again,
    why: "Parts of different places or files, put together, make a file that nobody published. Nothing of it was used.",
  },
  PROXY_REDIRECT_REFUSED: {
    message: "{url} redirects to {to}, which is not followed.",
    hint: "Correct the address of the source, or use another source.",
    why: "medkit follows a redirect to another web address only, and never to a file: else a source could make it read what is private.",
  },
  PROXY_REDIRECT_DOWNGRADE: {
    message: "{url} redirects away from TLS, to {to}.",
    hint: "Correct the address of the source, or use another source.",
    why: "An address with https is asked over https to the end. Else anyone on the way could read and change what is sent.",
  },
  PROXY_REDIRECT_LOGIN: {
    message: "{url} redirects to {to}, with a login of its own making.",
    hint: "Correct the address of the source, or use another source. A login belongs into netrc or the configured address.",
    why: "Only the user says who logs in where. A login from a server could make medkit act under a name that is not its user's.",
  },
} as const satisfies Partial<ErrorTexts>;
