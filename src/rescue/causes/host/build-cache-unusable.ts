import { isAbsolute, join } from "node:path";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { obstacleTo } from "../../probes/path-facts.ts";
import { freshFolder } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";

// Where go cannot note what a standard package holds, it says that there is none.
const kinds = ["build-cache", "no-home", "denied", "code.no-package"];

/** The first of the cache's folders (`00` to `ff`) that root, or a strict umask, left behind so that this user cannot use it. */
async function troubleWithin(
  probes: CaseFile["probes"],
  path: string,
): Promise<{ readonly path: string; readonly why: string } | undefined> {
  const names = Array.from({ length: 256 }, (_, number) => number.toString(16).padStart(2, "0"));
  const all = await Promise.all(names.map((name) => probes.path(join(path, name))));
  const bad = all.find(({ kind, writable, executable }) => kind === "folder" && !(writable && executable));
  return bad && { path, why: `${bad.path} may not be written to` };
}

/** Where the cache would be, and why that cannot serve; undefined where it can. */
async function trouble({ probes }: CaseFile): Promise<{ readonly path: string; readonly why: string } | undefined> {
  const setting = await probes.setting("GOCACHE");
  if (setting.value === "off") return { path: "off", why: "GOCACHE=off" };
  const base = (await probes.setting("XDG_CACHE_HOME")).value;
  const home = (await probes.setting("HOME")).value;
  const path = setting.value || (base === "" ? (home === "" ? "" : `${home}/.cache/go-build`) : `${base}/go-build`);
  if (path === "") return { path, why: "GOCACHE, XDG_CACHE_HOME and HOME are unset" };
  if (!isAbsolute(path)) return { path, why: `${path} is not absolute` };
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("/")) || "/") {
    const facts = await probes.path(at);
    if (facts.kind === "absent" && at !== "/") continue;
    if (facts.kind !== "folder") return { path, why: `${at} is no folder` };
    const obstacle = obstacleTo(facts, 4 * 1024 * 1024);
    if (obstacle !== undefined) return { path, why: `${obstacle.subject} ${obstacle.text}` };
    return at === path ? troubleWithin(probes, path) : undefined;
  }
}

export const buildCacheUnusable: Cause = {
  code: "BUILD_CACHE_UNUSABLE",
  symptoms: kinds,
  preventive: true,
  async diagnose(file) {
    const found = await trouble(file);
    if (found === undefined) return undefined;
    const setting = await file.probes.setting("GOCACHE");
    return {
      code: "BUILD_CACHE_UNUSABLE",
      confidence: "certain",
      evidence: [
        setting.value === "" ? { source: "host", subject: "GOCACHE", text: found.why } : settingEvidence(setting),
        ...saidEvidence(file.symptoms, kinds),
      ],
      params: { why: found.why },
    };
  },
  async remedies(_, file) {
    // Without HOME go finds no place for modules either.
    const home = (await file.probes.setting("HOME")).value;
    const noPath =
      home === "" &&
      (await file.probes.setting("GOPATH")).value === "" &&
      (await file.probes.setting("GOMODCACHE")).value === "";
    const cache = freshFolder(file, "GOCACHE");
    return [
      noPath
        ? {
            ...cache,
            environment: { ...cache.environment, GOPATH: file.scratch("gopath") },
            folders: [...(cache.folders ?? []), file.scratch("gopath")],
          }
        : cache,
    ];
  },
};
