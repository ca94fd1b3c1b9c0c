import { join } from "node:path";
import { escapePath, escapeVersion } from "../../../module/index.ts";
import { saidEvidence } from "../../evidence.ts";
import type { CaseFile, Cause } from "../../types.ts";
import {
  answerEvidence,
  askSources,
  confidenceOf,
  fromKit,
  isFine,
  originOf,
  saysLogin,
  type Source,
} from "./sources.ts";

const kinds = ["bad-answer", "fetched-wrong"];

/** Something that is no module: an error, a page, a part. */
function isWrong({ answer, said, role }: Source): boolean {
  const { outcome, status = 0 } = answer;
  if (!said || role === "database") return false;
  // A page comes from a proxy's place only; a module's own site may have one.
  if (outcome === "html") return role === "proxy";
  return outcome === "cut" || outcome === "not-zip" || (outcome === "status" && ![401, 404, 407, 410].includes(status));
}

/** Whether the file that did not match lies in the module cache: then it is not known to have come just now. */
async function liesInCache({ probes, symptoms }: CaseFile): Promise<boolean> {
  const cache = (await probes.goEnv())?.["GOMODCACHE"];
  const { module, version, file } = symptoms.find((each) => each.kind === "fetched-wrong")?.fields ?? {};
  if (cache === undefined || module === undefined || version === undefined) return true;
  const path = join(cache, "cache", "download", escapePath(module), "@v", `${escapeVersion(version)}.${file ?? "zip"}`);
  return (await probes.path(path)).kind !== "absent";
}

export const proxyAnswerWrong: Cause = {
  code: "PROXY_ANSWER_WRONG",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { symptoms } = file;
    const plain = await askSources(file, ["bad-answer"]);
    // A page in place of a go.mod has another hash than go.sum's: what came is no module at all.
    const fetched = (await liesInCache(file)) ? [] : await askSources(file, ["fetched-wrong"]);
    // An error when it is asked again does not say what came before.
    const bad = plain.find(isWrong) ?? fetched.find((each) => isWrong(each) && each.answer.outcome !== "status");
    // It failed, and answers well now; or nobody may ask.
    const vague = symptoms.some(saysLogin)
      ? undefined
      : plain.find((each) => each.said && (isFine(each) || each.answer.outcome === "not-asked"));
    const source = bad ?? vague;
    if (source === undefined) return undefined;
    const spoken = symptoms.find((each) => each.kind === "bad-answer");
    const evidence = saidEvidence(symptoms, kinds);
    return {
      code: "PROXY_ANSWER_WRONG",
      confidence: bad === undefined ? "possible" : confidenceOf(bad),
      evidence: bad === undefined ? evidence : [answerEvidence(bad), ...evidence],
      params: {
        what: originOf(source),
        answer: bad === undefined ? (spoken?.fields["what"] ?? "?") : source.answer.detail,
      },
    };
  },
  // What go.sum says still has to hold of the kit's modules.
  remedies: (_, file) => fromKit(file),
};
