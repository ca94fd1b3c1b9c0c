import { readdirSync } from "node:fs";
import type { ModeScenario } from "./mode-scenarios.ts";
import { createModeWorld } from "./mode-world.ts";

/** The part of medkit's answer that go has an answer to as well. */
interface Told {
  readonly mode: string;
  readonly refusal: { readonly code: string } | null;
  readonly imports: readonly {
    readonly importPath: string;
    readonly path: string;
    readonly origin: string;
    readonly folder: string | null;
    readonly module: { readonly path: string; readonly version: string } | null;
    readonly problem: { readonly code: string } | null;
  }[];
  readonly behind: readonly unknown[];
}

/** What `go list -json` says of a package. */
interface Listed {
  readonly ImportPath: string;
  readonly Dir?: string;
  readonly Standard?: boolean;
  readonly Module?: { readonly Path: string; readonly Version?: string };
  readonly Error?: { readonly Err: string };
}

/**
 * Lays a scenario out, and says in what medkit and `go list -e -deps` differ: which packages there are, in which folder and module each lies, and which of them
 * go has a complaint about. Empty: in nothing.
 */
export async function compareImports(
  scenario: ModeScenario,
  goroot: string,
  cache: string,
  settings: readonly string[] = ["off", "auto", "on"],
): Promise<readonly string[]> {
  const world = await createModeWorld(scenario, goroot, cache);
  const differences: string[] = [];
  try {
    for (const setting of settings) {
      const more = { GO111MODULE: setting };
      const tell = (what: string): void =>
        void differences.push(`${scenario.name}, GO111MODULE=${setting}: ${what}`.replaceAll(world.root, "ROOT"));
      const told = (await world.medkit(["module", "explain", "--deps", "--json"], more)).data as unknown as Told;
      // Outside a module only files can be named.
      const files = readdirSync(world.folder).filter((name) => name.endsWith(".go"));
      const run = world.go(
        [
          "list",
          "-e",
          "-deps",
          "-json=ImportPath,Dir,Standard,Module,Error",
          ...(told.mode === "outside" ? files : ["."]),
        ],
        more,
      );
      const listed = run.stdout.split(/^(?=\{)/m).filter((each) => each.trim() !== "").map((each) => JSON.parse(each) as Listed); // prettier-ignore
      const byPath = new Map(listed.map((each) => [each.ImportPath, each]));
      const complaints = listed.map((each) => each.Error?.Err ?? "").join("\n");
      if (told.refusal !== null) {
        if (run.status === 0) tell(`go does not stop, as by ${told.refusal.code}`);
        continue;
      }
      if (run.status !== 0 && listed.length === 0) {
        const mustChange = told.behind.length > 0 || told.imports.some((each) => each.problem?.code === "notInGoMod");
        if (!/updates to go\.mod needed/.test(run.stderr) || !mustChange) tell(`go stops: ${run.stderr.trim()}`);
        continue;
      }
      if (told.behind.length > 0) tell("go does not find go.mod behind");
      for (const each of told.imports) {
        const go = byPath.get(each.importPath);
        const code = each.problem?.code;
        const error = go?.Error?.Err;
        if (code === "internal") {
          // Go says it of the importing package.
          if (!complaints.includes(`use of internal package ${each.importPath} not allowed`))
            tell(`go lets ${each.importPath} in`);
        } else if (code === "notInGoMod") {
          if (!complaints.includes(`imports ${each.importPath} from implicitly required module`))
            tell(`go takes ${each.importPath} from a module that go.mod does not require`);
        } else if (go === undefined) tell(`go knows nothing of ${each.importPath} (${code ?? each.origin})`);
        else if ((error === undefined) !== (code === undefined))
          tell(`${each.importPath}: go says ${error ?? "nothing"}, and we ${code ?? "nothing"}`);
        else if (code === undefined && each.origin !== "cgo") {
          if (go.Dir !== each.folder) tell(`${each.importPath}: in ${go.Dir ?? ""}, and not ${each.folder ?? ""}`);
          const ours = each.module === null ? "" : `${each.module.path} ${each.module.version}`.trim();
          const theirs = go.Module === undefined ? "" : `${go.Module.Path} ${go.Module.Version ?? ""}`.trim();
          if (ours !== theirs && each.origin !== "vendor") tell(`${each.importPath}: of ${theirs}, and not ${ours}`);
        }
      }
      const ours = new Set(told.imports.map((each) => each.importPath));
      for (const each of listed)
        if (each.Standard !== true && each.Dir !== world.folder && !ours.has(each.ImportPath))
          tell(`go lists ${each.ImportPath} too: ${each.Error?.Err ?? ""}`);
    }
  } finally {
    await world.close();
  }
  return differences;
}
