import type { Cause } from "../../types.ts";
import { dropSetting } from "../../remedies.ts";

export const moduleModeOff: Cause = {
  code: "MODULE_MODE_OFF",
  symptoms: ["modules-disabled", "package-not-in-gopath"],
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const setting = await probes.setting("GO111MODULE");
    const project = await probes.project();
    if (setting.value !== "off" || project.goModFile === undefined) return undefined;
    const [said] = symptoms;
    return {
      code: "MODULE_MODE_OFF",
      confidence: "certain",
      evidence: [
        setting.file === undefined
          ? { source: "variable", subject: "GO111MODULE", text: "off" }
          : { source: "file", subject: setting.file, text: `line ${setting.line}: GO111MODULE=off` },
        { source: "file", subject: project.goModFile, text: `module ${project.goMod?.module ?? ""}` },
        ...(said === undefined ? [] : [{ source: "output" as const, subject: "", text: said.line }]),
      ],
      params: { file: project.goModFile },
    };
  },
  remedies: async (_, file) => dropSetting(file, "GO111MODULE"),
};
