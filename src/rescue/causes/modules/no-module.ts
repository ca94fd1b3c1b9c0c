import { join } from "node:path";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { isInWorkspace } from "../../module-files.ts";
import { setVariable } from "../../remedies.ts";
import type { Cause } from "../../types.ts";

const kinds = ["no-module", "outside-main-module"];

export const noModule: Cause = {
  code: "NO_MODULE",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { probes, symptoms, command } = file;
    const project = await probes.project();
    const mode = await probes.setting("GO111MODULE");
    if (project.goModFile !== undefined || mode.value === "off") return undefined;
    // A workspace has its modules elsewhere; whether it fits is for another cause.
    if (await isInWorkspace(file)) return undefined;
    const below = project.modulesBelow.slice(0, 3).join(", ");
    return {
      code: "NO_MODULE",
      confidence: "certain",
      evidence: [
        { source: "file", subject: join(command.cwd, "go.mod"), text: "absent, here and above" },
        ...(mode.origin === "default" ? [] : [settingEvidence(mode)]),
        ...saidEvidence(symptoms, kinds),
      ],
      params: { folder: command.cwd, below: below === "" ? "-" : below },
    };
  },
  async remedies(_, file) {
    const gopath = (await file.probes.goEnv())?.["GOPATH"] ?? "";
    const inside = gopath
      .split(":")
      .some((each) => each !== "" && file.command.cwd.startsWith(`${join(each, "src")}/`));
    // A project of before modules, in its place: go looks for it in GOPATH where modules are not demanded. Modules stay on for all that have a go.mod.
    if (!inside || (await file.probes.setting("GO111MODULE")).value === "auto") return [];
    return [setVariable("GO111MODULE", "auto")];
  },
};
