import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting, setVariable } from "../../remedies.ts";
import type { CaseFile, Cause, Remedy } from "../../types.ts";
import { compilerProgram, usualCompiler } from "./c-compiler.ts";

/** Whether everything builds without C: no package of the main module is left without a file, or imports what only C gives. */
async function buildsWithoutC({ probes }: CaseFile): Promise<boolean> {
  const { path } = await probes.go();
  if (path === undefined) return false;
  const result = await probes.run([path, "list", "-deps", "./..."], {
    environment: { CGO_ENABLED: "0" },
    timeout: 20_000,
  });
  return result.status === 0;
}

export const cCompilerMissing: Cause = {
  code: "C_COMPILER_MISSING",
  symptoms: ["no-compiler"],
  preventive: false,
  async diagnose({ probes, symptoms }) {
    const env = await probes.goEnv();
    const compiler = env?.["CC"] ?? "";
    if (
      env?.["CGO_ENABLED"] !== "1" ||
      compiler === "" ||
      (await probes.which(compilerProgram(compiler))) !== undefined
    )
      return undefined;
    const setting = await probes.setting("CC");
    return {
      code: "C_COMPILER_MISSING",
      confidence: "certain",
      evidence: [
        setting.value === "" ? { source: "host", subject: "PATH", text: compiler } : settingEvidence(setting),
        ...saidEvidence(symptoms, ["no-compiler"]),
      ],
      params: { compiler },
    };
  },
  async remedies(_, file) {
    const { probes } = file;
    const remedies: Remedy[] = [];
    const set = (await probes.setting("CC")).value !== "";
    const other = await usualCompiler(probes);
    if (set && other !== undefined) remedies.push(...(await dropSetting(file, "CC")));
    if (await buildsWithoutC(file)) remedies.push(setVariable("CGO_ENABLED", "0"));
    return remedies;
  },
};
