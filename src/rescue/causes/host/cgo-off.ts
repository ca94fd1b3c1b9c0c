import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["all-excluded"];

/** Go files of a folder that go through cgo, and whether there is one that does not. */
async function cgoFiles(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".go") && !name.endsWith("_test.go")); // prettier-ignore
  const found: string[] = [];
  for (const name of names.slice(0, 200))
    if (/^\s*(?:import\s+)?"C"\s*$/m.test(await readFile(join(folder, name), "utf8").catch(() => ""))) found.push(name);
  return found;
}

/** A C compiler that the go command would take, once cgo is on. */
async function compilerOf({ probes }: CaseFile): Promise<string | undefined> {
  const { value } = await probes.setting("CC");
  for (const name of value === "" ? ["gcc", "clang"] : [value.split(" ")[0] ?? ""]) {
    const path = await probes.which(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

export const cgoOff: Cause = {
  code: "CGO_OFF",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { probes, symptoms, command } = file;
    const setting = await probes.setting("CGO_ENABLED");
    const said = symptoms.find(({ kind }) => kinds.includes(kind))?.fields["folder"];
    if (said === undefined || setting.value !== "0" || setting.origin === "default") return undefined;
    const folder = resolve(command.cwd, said);
    const [first] = await cgoFiles(folder);
    // Without a compiler it is off for a reason.
    if (first === undefined || (await compilerOf(file)) === undefined) return undefined;
    return {
      code: "CGO_OFF",
      confidence: "certain",
      evidence: [
        settingEvidence(setting),
        { source: "file", subject: join(folder, first), text: 'import "C"' },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { folder },
    };
  },
  remedies: (_, file) => dropSetting(file, "CGO_ENABLED"),
};
