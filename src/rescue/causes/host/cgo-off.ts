import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { dropSetting } from "../../remedies.ts";
import { readRegularFile } from "../../../core/regular-file.ts";
import type { CaseFile, Cause } from "../../types.ts";
import { compilerProgram, usualCompiler } from "./c-compiler.ts";

const kinds = ["all-excluded", "cgo-wanted"];

/** A Go file of a folder that goes through cgo. */
async function cgoFile(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".go") && !name.endsWith("_test.go")); // prettier-ignore
  for (const name of names.slice(0, 200))
    if (/^\s*(?:import\s+)?"C"\s*$/m.test((await readRegularFile(join(folder, name))) ?? "")) return name;
  return undefined;
}

/** A C compiler that the go command would take, once cgo is on. */
async function compilerOf({ probes }: CaseFile): Promise<string | undefined> {
  const { value } = await probes.setting("CC");
  return value === "" ? usualCompiler(probes) : probes.which(compilerProgram(value));
}

export const cgoOff: Cause = {
  code: "CGO_OFF",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { probes, symptoms, command } = file;
    const setting = await probes.setting("CGO_ENABLED");
    if (setting.value !== "0" || setting.origin === "default") return undefined;
    // Asked for by a flag, C is wanted whatever the files are.
    const isWanted = symptoms.some(({ kind }) => kind === "cgo-wanted");
    const said = isWanted ? undefined : symptoms.find(({ kind }) => kinds.includes(kind))?.fields["folder"];
    const folder = resolve(command.cwd, said ?? ".");
    const first = said === undefined ? undefined : await cgoFile(folder);
    // Without a compiler it is off for a reason.
    if ((!isWanted && first === undefined) || (await compilerOf(file)) === undefined) return undefined;
    return {
      code: "CGO_OFF",
      confidence: "certain",
      evidence: [
        settingEvidence(setting),
        ...(first === undefined ? [] : [{ source: "file" as const, subject: join(folder, first), text: 'import "C"' }]),
        ...saidEvidence(symptoms, kinds),
      ],
      params: { folder },
    };
  },
  remedies: (_, file) => dropSetting(file, "CGO_ENABLED"),
};
