import { join } from "node:path";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { setVariable } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

export const noModule: Cause = {
  code: "NO_MODULE",
  symptoms: ["no-module"],
  preventive: false,
  async diagnose({ probes, symptoms, command }) {
    const project = await probes.project();
    if (project.goModFile !== undefined) return undefined;
    const mode = await probes.setting("GO111MODULE");
    const below = project.modulesBelow.slice(0, 3).join(", ");
    return {
      code: "NO_MODULE",
      confidence: "certain",
      evidence: [
        { source: "file", subject: join(command.cwd, "go.mod"), text: "absent, here and above" },
        ...(mode.origin === "default" ? [] : [settingEvidence(mode)]),
        ...saidEvidence(symptoms, ["no-module"]),
      ],
      params: { folder: command.cwd, below: below === "" ? "-" : below },
    };
  },
  async remedies(_, file) {
    const gopath = (await file.probes.goEnv())?.["GOPATH"] ?? "";
    const inside = gopath
      .split(":")
      .some((each) => each !== "" && file.command.cwd.startsWith(`${join(each, "src")}/`));
    // A project of before modules, in its place: that is what GOPATH mode is for.
    if (!inside) return [];
    return [setVariable("GO111MODULE", "off")];
  },
};
