import { splitGoflags } from "../../../core/goflags.ts";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { editGoflags, goflagName, joinGoflags } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["goflags", "vendor-missing"];

/** Never kept: it starts a program of somebody's for every step of a build. */
const forbidden: ReadonlySet<string> = new Set(["toolexec"]);

/** What go says of a word that it cannot take, whatever is built. `-mod=vendor` without a vendor folder is another cause. */
const rejection =
  /GOFLAGS|flag provided but not defined|invalid value|invalid boolean|(?:^|\n)-?\w+=\S* not supported|reading overlay|^go: open \S+: no such file/;

/** The words of GOFLAGS that this go rejects, each tried by itself. */
async function badFlags(file: CaseFile, words: readonly string[]): Promise<readonly string[]> {
  const { path } = await file.probes.go();
  if (path === undefined) return [];
  const bad: string[] = [];
  for (const word of words) {
    const environment = { GOFLAGS: joinGoflags([word]), GOENV: "off", GOWORK: "off" };
    // The cheapest command that reads GOFLAGS and takes the flags of a build.
    const result = await file.probes.run([path, "list", "-e", "-find", "errors"], { environment });
    if (result.status !== 0 && rejection.test(result.stderr)) bad.push(word);
  }
  return bad;
}

export const goflagsInvalid: Cause = {
  code: "GOFLAGS_INVALID",
  symptoms: kinds,
  preventive: true,
  async diagnose(file) {
    const setting = await file.probes.setting("GOFLAGS");
    const words = splitGoflags(setting.value);
    const bad = [...(await badFlags(file, words)), ...words.filter((word) => forbidden.has(goflagName(word)))];
    if (bad.length === 0) return undefined;
    return {
      code: "GOFLAGS_INVALID",
      confidence: "certain",
      evidence: [settingEvidence(setting), ...saidEvidence(file.symptoms, kinds)],
      params: { flags: joinGoflags(bad), value: setting.value },
    };
  },
  remedies: async (diagnosis, file) => [
    await editGoflags(file, { dropWords: splitGoflags(String(diagnosis.params["flags"])) }),
  ],
};
