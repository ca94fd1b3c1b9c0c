import { cachedModule } from "../../../module/index.ts";
import { saidEvidence } from "../../evidence.ts";
import { damageOf, freshModuleCache, moduleCacheOf, moduleOfPath, type ModuleName } from "../../module-cache.ts"; // prettier-ignore
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["module-file", "module-zip", "package-not-in-module", "code.no-package"];

/** A package that go finds in none of its modules, although its path is below one of these: the module may have lost it. */
function holderOf(name: string, required: readonly ModuleName[]): readonly ModuleName[] {
  return required.filter(({ path }) => name === path || name.startsWith(`${path}/`));
}

/** Modules that the failure speaks of; where it names none, all that go.mod requires. */
async function suspects(file: CaseFile, cache: string): Promise<readonly ModuleName[]> {
  const { goMod } = await file.probes.project();
  const required = goMod?.require ?? [];
  const named = file.symptoms.flatMap(({ kind, fields }): readonly ModuleName[] => {
    if (!kinds.includes(kind)) return [];
    if (kind === "code.no-package") return holderOf(fields["package"] ?? "", required);
    const found = moduleOfPath(cache, file.command.cwd, fields["path"] ?? "");
    return found === undefined ? required.filter(({ path }) => path === fields["module"]) : [found];
  });
  const isVague = file.symptoms.some(({ kind }) => kinds.includes(kind) && kind !== "code.no-package");
  return (named.length > 0 ? named : isVague ? required : []).slice(0, 50);
}

export const moduleCacheDamaged: Cause = {
  code: "MODULE_CACHE_DAMAGED",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const cache = await moduleCacheOf(file);
    if (cache === undefined) return undefined;
    for (const module of await suspects(file, cache)) {
      const damage = await damageOf(file, cache, module);
      if (damage === undefined) continue;
      const subject = cachedModule(cache, module)[damage];
      return {
        code: "MODULE_CACHE_DAMAGED",
        confidence: "certain",
        evidence: [
          { source: "file", subject, text: `not what go.sum has of ${module.path}@${module.version}` },
          ...saidEvidence(file.symptoms, kinds),
        ],
        params: { module: `${module.path}@${module.version}`, path: subject },
      };
    }
    return undefined;
  },
  remedies: async (_, file) => [
    await freshModuleCache(file, { own: true }),
    await freshModuleCache(file, { own: false }),
  ],
};
