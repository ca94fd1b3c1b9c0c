import type { ErrorTexts } from "../../types.ts";

const notUsed = "Do not use this archive. Fetch it and its signature again, from elsewhere.";
const atSigning =
  "A key is judged at the time at which the signature says it was made. What was signed while the key was good stays good; this was not.";

/** Trust levels: published checksums, OpenPGP signatures, the keyring. */
export const trustErrors = {
  TRUST_BELOW_MINIMUM: {
    message: "`--trust {wanted}` is less than the minimum: {place} demands `{minimum}`.",
    hint: "Demand `{minimum}` or more, or have the minimum changed by whoever set it.",
    why: "MEDKIT_TRUST and `trust:` in medkit.yaml set a minimum for everybody who works here. A command can ask for more, never for less.",
  },
  CHECKSUMS_INVALID: {
    message: "{file} is no list of checksums: {problem}.",
    hint: "Write it as https://go.dev/dl/?mode=json gives it: releases with `version` and `files`, each file with `filename`, `sha256` in 64 lower-case hexadecimal digits, and `size` in octets.",
    why: "A list that can be read in two ways proves nothing, so nothing of it was used.",
  },
  CHECKSUMS_UNAVAILABLE: {
    message: "The list of checksums at {place} cannot be had: {reason}.",
    hint: "Give a file of your own: `--checksums checksums.json`.",
    why: "A published checksum has to come from another place than the archive. That place could not be asked.",
  },
  CHECKSUM_UNLISTED: {
    message: "{place} has no checksum of {name}.",
    hint: "Check the name of the archive, or give a list that has it. 32-bit ARM is called `armv6l` there.",
    why: "A list is asked by the published file name, which says version and platform. A checksum under another name may be that of another Go.",
  },
  CHECKSUM_MISMATCH: {
    message: "{name} has the SHA-256 {found}; {place} says {published}.",
    hint: "Do not use this archive. Fetch it again, from elsewhere.",
    why: "Another checksum means other bytes: a damaged transfer, or a changed archive. Nothing was installed.",
  },
  CHECKSUM_SIZE: {
    message: "{name} has {found} octets; {place} says {published}.",
    hint: "If the checksum is right, the list is wrong: correct it. Else fetch the archive again, from elsewhere.",
    why: "The list gives size and checksum, and they do not fit this file both.",
  },
  SIGNATURE_NONE_MADE: {
    message: "{name} has no OpenPGP signature: Go signs its `.tar.gz` archives only.",
    hint: "Use the `.tar.gz` archive with its `.asc`, or demand `checksum-database`, which proves module zips and GOROOTs.",
    why: "Of zip, msi and pkg files, of module zips and of unpacked trees nobody publishes a signature. Asked for, its absence cannot count as passed.",
  },
  SIGNATURE_MISSING: {
    message: "There is no signature of {name}[[ ({place})]].",
    hint: "Put `{name}.asc` beside the archive, or name it by `--signature FILE`.",
    why: "The level `openpgp` needs the detached signature that Go publishes beside each `.tar.gz`.",
  },
  SIGNATURE_UNREADABLE: {
    message: "{file} is no detached OpenPGP signature of a file: {problem}.",
    hint: "Take the `.asc` that is published beside the archive.",
    why: "medkit takes one form only: signatures over the very octets of the archive, in a file of their own. In other forms what was signed and what is used could differ.",
  },
  SIGNATURE_KEY_UNKNOWN: {
    message: "{file} is signed by the key {signer}, which is not in medkit's keyring.",
    hint: "If it is a new subkey of a key that you have: `medkit toolchain key update FILE`. Import a new key only after you have compared its fingerprint.",
    why: "Only keys that a person confirmed count. Anybody can sign with a key of his own.",
  },
  SIGNATURE_WRONG: {
    message: "The signature by {signer} is not over this {file}.",
    hint: notUsed,
    why: "A known key is named, but the signature does not fit these octets: the archive was changed, or it is the signature of another file.",
  },
  SIGNATURE_FUTURE: {
    message: "The signature of {file} by {signer} is from the future ({signedAt}; now it is {now}).",
    hint: "Set this host's clock. If it is right, do not use the archive.",
    why: "Whether the key was good then cannot be known yet.",
  },
  SIGNATURE_EXPIRED: {
    message: "The signature of {file} by {signer}, made {signedAt}, has run out.",
    hint: "Fetch the archive's present signature.",
    why: "Whoever signed gave the signature itself an end. That is another thing than the end of a key, which is judged at signing time.",
  },
  SIGNATURE_BEFORE_KEY: {
    message: "The signature of {file} was made {signedAt}, before its key {signer} ({made}).",
    hint: notUsed,
    why: atSigning,
  },
  SIGNATURE_AFTER_EXPIRY: {
    message: "The signature of {file} was made {signedAt}, when the key {signer} had expired ({expires}).",
    hint: "If the key was given more time since, bring it up to date: `medkit toolchain key update FILE`. Else do not use the archive.",
    why: atSigning,
  },
  SIGNATURE_KEY_REVOKED: {
    message: "The key {signer} that signed {file} is revoked.",
    hint: "Do not use the archive. Ask its publisher for one with a new signature.",
    why: "A revocation without a harmless reason means that somebody else may have the key; then no date in a signature is to be believed. A superseded or retired key counts for what it signed before.",
  },
  SIGNATURE_KEY_UNBOUND: {
    message: "The key {signer} signed {file}, but it is not vouched for as a signing key.",
    hint: "Import the publisher's whole key, from its own site.",
    why: "A signing subkey needs a signature of the primary key that binds it for signing, and one of its own that consents. One of them is missing, or does not hold.",
  },
  SIGNATURE_WEAK: {
    message: "The signature of {file} by {signer} uses what can be broken: {what}.",
    hint: "Ask the publisher for a signature with SHA-256 or better, by an RSA key of 2048 bits or more, or Ed25519.",
    why: "With MD5, SHA-1, RIPEMD, DSA or short RSA keys, others can make such a signature too.",
  },
  KEYRING_EMPTY: {
    message: "medkit's keyring has no key yet.",
    hint: "`medkit toolchain key import FILE --fingerprint F`, with the key that signs your archives.",
    why: "Signatures are judged by keys that you imported for this purpose. medkit ships none, and never looks at your own GnuPG keyring.",
  },
  KEYRING_DAMAGED: {
    message: "{path} in medkit's keyring is damaged.",
    hint: "Remove the file, and import the key again.",
    why: "It cannot be read, or it holds another key than its name says. As long as it is there, no signature is judged.",
  },
  OPENPGP_KEY_INVALID: {
    message: "{file} cannot be taken into the keyring: {problem}.",
    hint: "Give the publisher's public key, armored or binary.",
    why: "The keyring holds public keys that can vouch for something, and nothing else.",
  },
  OPENPGP_KEY_FORGED: {
    message: "In {file}, the subkey {subkey} was not put there by the key {fingerprint}.",
    hint: "Do not use this file. Take the key from its publisher's own site.",
    why: "The signature that binds a subkey to its key does not hold: somebody else has added it. Nothing was imported.",
  },
  OPENPGP_KEY_UNCONFIRMED: {
    message: "{file} holds {found}, and nobody has confirmed it.",
    hint: "Compare the fingerprint with one that you have from elsewhere (the publisher's site, a colleague, paper), and give it: `--fingerprint F`.",
    why: "Whoever can replace an archive can replace a key file as well. Only the fingerprint, from another way, ties the key to its owner.",
  },
  OPENPGP_KEY_OTHER: {
    message: "{file} does not hold the key {wanted}; it holds {found}.",
    hint: "Take the key from its publisher's own site, and compare again.",
    why: "The fingerprint is the key. Another fingerprint is another key, whatever name it carries.",
  },
  OPENPGP_KEY_UNVOUCHED: {
    message: "Nothing in {file} ({found}) belongs to a key of the keyring, or is certified by one.",
    hint: "If you have compared the fingerprint of a new key: `--fingerprint F`.",
    why: "An update brings new subkeys of known keys, and new keys that a known one has certified. Anything else has to be confirmed by a person.",
  },
  OPENPGP_KEY_UNKNOWN: {
    message: "The key {fingerprint} is not in the keyring.",
    hint: "`medkit toolchain key list` shows what is.",
    why: "Keys are named by the whole fingerprint of their primary key.",
  },
  OPENPGP_FINGERPRINT_INVALID: {
    message: "`{text}` is not a fingerprint.",
    hint: "Write all 40 hexadecimal digits of the primary key's fingerprint (64 for keys of version 6); spaces do not matter.",
    why: "A key ID is the end of a fingerprint, and others can make a key with the same end.",
  },
} as const satisfies Partial<ErrorTexts>;
