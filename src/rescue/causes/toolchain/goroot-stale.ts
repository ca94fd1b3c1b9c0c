import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { saidEvidence, settingEvidence } from "../../evidence.ts";
import { readVersionFile } from "../../probes/go-facts.ts";
import { dropSetting } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = ["goroot-bad", "tool-missing", "package-not-in-gopath", "code.no-package"];

async function sameFolder(a: string, b: string): Promise<boolean> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  return (await real(a)) === (await real(b));
}

/** Why a tree cannot serve a go command of this version; undefined where it can: a whole tree of the same version is as good as its own. */
async function unfit({ probes }: CaseFile, goroot: string, version: string | undefined): Promise<string | undefined> {
  const path = async (...names: readonly string[]): Promise<string> => (await probes.path(join(goroot, ...names))).kind;
  if ((await path()) !== "folder") return "no folder";
  const other = await readVersionFile(goroot);
  if (other === undefined || other !== version) return other === undefined ? "no VERSION file" : `go${other}`;
  if (!(await readdir(join(goroot, "src", "fmt")).catch(() => [])).some((name) => name.endsWith(".go")))
    return "no standard library";
  const tools = await readdir(join(goroot, "pkg", "tool")).catch(() => []);
  const compilers = await Promise.all(tools.map((name) => path("pkg", "tool", name, "compile")));
  return compilers.includes("file") ? undefined : "no compiler";
}

export const gorootStale: Cause = {
  code: "GOROOT_STALE",
  symptoms: kinds,
  preventive: true,
  async diagnose(file) {
    const { probes, symptoms } = file;
    const setting = await probes.setting("GOROOT");
    const go = await probes.go();
    if (setting.origin === "default" || go.ownRoot === undefined || go.problem !== undefined) return undefined;
    if (await sameFolder(setting.value, go.ownRoot)) return undefined;
    const why = await unfit(file, setting.value, go.version);
    if (why === undefined) return undefined;
    return {
      code: "GOROOT_STALE",
      confidence: "certain",
      evidence: [
        settingEvidence(setting),
        { source: "file", subject: setting.value, text: why },
        { source: "file", subject: go.path ?? "", text: `${go.ownRoot} (go${go.version ?? "?"})` },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { value: setting.value, own: go.ownRoot },
    };
  },
  remedies: (_, file) => dropSetting(file, "GOROOT"),
};
