import { saidEvidence } from "../../evidence.ts";
import { moduleFiles } from "../../module-files.ts";
import type { Cause } from "../../types.ts";
import { provenCopies } from "./proven-copies.ts";

const kinds = ["go-mod-updates"];

export const goModUpdatesNeeded: Cause = {
  code: "GO_MOD_UPDATES_NEEDED",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { probes, symptoms } = file;
    const files = await moduleFiles(file);
    const { path } = await probes.go();
    if (files === undefined || path === undefined) return undefined;
    const asked = await probes.run([path, "list", "-deps", "./..."], { cwd: files.root });
    if (asked.status === 0 || !asked.stderr.includes("updates to go.mod needed")) return undefined;
    return {
      code: "GO_MOD_UPDATES_NEEDED",
      confidence: "certain",
      evidence: [
        { source: "file", subject: files.goMod, text: asked.stderr.trim().split("\n", 1)[0] ?? "" },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { file: files.goMod },
    };
  },
  // The versions follow from what the requirements require: nobody chooses anything.
  remedies: (_, file) => provenCopies(file, { updateGoMod: true, missing: [] }),
};
