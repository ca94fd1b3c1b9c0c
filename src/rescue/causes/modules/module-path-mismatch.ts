import { saidEvidence } from "../../evidence.ts";
import type { Cause } from "../../types.ts";

const kinds = ["path-required", "path-collision"];

export const modulePathMismatch: Cause = {
  code: "MODULE_PATH_MISMATCH",
  symptoms: kinds,
  preventive: false,
  async diagnose({ probes, symptoms }) {
    const { goMod, goModFile } = await probes.project();
    const said = symptoms.find(({ kind }) => kinds.includes(kind));
    if (goMod === undefined || goModFile === undefined || said === undefined) return undefined;
    const declared =
      symptoms.find(({ kind }) => kind === "path-declared")?.fields["declared"] ?? said.fields["declared"];
    const required = said.fields["required"] ?? "";
    // Both ways of writing within the program itself are the program's own affair.
    const found = goMod.require.find(({ path }) => required === path || required.startsWith(`${path}/`) || declared?.startsWith(`${path}/`) === true); // prettier-ignore
    if (declared === undefined || found === undefined) return undefined;
    return {
      code: "MODULE_PATH_MISMATCH",
      confidence: "certain",
      evidence: [
        { source: "file", subject: goModFile, text: `line ${found.line}: ${found.path} ${found.version}` },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { required, declared, file: goModFile, line: found.line },
    };
  },
  // Imports have to change with it.
  remedies: () => Promise.resolve([]),
};
