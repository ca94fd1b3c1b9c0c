import { saidEvidence } from "../../evidence.ts";
import { editGoflags, useKitModules } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

export const vendorOutOfStep: Cause = {
  code: "VENDOR_OUT_OF_STEP",
  symptoms: ["vendor"],
  preventive: false,
  async diagnose({ probes, symptoms }) {
    const project = await probes.project();
    const { path } = await probes.go();
    if (!project.vendor || project.root === undefined || path === undefined) return undefined;
    const result = await probes.run([path, "list", "-mod=vendor", "-e", "."], { environment: { GOFLAGS: undefined } });
    if (!/inconsistent vendoring/.test(result.stderr)) return undefined;
    return {
      code: "VENDOR_OUT_OF_STEP",
      confidence: "certain",
      evidence: [
        {
          source: "file",
          subject: `${project.root}/vendor/modules.txt`,
          text: result.stderr.trim().split("\n")[1]?.trim() ?? "",
        },
        ...saidEvidence(symptoms, ["vendor"]),
      ],
      params: { folder: `${project.root}/vendor` },
    };
  },
  async remedies(_, file) {
    // The modules themselves, at the versions of go.mod, checked by go.sum as ever.
    const without = await editGoflags(file, { add: ["-mod=readonly"] });
    const kit = await useKitModules(file, { only: false });
    return [
      without,
      ...(kit === undefined ? [] : [{ ...kit, environment: { ...kit.environment, ...without.environment } }]),
    ];
  },
};
