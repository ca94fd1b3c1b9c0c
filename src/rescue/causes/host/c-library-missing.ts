import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["c-header", "c-library", "pkg-config"];

/** Whether a header lies in a folder that compilers of this host look into by themselves. */
async function isInstalled({ probes }: CaseFile, header: string): Promise<boolean> {
  const below = (await readdir("/usr/include").catch((): string[] => [])).filter((name) => name.includes("-linux-"));
  const folders = ["/usr/include", "/usr/local/include", ...below.map((name) => join("/usr/include", name))];
  for (const folder of folders) if ((await probes.path(join(folder, header))).kind !== "absent") return true;
  return false;
}

export const cLibraryMissing: Cause = {
  code: "C_LIBRARY_MISSING",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { symptoms, probes } = file;
    const said = symptoms.find((each) => kinds.includes(each.kind));
    if (said === undefined || (await probes.goEnv())?.["CGO_ENABLED"] !== "1") return undefined;
    const { header, library, program } = said.fields;
    // A header of the project's own that is not there is the program's fault; one that is installed was hidden by flags.
    if (header !== undefined && (!header.includes("/") || (await isInstalled(file, header)))) return undefined;
    if (program !== undefined && (await probes.which(program)) !== undefined) return undefined;
    if (said.kind === "pkg-config" && program === undefined && library !== undefined) {
      const path = await probes.which((await probes.setting("PKG_CONFIG")).value || "pkg-config");
      if (path !== undefined && (await probes.run([path, "--exists", library])).status === 0) return undefined;
    }
    const what = header ?? library ?? program ?? "";
    return {
      code: "C_LIBRARY_MISSING",
      confidence: said.kind === "c-library" ? "possible" : "likely",
      evidence: [{ source: "host", subject: what, text: said.kind }, ...saidEvidence(symptoms, kinds)],
      params: { what },
    };
  },
  // medkit carries no C libraries, and a program that asks for C is not built without it behind its back.
  remedies: () => Promise.resolve([]),
};
