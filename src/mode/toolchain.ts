import { parseGoVersion, type GoVersion } from "../core/go-version.ts";
import { lineWith } from "./lines.ts";
import type { Evidence, Facts, Refusal, Step } from "./types.ts";
import { isAtLeast, isNewer, SINCE, versionInName, versionText } from "./versions.ts";

export interface Selected {
  readonly version: GoVersion | undefined;
  readonly goroot: string | undefined;
  readonly step: Step | undefined;
  readonly refusal: Refusal | undefined;
}

/** The file whose `go` and `toolchain` lines count: go.work, else go.mod, and not the one in the temporary folder. */
function askingFile({ work, goMod }: Facts): { readonly path: string; readonly text: string } | undefined {
  return work.file ?? (goMod?.inTempRoot === true ? undefined : goMod);
}

interface Asked {
  readonly name: string;
  readonly version: string;
  readonly evidence: Evidence;
  readonly directive: "go" | "toolchain";
}

/** What the file raises the version to; undefined where the one at hand is enough. `bad`: its toolchain line names none. */
function askOf(facts: Facts, least: string): Asked | { readonly bad: string; readonly evidence: Evidence } | undefined {
  const file = askingFile(facts);
  if (file === undefined) return undefined;
  const toolchain = lineWith(file, "toolchain");
  const go = lineWith(file, "go");
  if (toolchain?.value === "default") return undefined;
  let asked: Asked | undefined;
  if (toolchain !== undefined) {
    const version = versionInName(toolchain.value);
    if (version === undefined) return { bad: toolchain.value, evidence: toolchain.evidence };
    if (isNewer(version, least))
      asked = { name: toolchain.value, version, evidence: toolchain.evidence, directive: "toolchain" };
  }
  if (go !== undefined && isNewer(go.value, asked?.version ?? least)) {
    // From Go 1.21 on a language version has a first release `.0`.
    const isLanguage = /^\d+\.\d+$/.test(go.value) && isAtLeast(parseGoVersion(go.value), "1.21");
    const version = isLanguage ? `${go.value}.0` : go.value;
    asked = { name: `go${version}`, version, evidence: go.evidence, directive: "go" };
  }
  return asked;
}

/** Which Go does the work: cmd/go/internal/toolchain.Select, https://go.dev/doc/toolchain#select. Pure. */
export function selectToolchain(facts: Facts): Selected {
  const { go, settings } = facts;
  const own = go.version;
  const { value, evidence } = settings.GOTOOLCHAIN;
  const stay = (step: Step | undefined, refusal?: Refusal): Selected => ({
    version: own,
    goroot: go.goroot,
    step,
    refusal,
  });
  if (own === undefined) return stay(undefined);
  const version = own.text;
  if (!isAtLeast(own, SINCE.toolchains))
    return stay({ code: "toolchain.none", params: { version: versionText(own) }, evidence: [] });
  const bad = (code: Refusal["code"], params: Refusal["params"], where: Evidence): Selected =>
    stay(undefined, { code, params, evidence: [where] });
  const [, least = "", mode] = /^([^+]*)(?:\+(.*))?$/.exec(value) ?? [];
  const isMode = value === "auto" || value === "path";
  if (mode !== undefined && mode !== "auto" && mode !== "path") return bad("toolchainBad", { value }, evidence);
  const least_ = isMode || least === "local" || value === "" ? `go${version}` : least;
  const leastVersion = versionInName(least_);
  if (leastVersion === undefined) return bad("toolchainBad", { value }, evidence);
  const how = isMode ? value : mode;
  const asked = how === undefined ? undefined : askOf(facts, leastVersion);
  if (asked !== undefined && "bad" in asked) return bad("toolchainName", { name: asked.bad }, asked.evidence);
  const name = asked?.name ?? least_;
  if (name === `go${version}`) {
    const code = how === undefined && value !== "" ? "toolchain.local" : "toolchain.kept";
    return stay({ code, params: { version: versionText(own) }, evidence: [evidence] });
  }
  const isHere = facts.toolchains.has(name);
  if (how === "path" && !facts.toolchains.has(`${name} on PATH`))
    return bad("toolchainAbsent", { name }, asked?.evidence ?? evidence);
  const target = asked?.version ?? leastVersion;
  return {
    version: parseGoVersion(target) ?? own,
    goroot: facts.toolchains.get(name),
    step:
      asked === undefined
        ? { code: "toolchain.chosen", params: { name, there: isHere ? "here" : "download" }, evidence: [evidence] }
        : {
            code: "toolchain.raised",
            params: { name, version: versionText(own), there: isHere ? "here" : "download" },
            evidence: [evidence, asked.evidence],
          },
    refusal: undefined,
  };
}
