import { saidEvidence } from "../../evidence.ts";
import { setVariable } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["workspace", "go-too-old"];

/** What go reads about the workspace; without it the module is sound, or something else is the matter with it. */
const aboutWorkspace = /go\.work|workspace/;

/** Whether the workspace is out of the way once it is switched off: what go then says, if anything, is another fault. */
async function freedAlone({ probes }: CaseFile): Promise<boolean> {
  const { path } = await probes.go();
  if (path === undefined) return false;
  const alone = await probes.run([path, "list", "-m"], { environment: { GOWORK: "off", GOFLAGS: undefined } });
  return alone.status === 0 || !(aboutWorkspace.test(alone.stderr) || /errors parsing/.test(alone.stderr));
}

export const workspaceUnfit: Cause = {
  code: "WORKSPACE_UNFIT",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { probes, symptoms } = file;
    const [setting, project] = [await probes.setting("GOWORK"), await probes.project()];
    const workFile = setting.value === "" || setting.value === "auto" ? project.goWorkFile : setting.value;
    if (workFile === undefined || workFile === "off" || project.root === undefined) return undefined;
    if (!symptoms.some((each) => kinds.includes(each.kind) && each.line.includes("work"))) return undefined;
    const { path } = await probes.go();
    const withIt = path === undefined ? undefined : await probes.run([path, "list", "."]);
    // What fails only with the workspace is the workspace's fault.
    if (
      withIt === undefined ||
      (withIt.status === 0 && !aboutWorkspace.test(withIt.stderr)) ||
      !(await freedAlone(file))
    )
      return undefined;
    return {
      code: "WORKSPACE_UNFIT",
      confidence: "certain",
      evidence: [
        { source: "file", subject: workFile, text: withIt.stderr.trim().split("\n", 1)[0] ?? "" },
        ...saidEvidence(symptoms, ["workspace"]),
      ],
      params: { workspace: workFile, module: project.goModFile ?? "" },
    };
  },
  remedies: () => Promise.resolve([setVariable("GOWORK", "off")]),
};
