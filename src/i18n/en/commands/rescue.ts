import type { CommandText } from "../../types.ts";

export const rescueCommands = {
  rescue: {
    brief: "Run a command; where its environment makes it fail, find out why and make it pass",
    about:
      "Runs the command as it is. If it fails, medkit finds the cause, says it in one sentence with the evidence, tries the least intrusive remedy, and runs it again, until it passes or nothing safe is left. Remedies live in the environment of the command; a file of yours is changed only with --fix-files, after a copy. A failing program or test is left alone.",
    flags: {
      kit: "unpacked kit to take remedies from (default: the active one)",
      signer: "demand that the kit is signed by this Ed25519 public key (PEM)",
      report: "write what was found and done to this file, as JSON",
      fixFiles: "allow changes of your files, each after a copy",
      undo: "take back what the last rescue left on disk",
    },
    examples: [
      { line: "medkit rescue -- go build ./...", text: "from a red build to a green one" },
      {
        line: "medkit rescue --kit ./go-emergency-kit --report rescue.json -- go test ./...",
        text: "with a kit, and a report",
      },
      { line: "medkit rescue --undo", text: "take the last one back" },
    ],
  },
  doctor: {
    brief: "Inspect host, environment, module and caches, and list what is wrong",
    about:
      "The knowledge of rescue without a failing command: findings by severity, with evidence and remedy. Exit status 3 where there is an error.",
    args: { dir: "folder to look at (default: the current one)" },
    flags: {
      fix: "apply the safe remedies, each after a copy",
      explain: "say what a cause means, and what to do",
      kit: "unpacked kit to take remedies from (default: the active one)",
    },
    examples: [
      { line: "medkit doctor", text: "before the build fails" },
      { line: "medkit doctor --explain GO_MISSING", text: "what a finding means" },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
