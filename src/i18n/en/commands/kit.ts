import type { CommandText } from "../../types.ts";

export const kitCommands = {
  start: {
    brief: "Build a kit for this host, verify it, and rehearse the recovery",
    about:
      "This is what `npm start` runs: it makes a real emergency kit from the reference configuration, verifies it, and rehearses in a sandbox without network what a person on call would do.",
  },
  "kit build": {
    brief: "Make an emergency kit from a configuration",
    about:
      "Fetches and verifies toolchains and modules, proves with the network off that they suffice, warms the build cache, and packs everything into one reproducible archive with its checksum beside it.",
    flags: {
      out: "folder for the archive (default: the current one)",
      platform: "only these platforms of the configuration",
      signKey: "Ed25519 private key (PEM) to sign the manifest with",
      lock: "lock file: the tree head and time to use, written where it is absent (default: <config>.lock.json, if there)",
      tools: "folder with medkit's executables, from `npm run package` (default: dist/ of the checkout)",
    },
    examples: [
      {
        line: "medkit kit build --config examples/reference-kit.yaml --out dist",
        text: "the reference kit, into dist/",
      },
      { line: "medkit kit build --platform linux/amd64 --dry-run", text: "what a kit for one platform would hold" },
    ],
  },
  "kit verify": {
    brief: "Check a kit, packed or unpacked, against its manifest and signature",
    about:
      "Finds changed, added, missing, renamed and linked files and lost modes. Starts nothing of the kit. A key that lies in the kit proves nothing: with --signer the manifest must be signed by the key that you bring. The same holds for a checksum database of your own: without --sumdb or --signer its proofs are NOT CHECKED, and the status is 5.",
    args: { path: "the archive, or the folder that it was unpacked to" },
    flags: {
      signer: "demand a signature by this Ed25519 public key (PEM)",
      sumdb: "the checksum database's key, as in GOSUMDB, for a kit whose database medkit does not know",
    },
    examples: [
      { line: "medkit kit verify go-emergency-kit-v1.2.tgz", text: "before it is carried to the other side" },
      {
        line: "medkit kit verify ./go-emergency-kit --signer release.pub.pem",
        text: "after it was unpacked, with the key from elsewhere",
      },
    ],
  },
  "kit inspect": {
    brief: "Say what a kit holds, from where, and how that was verified",
    args: { path: "the archive, or the folder that it was unpacked to" },
    examples: [{ line: "medkit kit inspect go-emergency-kit-v1.2.tgz --json", text: "the manifest, for a program" }],
  },
  drill: {
    brief: "Rehearse the recovery with a kit, in sandboxes without network",
    about:
      "Each run unpacks, verifies and activates the kit on a host that is broken in a known way, builds and runs the example service, deactivates, and compares the environment byte for byte. The report says how many recovered, how fast, and what failed.",
    args: { kit: "the archive to rehearse with" },
    flags: {
      runs: "how many runs (default: one of each scenario)",
      scenario: "only these scenarios",
      out: "folder for the report (JSON and HTML)",
      seed: "the order of the scenarios follows from this number",
    },
    examples: [
      {
        line: "medkit drill go-emergency-kit-v1.2.tgz --runs 200 --out drill",
        text: "two hundred rehearsals and their report",
      },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
