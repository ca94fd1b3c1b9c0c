import { fileURLToPath } from "node:url";
import { escapePath } from "../../../module/index.ts";
import { saidEvidence } from "../../evidence.ts";
import { namedModule } from "../../module-cache.ts";
import { useKitModules } from "../../remedies.ts";
import type { CaseFile, Cause, Diagnosis, Evidence, Symptom } from "../../types.ts";

const kinds = ["version-gone"];

interface Gone {
  readonly symptom: Symptom;
  readonly module: string;
  readonly version: string;
  readonly url: string;
  readonly evidence: Evidence;
  readonly answer: string;
  /** Whether that proxy has any version of it. */
  readonly isKnown: boolean;
}

/** Path of a file: address; undefined where it is malformed. */
function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** What a proxy says of a file when it is asked again: that it is there, or not; undefined where it says neither. */
async function look(
  { probes }: CaseFile,
  url: string,
): Promise<{ readonly there: boolean; readonly answer: string } | undefined> {
  // prettier-ignore
  if (url.startsWith("file:")) {
    const path = pathOf(url);
    if (path === undefined) return undefined;
    const there = (await probes.path(path)).kind === "file";
    return { there, answer: there ? "there" : "no such file" };
  }
  const { outcome, status } = await probes.ask(url);
  if (outcome === "ok") return { there: true, answer: "there" };
  return outcome === "status" && (status === 404 || status === 410) ? { there: false, answer: String(status) } : undefined; // prettier-ignore
}

/** A version that a proxy really has not. */
async function findGone(file: CaseFile): Promise<Gone | undefined> {
  for (const symptom of file.symptoms) {
    const { url } = symptom.fields;
    const named = namedModule(symptom.fields["module"], symptom.fields["version"]);
    if (!kinds.includes(symptom.kind) || named === undefined || url === undefined) continue;
    const found = await look(file, url);
    if (found === undefined || found.there) continue;
    const list = await look(file, `${url.slice(0, url.lastIndexOf("/@v/"))}/@v/list`);
    const source = url.startsWith("file:") ? "file" : "network";
    return { symptom, module: named.path, version: named.version, url, answer: found.answer, isKnown: list?.there === true, evidence: { source, subject: url, text: found.answer } }; // prettier-ignore
  }
  return undefined;
}

function diagnosisOf(code: Diagnosis["code"], confidence: Diagnosis["confidence"], gone: Gone): Diagnosis {
  const { module, version, url, answer, symptom, evidence } = gone;
  const at = url.replaceAll("%21", "!").indexOf(`/${escapePath(module)}/@v/`);
  return {
    code,
    confidence,
    evidence: [evidence, ...saidEvidence([symptom], kinds)],
    params: { module, version, proxy: at < 0 ? url : url.replaceAll("%21", "!").slice(0, at), answer },
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
