import { splitGoflags } from "../../../core/goflags.ts";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { editGoflags } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

export const vendorMissing: Cause = {
  code: "VENDOR_MISSING",
  symptoms: ["vendor", "package-not-in-gopath"],
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const [setting, project] = [await probes.setting("GOFLAGS"), await probes.project()];
    if (
      project.root === undefined ||
      project.vendor ||
      !splitGoflags(setting.value).some((word) => /^--?mod=vendor$/.test(word))
    )
      return undefined;
    return {
      code: "VENDOR_MISSING",
      confidence: "certain",
      evidence: [settingEvidence(setting), ...saidEvidence(symptoms, ["vendor"])],
      params: { folder: project.root },
    };
  },
  remedies: async (_, file) => [await editGoflags(file, { drop: ["mod"] })],
};
