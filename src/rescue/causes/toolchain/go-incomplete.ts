import { join } from "node:path";
import { saidEvidence } from "../../evidence.ts";
import { takeOtherGo } from "../../other-go.ts";
import type { CaseFile, Cause } from "../../types.ts";

const kinds = [
  "tool-missing",
  "package-not-in-gopath",
  "start-failed",
  "go-refused",
  "exec-format",
  "goroot-bad",
  "std-error",
];

/** Whether a go command that lies in no tree of Go's finds none by itself, either: it was copied without its tree. */
async function isLost({ probes }: CaseFile, path: string | undefined): Promise<boolean> {
  if (path === undefined || (await probes.setting("GOROOT")).origin !== "default") return false;
  const { status, stderr } = await probes.run([path, "env", "GOROOT"]);
  return status !== 0 && stderr.includes("cannot find GOROOT");
}

/** What changes what a tool makes of itself, besides its bytes. */
const cleared = Object.fromEntries(["GOAMD64", "GO386", "GOEXPERIMENT", "GODEBUG", "GOFLAGS"].map((name) => [name, undefined] as const)); // prettier-ignore

/** Tools of which the failure speaks, that are there and do not say this Go's version: what is left of them is a part, or they are another Go's. */
async function brokenTools({ probes, symptoms }: CaseFile, root: string): Promise<readonly string[]> {
  const { version } = await probes.go();
  const named = new Set(
    symptoms.flatMap(({ kind, fields }) => (kind === "tool-missing" ? (fields["tool"] ?? []) : [])),
  );
  const env = await probes.goEnv();
  const broken: string[] = [];
  for (const tool of named) {
    const path = join(root, "pkg", "tool", `${env?.["GOHOSTOS"] ?? ""}_${env?.["GOHOSTARCH"] ?? ""}`, tool);
    if (!(await probes.path(path)).executable) continue;
    const asked = await probes.run([path, "-V=full"], { environment: cleared }).catch(() => undefined);
    const said = asked?.status === 0 ? /\bgo(\d\S*)/.exec(asked.stdout.toString("utf8"))?.[1] : undefined;
    if (asked?.status !== 0 || (said !== undefined && said !== version)) broken.push(tool);
  }
  return broken;
}

/** Folders below `src/` of which no package of the library is one. */
const noPackage = /(?:^|\/)(?:cmd|vendor|testdata|[_.][^/]*)(?:\/|$)/;

/** The package and file of the library that a path names; undefined where it is no such file. A `//line` can say anything. */
async function libraryFile(
  probes: CaseFile["probes"],
  root: string,
  path: string,
): Promise<readonly [string, string] | undefined> {
  const [, name, file] = /^((?:[a-z0-9_]+\/)*[a-z0-9_]+)\/([^/]+)$/.exec(path.slice(`${root}/src/`.length)) ?? [];
  if (!path.startsWith(`${root}/src/`) || name === undefined || file === undefined || noPackage.test(name))
    return undefined;
  return (await probes.path(path)).kind === "file" ? [name, file] : undefined;
}

/**
 * Whether a package of the library that the compiler complains of does not compile by itself, either, with the same word about the same file. Nothing
 * is kept of it, and no setting of the project or the user has a part in it.
 */
async function isLibraryBroken({ probes, symptoms }: CaseFile, root: string, go: string): Promise<boolean> {
  const said = symptoms.find(({ kind, fields }) => kind === "std-error" && fields["path"]?.startsWith(`${root}/src/`));
  const [name, source] = (await libraryFile(probes, root, said?.fields["path"] ?? "")) ?? [];
  if (name === undefined || source === undefined) return false;
  const environment = { ...cleared, GO111MODULE: "off", GOENV: "off", GOWORK: "off", GOPATH: undefined, GOOS: undefined, GOARCH: undefined, CGO_ENABLED: "0" }; // prettier-ignore
  const { status, stderr } = await probes.run([go, "build", "-o", "/dev/null", name], { environment, cwd: root, timeout: 20_000 }); // prettier-ignore
  // go shortens paths below the folder that it runs in.
  return status !== 0 && stderr.includes(`src/${name}/${source}:`);
}

/** What is there, and no good. */
async function damaged(file: CaseFile, root: string, go: string): Promise<readonly string[]> {
  const tools = await brokenTools(file, root);
  return (await isLibraryBroken(file, root, go)) ? [...tools, "std"] : tools;
}

export const goIncomplete: Cause = {
  code: "GO_INCOMPLETE",
  symptoms: kinds,
  preventive: true,
  async diagnose(file) {
    const { probes, symptoms } = file;
    const go = await probes.go();
    const lost = go.problem === undefined && go.ownRoot === undefined && (await isLost(file, go.path));
    const absent = go.problem === "empty" ? ["go"] : lost ? ["GOROOT"] : go.lacks;
    const { ownRoot, path } = go;
    const looksWhole = absent.length === 0 && go.problem === undefined;
    const lacks = looksWhole && ownRoot !== undefined && path !== undefined ? await damaged(file, ownRoot, path) : absent; // prettier-ignore
    if ((go.problem !== undefined && go.problem !== "empty") || lacks.length === 0) return undefined;
    const folder = go.ownRoot ?? go.path ?? "";
    return {
      code: "GO_INCOMPLETE",
      confidence: "certain",
      evidence: [{ source: "file", subject: folder, text: lacks.join(", ") }, ...saidEvidence(symptoms, kinds)],
      params: { folder, lacks: lacks.join(", ") },
    };
  },
  remedies: (_, file) => takeOtherGo(file),
};
