import { resolve } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import type { Cause } from "../../types.ts";

export const replaceMissing: Cause = {
  code: "REPLACE_MISSING",
  symptoms: ["replace-missing"],
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const { goMod, goModFile, root } = await probes.project();
    if (goMod === undefined || root === undefined || goModFile === undefined) return undefined;
    for (const { to, toVersion, path, line } of goMod.replace) {
      if (toVersion !== undefined || (await probes.path(resolve(root, to, "go.mod"))).kind === "file") continue;
      return {
        code: "REPLACE_MISSING",
        confidence: "certain",
        evidence: [
          { source: "file", subject: goModFile, text: `line ${line}: replace ${path} => ${to}` },
          ...saidEvidence(symptoms, ["replace-missing"]),
        ],
        params: { module: path, folder: resolve(root, to), file: goModFile, line },
      };
    }
    return undefined;
  },
  // Another copy of the module would be other code: that is for a person to choose.
  remedies: () => Promise.resolve([]),
};
