import { dirname, resolve } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import { nearestExisting, obstacleTo } from "../../probes/path-facts.ts";
import type { PathFacts } from "../../probes/types.ts";
import type { Cause } from "../../types.ts";

const kinds = ["output", "project-file"];

/** Less than a small program takes. */
const little = 16 * 1024 * 1024;

/** Why a program cannot go to a path, given what is there and what its folder is. */
function whyNot(own: PathFacts, folder: PathFacts): string | undefined {
  if (folder.kind !== "folder") return `${folder.path} is no folder`;
  if (own.kind === "folder") return `${own.path} is a folder`;
  // A file that is there is written over: it has to let itself be written to.
  const target = own.kind === "file" ? { path: own.path, writable: folder.writable && own.writable } : {};
  const obstacle = obstacleTo({ ...folder, ...target }, little);
  return obstacle && `${obstacle.subject} ${obstacle.text}`;
}

export const outputUnwritable: Cause = {
  code: "OUTPUT_UNWRITABLE",
  symptoms: kinds,
  preventive: false,
  async diagnose({ probes, symptoms, command }) {
    const said = symptoms.find((each) => kinds.includes(each.kind));
    if (said === undefined) return undefined;
    const path = resolve(command.cwd, said.fields["path"] ?? ".");
    const why = whyNot(await probes.path(path), await probes.path(await nearestExisting(dirname(path))));
    if (why === undefined) return undefined;
    return {
      code: "OUTPUT_UNWRITABLE",
      confidence: "certain",
      evidence: [{ source: "host", subject: path, text: why }, ...saidEvidence(symptoms, kinds)],
      params: { path, why },
    };
  },
  // Where the result is to go instead is for the person to say: whatever comes next looks for it where it was asked for.
  remedies: () => Promise.resolve([]),
};
