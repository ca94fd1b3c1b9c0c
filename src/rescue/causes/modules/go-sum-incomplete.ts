import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import { editGoflags, goflagName, splitGoflags, useKitModules } from "../../remedies.ts";
import type { CaseFile, Cause, Remedy } from "../../types.ts";

const kinds = ["go-sum-missing"];

/** Requirements of go.mod that go.sum has no hash of, for the module or for its go.mod. */
async function withoutHash({ probes }: CaseFile): Promise<readonly string[]> {
  const { goMod, root } = await probes.project();
  if (goMod === undefined || root === undefined) return [];
  const sums = await readFile(join(root, "go.sum"), "utf8").catch(() => "");
  return goMod.require
    .filter(
      ({ path, version }) =>
        !sums.includes(`${path} ${version} h1:`) || !sums.includes(`${path} ${version}/go.mod h1:`),
    )
    .map(({ path, version }) => `${path}@${version}`);
}

/** The command with copies of go.mod and go.sum, into which go writes what is missing. Each new hash is proven by the checksum database. */
async function withCopies(file: CaseFile): Promise<Remedy | undefined> {
  const { goModFile, root } = await file.probes.project();
  if (goModFile === undefined || root === undefined) return undefined;
  const folder = file.scratch("modfile");
  const copy = join(folder, "go.mod");
  const flags = await editGoflags(file, { add: ["-mod=mod", `-modfile=${copy}`] });
  return {
    kind: "copied-go-sum",
    params: { file: join(root, "go.sum") },
    reach: "state",
    cost: 1000,
    environment: flags.environment,
    folders: [folder],
    files: [
      { path: copy, content: await readFile(goModFile, "utf8") },
      { path: join(folder, "go.sum"), content: await readFile(join(root, "go.sum"), "utf8").catch(() => "") },
    ],
  };
}

export const goSumIncomplete: Cause = {
  code: "GO_SUM_INCOMPLETE",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const { probes, symptoms } = file;
    const flags = splitGoflags((await probes.setting("GOFLAGS")).value).map(goflagName);
    const missing = await withoutHash(file);
    const { root } = await probes.project();
    if (root === undefined || flags.includes("modfile") || !symptoms.some((each) => kinds.includes(each.kind)))
      return undefined;
    return {
      code: "GO_SUM_INCOMPLETE",
      // Where every direct requirement has its hash, an indirect one that go.mod does not list has none.
      confidence: missing.length > 0 ? "certain" : "likely",
      evidence: [
        {
          source: "file",
          subject: join(root, "go.sum"),
          text: missing.length > 0 ? `no hash of ${missing.slice(0, 3).join(", ")}` : "a hash is missing",
        },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { file: join(root, "go.sum") },
    };
  },
  async remedies(_, file) {
    const { probes } = file;
    const inWorkspace =
      (await probes.project()).goWorkFile !== undefined && (await probes.setting("GOWORK")).value !== "off";
    const copies = inWorkspace ? undefined : await withCopies(file);
    if (copies === undefined) return [];
    const kit = await useKitModules(file, { only: false });
    const proven =
      (await probes.setting("GOSUMDB")).value !== "off" && (await probes.setting("GONOSUMDB")).value === "";
    return [
      // Without a checksum database nothing would say whether the new hash is the right one.
      ...(proven ? [copies] : []),
      ...(kit === undefined
        ? []
        : [
            {
              ...copies,
              params: { ...copies.params, kit: kit.params["kit"] ?? "" },
              environment: { ...kit.environment, ...copies.environment },
            },
          ]),
    ];
  },
};
