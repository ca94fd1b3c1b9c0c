import { saidEvidence } from "../../evidence.ts";
import { obstacleTo } from "../../probes/path-facts.ts";
import { freshFolder } from "../../remedies.ts";
import { readGoLine } from "../../command-line.ts";
import type { Cause } from "../../types.ts";

const kinds = ["work-dir", "fork-denied", "denied"];

export const temporaryFolderUnusable: Cause = {
  code: "TEMPORARY_FOLDER_UNUSABLE",
  symptoms: kinds,
  preventive: true,
  async diagnose({ probes, symptoms, command }) {
    const own = (await probes.setting("GOTMPDIR")).value;
    const name = own === "" ? "TMPDIR" : "GOTMPDIR";
    const path = own || command.env["TMPDIR"] || "/tmp";
    const facts = await probes.path(path);
    const starts = ["run", "test", "generate"].includes(readGoLine(command.argv)?.verb ?? "");
    const refused = facts.mount.noexec && starts ? "no program may be started from it (noexec)" : undefined;
    const obstacle = obstacleTo(facts, 4 * 1024 * 1024);
    const unfit = obstacle === undefined ? refused : `it ${obstacle.text}`;
    const why = facts.kind === "folder" ? unfit : "it is not there";
    if (why === undefined) return undefined;
    return {
      code: "TEMPORARY_FOLDER_UNUSABLE",
      confidence: "certain",
      evidence: [
        { source: "variable", subject: name, text: path },
        { source: "host", subject: path, text: why },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { path, why, name },
    };
  },
  remedies: (diagnosis, file) => {
    const gone = diagnosis.params["why"] === "it is not there";
    // Programs that the command starts look at TMPDIR themselves.
    return Promise.resolve([
      freshFolder(
        file,
        "GOTMPDIR",
        gone && file.command.env["TMPDIR"] !== undefined ? { TMPDIR: file.scratch("gotmpdir") } : {},
      ),
    ]);
  },
};
