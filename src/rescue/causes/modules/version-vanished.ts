import { saidEvidence } from "../../evidence.ts";
import { useKitModules } from "../../remedies.ts";
import type { Answer } from "../../probes/types.ts";
import type { CaseFile, Cause, Diagnosis, Symptom } from "../../types.ts";

const kinds = ["version-gone"];

function isGone({ outcome, status }: Answer): boolean {
  return outcome === "status" && (status === 404 || status === 410);
}

interface Gone {
  readonly symptom: Symptom;
  readonly module: string;
  readonly version: string;
  readonly answer: Answer;
  /** Whether that proxy has any version of it. */
  readonly isKnown: boolean;
}

/** A version that a proxy really says it has not, when it is asked again. */
async function findGone({ probes, symptoms }: CaseFile): Promise<Gone | undefined> {
  for (const symptom of symptoms) {
    const { module, version, url } = symptom.fields;
    if (!kinds.includes(symptom.kind) || module === undefined || version === undefined || url === undefined) continue;
    const answer = await probes.ask(url);
    if (!isGone(answer)) continue;
    const list = await probes.ask(`${url.slice(0, url.lastIndexOf("/@v/"))}/@v/list`);
    return { symptom, module, version, answer, isKnown: list.outcome === "ok" };
  }
  return undefined;
}

function diagnosisOf(code: Diagnosis["code"], confidence: Diagnosis["confidence"], gone: Gone): Diagnosis {
  const { module, version, answer, symptom } = gone;
  return {
    code,
    confidence,
    evidence: [
      { source: "network", subject: answer.url, text: `${answer.outcome} ${answer.status ?? ""}`.trim() },
      ...saidEvidence([symptom], kinds),
    ],
    params: { module, version, proxy: answer.url.slice(0, answer.url.indexOf("/", 8)), status: answer.status ?? 404 },
  };
}

export const versionVanished: Cause = {
  code: "VERSION_VANISHED",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const gone = await findGone(file);
    if (gone === undefined) return undefined;
    // A version that somebody still has did exist.
    const isKept = file.kit?.hashes(gone.module, gone.version) !== undefined;
    return gone.isKnown || isKept ? diagnosisOf("VERSION_VANISHED", "certain", gone) : undefined;
  },
  async remedies({ params }, file) {
    const kit = await useKitModules(file, { only: false });
    const isHeld = await file.kit?.holds(String(params["module"]), String(params["version"]));
    // go.sum, or the database whose records the kit has, says whether it is the same.
    return kit === undefined || isHeld !== true ? [] : [kit];
  },
};

/** The proxy knows no version at all of what go.mod demands, nor does the kit: it is private, or misspelt. What is private is for a person to say. */
export const modulePrivate: Cause = {
  code: "MODULE_PRIVATE",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const gone = await findGone(file);
    if (gone === undefined || gone.isKnown || file.kit?.hashes(gone.module, gone.version) !== undefined)
      return undefined;
    const { goMod } = await file.probes.project();
    if (goMod?.require.some(({ path }) => path === gone.module) !== true) return undefined;
    return diagnosisOf("MODULE_PRIVATE", "likely", gone);
  },
  remedies: () => Promise.resolve([]),
};
