import { saidEvidence } from "../../evidence.ts";
import { isAtLeast, takeOtherGo } from "../../other-go.ts";
import { readRegularFile } from "../../../core/regular-file.ts";
import type { Cause } from "../../types.ts";

const kinds = ["go-mod-too-new"];

/** Directives of go.mod and the Go that brought them (go.dev/ref/mod). */
const since: Readonly<Record<string, string>> = { toolchain: "1.21", godebug: "1.23", tool: "1.24", ignore: "1.25" };

/** The newest directive in a go.mod that a Go of this version does not know. */
export function unknownDirective(text: string, version: string): string | undefined {
  const words = new Set(text.split("\n").map((line) => /^\s*([a-z]+)(?=[\s(])/.exec(line)?.[1]));
  return Object.keys(since).findLast((name) => words.has(name) && !isAtLeast(version, since[name] ?? "1"));
}

export const goModSyntaxNewer: Cause = {
  code: "GO_MOD_SYNTAX_NEWER",
  symptoms: kinds,
  preventive: true,
  async diagnose({ probes, symptoms }) {
    const [go, project] = [await probes.go(), await probes.project()];
    if (go.version === undefined || project.goModFile === undefined) return undefined;
    const text = (await readRegularFile(project.goModFile)) ?? "";
    const directive = unknownDirective(text, go.version);
    // A go line that demands more is the cause then, and makes go look for a newer one by itself.
    const demand = /^go\s+([\w.]+)/m.exec(text)?.[1] ?? "1";
    if (directive === undefined || !isAtLeast(go.version, demand)) return undefined;
    return {
      code: "GO_MOD_SYNTAX_NEWER",
      confidence: "certain",
      evidence: [
        { source: "file", subject: project.goModFile, text: directive },
        { source: "file", subject: go.path ?? "", text: `go${go.version}` },
        ...saidEvidence(symptoms, kinds),
      ],
      params: { file: project.goModFile, directive, version: go.version, wanted: since[directive] ?? "" },
    };
  },
  remedies: (diagnosis, file) => takeOtherGo(file, String(diagnosis.params["wanted"])),
};
