import { saidEvidence } from "../../evidence.ts";
import type { Cause } from "../../types.ts";

export const checksumMismatch: Cause = {
  code: "CHECKSUM_MISMATCH",
  symptoms: ["checksum"],
  preventive: false,
  async diagnose({ probes, symptoms, kit }) {
    const module = symptoms.map((each) => /(\S+)@(v\S+?):? /.exec(each.line)).find((match) => match !== null);
    const [path = "", version = ""] = [module?.[1], module?.[2]];
    const known = kit?.hashes(path, version);
    const { goModFile } = await probes.project();
    return {
      code: "CHECKSUM_MISMATCH",
      // The go command has computed the hash itself: its words are the probe.
      confidence: "certain",
      evidence: [
        ...saidEvidence(symptoms, ["checksum"]),
        ...(known === undefined
          ? []
          : [
              {
                source: "kit" as const,
                subject: `${path}@${version}`,
                text: `${known.zip ?? ""} ${known.goMod}`.trim(),
              },
            ]),
      ],
      params: { module: path === "" ? "?" : `${path}@${version}`, file: goModFile ?? "go.mod" },
    };
  },
  // Nothing that makes a check go away is a remedy.
  remedies: () => Promise.resolve([]),
};
