import { saidEvidence } from "../../evidence.ts";
import { parseProxyList } from "../../../module/index.ts";
import { useKitModules } from "../../remedies.ts";
import type { CaseFile, Cause } from "../../types.ts";
import type { Answer } from "../../probes/types.ts";

const kinds = ["unreachable", "bad-answer", "untrusted", "lookup-disabled"];

/** The addresses of GOPROXY, each really asked. */
async function askProxies({ probes }: CaseFile, goproxy: string): Promise<readonly Answer[]> {
  const urls = goproxy.split(/[,|]/).filter((each) => /^https?:/.test(each));
  return Promise.all(urls.slice(0, 4).map((url) => probes.ask(`${url.replace(/\/$/, "")}/golang.org/x/text/@v/list`)));
}

export const modulesUnreachable: Cause = {
  code: "MODULES_UNREACHABLE",
  symptoms: kinds,
  preventive: false,
  async diagnose(file) {
    const goproxy = (await file.probes.goEnv())?.["GOPROXY"] ?? (await file.probes.setting("GOPROXY")).value;
    const answers = await askProxies(file, goproxy);
    const bad = answers.find((answer) => answer.outcome !== "ok" && answer.status !== 404 && answer.status !== 410);
    const isOff = parseProxyList(goproxy === "" ? "off" : goproxy).length === 0 || goproxy === "off";
    // Switched off, it counts only where the failure says so: a program may say that a connection was refused, too.
    const saysOff = file.symptoms.some((symptom) => symptom.kind === "lookup-disabled");
    const direct = answers.length === 0 && !isOff && !goproxy.includes("file:");
    if (isOff ? !saysOff : bad === undefined && !direct) return undefined;
    const what = isOff ? "GOPROXY=off" : (bad?.url ?? goproxy);
    return {
      code: "MODULES_UNREACHABLE",
      confidence: "certain",
      evidence: [
        isOff || bad === undefined
          ? { source: "variable", subject: "GOPROXY", text: goproxy }
          : { source: "network", subject: bad.url, text: `${bad.outcome} ${bad.detail}`.trim() },
        ...saidEvidence(file.symptoms, kinds),
      ],
      params: { what, outcome: bad?.outcome ?? "off" },
    };
  },
  async remedies(_, file) {
    const kit = await useKitModules(file, { only: true });
    return kit === undefined ? [] : [kit];
  },
};
