import { saidEvidence } from "../../evidence.ts";
import { moduleFiles, textOf } from "../../module-files.ts";
import type { CaseFile, Cause } from "../../types.ts";
import { provenCopies } from "./proven-copies.ts";

const kinds = ["go-sum-missing"];

/** Requirements of go.mod that go.sum has no hash of: for the go.mod, and for a direct one's content too. */
async function withoutHash(file: CaseFile): Promise<readonly { readonly path: string; readonly version: string }[]> {
  const { goMod } = await file.probes.project();
  const files = await moduleFiles(file);
  if (goMod === undefined || files === undefined) return [];
  const sums = await textOf(files.goSum);
  return goMod.require.filter(
    ({ path, version, indirect }) =>
      (!indirect && !sums.includes(`${path} ${version} h1:`)) || !sums.includes(`${path} ${version}/go.mod h1:`),
  );
}

export const goSumIncomplete: Cause = {
  code: "GO_SUM_INCOMPLETE",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { symptoms } = file;
    const files = await moduleFiles(file);
    if (files === undefined || !symptoms.some((each) => kinds.includes(each.kind))) return undefined;
    const missing = (await withoutHash(file)).map(({ path, version }) => `${path}@${version}`);
    return {
      code: "GO_SUM_INCOMPLETE",
      // Where every direct requirement has its hash, an indirect one that go.mod does not list has none.
      confidence: missing.length > 0 ? "certain" : "likely",
      evidence: [
        {
          source: "file",
          subject: files.goSum,
          text: missing.length > 0 ? `no hash of ${missing.slice(0, 3).join(", ")}` : "a hash is missing",
        },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { file: files.goSum },
    };
  },
  async remedies(_, file) {
    return provenCopies(file, { updateGoMod: false, missing: (await withoutHash(file)).map(({ path }) => path) });
  },
};
