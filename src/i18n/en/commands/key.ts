import type { CommandText } from "../../types.ts";

const fingerprint = "the whole fingerprint of the primary key, that you have from elsewhere";

export const keyCommands = {
  "toolchain key import": {
    brief: "Take a publisher's OpenPGP key into medkit's own keyring",
    about:
      "Signatures of Go archives are judged by the keys of this keyring and no others; your GnuPG keyring is neither read nor changed. Of a file with several keys the one with the given fingerprint is taken. Without --fingerprint the fingerprints are shown, and nothing is imported.",
    args: { file: "public key, armored or binary" },
    flags: { fingerprint },
    examples: [
      {
        line: "medkit toolchain key import linux_signing_key.pub --fingerprint EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796",
        text: "the key that signs the archives of go.dev/dl",
      },
    ],
  },
  "toolchain key list": {
    brief: "List the keys of medkit's keyring, and what each may sign",
    examples: [{ line: "medkit toolchain key list", text: "with subkeys, their dates, and who confirmed them" }],
  },
  "toolchain key update": {
    brief: "Bring the keyring up to date: new subkeys, new dates, a successor",
    about:
      "Of keys that are in the keyring, what the primary key itself signed is added: subkeys, longer dates, revocations. A new primary key is taken only where a key of the keyring has certified it, or you give its fingerprint. Nothing that is known gets lost.",
    args: { file: "public key, armored or binary" },
    flags: { fingerprint },
    examples: [
      { line: "medkit toolchain key update linux_signing_key.pub", text: "after its publisher made a new subkey" },
    ],
  },
  "toolchain key remove": {
    brief: "Take a key out of medkit's keyring",
    about: "What it has proven stays installed, with the evidence in its record.",
    args: { fingerprint: "the whole fingerprint of the primary key" },
    examples: [
      {
        line: "medkit toolchain key remove EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796",
        text: "from now on, its signatures count for nothing",
      },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
