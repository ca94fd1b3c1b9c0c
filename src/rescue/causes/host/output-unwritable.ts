import { dirname, resolve } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import { nearestExisting } from "../../probes/path-facts.ts";
import type { Cause } from "../../types.ts";

const kinds = ["output", "project-file"];

/** Less than a small program takes. */
const little = 16 * 1024 * 1024;

export const outputUnwritable: Cause = {
  code: "OUTPUT_UNWRITABLE",
  symptoms: kinds,
  preventive: false,
  async diagnose({ probes, symptoms, command }) {
    const said = symptoms.find((each) => kinds.includes(each.kind));
    if (said === undefined) return undefined;
    const path = resolve(command.cwd, said.fields["path"] ?? ".");
    const folder = await nearestExisting(dirname(path));
    const [facts, own] = [await probes.path(folder), await probes.path(path)];
    const why =
      facts.kind !== "folder"
        ? `${folder} is no folder`
        : own.kind === "folder"
          ? `${path} is a folder`
          : facts.mount.readOnly
            ? `${facts.mount.point} is mounted read-only`
            : !facts.writable || (own.kind === "file" && !own.writable)
              ? `${own.kind === "file" ? path : folder} may not be written to`
              : facts.freeBytes < little
                ? `${facts.mount.point} is full`
                : (facts.freeInodes ?? 1000) < 16
                  ? `${facts.mount.point} has no inodes left`
                  : undefined;
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
