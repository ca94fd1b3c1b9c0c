import { saidEvidence } from "../../evidence.ts";
import { editGoflags } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

/** Below this a build of some size can run out; above, something else holds the files. */
const few = 4096;

export const openFilesExhausted: Cause = {
  code: "OPEN_FILES_EXHAUSTED",
  symptoms: ["open-files"],
  preventive: false,
  async diagnose({ probes, symptoms }) {
    // The go command, as our own runtime, takes all that the hard limit allows: the soft one is no hindrance.
    const hard = (await probes.limits())["open files"]?.hard;
    return {
      code: "OPEN_FILES_EXHAUSTED",
      confidence: hard !== undefined && hard < few ? "certain" : "possible",
      evidence: [
        ...(hard === undefined ? [] : [{ source: "host" as const, subject: "ulimit -Hn", text: String(hard) }]),
        ...saidEvidence(symptoms, ["open-files"]),
      ],
      params: { limit: hard ?? "?" },
    };
  },
  // Each compiler that runs takes some; one at a time takes the fewest.
  remedies: async (_, file) => [await editGoflags(file, { add: ["-p=1"] })],
};
