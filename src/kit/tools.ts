import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { gzipFile } from "../archive/index.ts";
import { sha256File } from "../core/digest.ts";
import { MedkitError, systemCode } from "../core/errors.ts";
import { platformText, type Platform } from "../core/go-version.ts";
import { readScript } from "./assets.ts";
import type { Component } from "./sbom.ts";
import type { ManifestTool } from "./types.ts";

/** `dist/packages.json`, which `npm run package` writes beside the executables. */
const packagesSchema = z.object({
  schema: z.literal("medkit/packages/v1"),
  version: z.string(),
  /** medkit's own licence. */
  licence: z.string().optional(),
  bundled: z.array(
    z.object({ name: z.string(), version: z.string(), license: z.string().optional(), text: z.string().optional() }),
  ),
  runtimeLicences: z
    .object({
      source: z.string(),
      components: z.array(z.object({ name: z.string(), spdx: z.string(), what: z.string() })),
      texts: z.record(z.string(), z.string()),
    })
    .optional(),
  packages: z.array(
    z.object({
      platform: z.string(),
      file: z.string(),
      size: z.number(),
      sha256: z.string(),
      libc: z.string().nullish(),
      runtime: z.object({ name: z.string(), version: z.string(), package: z.string() }),
    }),
  ),
});

type RuntimeLicences = NonNullable<z.infer<typeof packagesSchema>["runtimeLicences"]>;

/** What a person or an auditor has to know of the runtime inside the executables. */
function runtimeNotice(name: string, version: string, held: RuntimeLicences | undefined): string {
  const head = `The executables in bin/ contain the ${name} ${version} runtime. The package that it came in carries no licence texts.\n`;
  if (held === undefined) return head;
  const width = Math.max(...held.components.map((item) => item.spdx.length));
  const rows = held.components.map((item) => `  ${item.spdx.padEnd(width)}  ${item.name}: ${item.what}\n`).join("");
  return `${head}
What it holds, and under which licence; the texts lie beside this file, by their SPDX names. Source: ${held.source}.

${rows}
The texts are those of the SPDX list: the copyright lines of the single works are in their sources, which the runtime's publisher names; they
are not in the executable, and cannot be shown from it.

JavaScriptCore and TinyCC are under the GNU Lesser General Public License. Whoever wants to run medkit with a changed engine can: medkit is
open source, \`npm run package\` makes these executables from it and from a runtime executable, and the runtime's publisher gives the
sources of engine and runtime with the steps to build them.
`;
}

export interface PackedTools {
  readonly tools: readonly ManifestTool[];
  readonly components: readonly Component[];
  /** Licence texts to put under `licenses/`, by path below it. */
  readonly licences: ReadonlyMap<string, string>;
}

const none: PackedTools = { tools: [], components: [], licences: new Map() };

async function readPackages(folder: string): Promise<z.infer<typeof packagesSchema> | undefined> {
  try {
    return packagesSchema.parse(JSON.parse(await readFile(join(folder, "packages.json"), "utf8")));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new MedkitError("FILE_UNREADABLE", { path: join(folder, "packages.json") }, { cause: error });
  }
}

/**
 * Puts the executables of the kit's platforms, from the folder that `npm run package` filled, into the kit's `bin/`. Each is
 * compared with its recorded digest first. None where the folder has none for any platform.
 */
export async function packTools(folder: string, platforms: readonly Platform[], kitRoot: string): Promise<PackedTools> {
  const made = await readPackages(folder);
  const wanted = new Set(platforms.map(platformText));
  const chosen =
    made?.packages.filter((item) =>
      wanted.has(
        item.platform
          .split("/")
          .slice(0, 2)
          .join("/")
          .replace(/-musl$/, ""),
      ),
    ) ?? [];
  if (made === undefined || chosen.length === 0) return none;
  await mkdir(join(kitRoot, "bin"), { recursive: true });
  const tools: ManifestTool[] = [];
  for (const item of chosen.toSorted((a, b) => (a.file < b.file ? -1 : 1))) {
    const source = join(folder, item.file);
    if ((await sha256File(source)) !== item.sha256)
      throw new MedkitError("TOOLCHAIN_MISMATCH", { subject: `${item.file}: not the digest in packages.json` });
    await gzipFile(source, join(kitRoot, "bin", `${item.file}.gz`));
    tools.push({
      platform: item.platform.replace(/-musl$/, ""),
      ...(item.libc === null || item.libc === undefined ? {} : { libc: item.libc }),
      file: `bin/${item.file}.gz`,
      sha256: item.sha256,
      bytes: item.size,
      version: made.version,
      runtime: `${item.runtime.name} ${item.runtime.version}`,
    });
  }
  const list = tools.map((tool) => `${tool.sha256}  ${tool.file.slice("bin/".length, -".gz".length)}\n`).join("");
  await writeFile(join(kitRoot, "bin", "executables.txt"), list);
  await writeFile(join(kitRoot, "bin", "medkit"), await readScript("launcher"));
  await chmod(join(kitRoot, "bin", "medkit"), 0o755);
  const licences = new Map<string, string>();
  if (made.licence !== undefined) licences.set(`medkit@${made.version}/LICENSE`, made.licence);
  const components: Component[] = tools.map((tool) => ({
    kind: "tool",
    name: tool.file.slice("bin/".length, -".gz".length),
    version: tool.version,
    purl: `pkg:generic/medkit@${tool.version}?file=${tool.file.slice("bin/".length, -".gz".length)}`,
    licences: ["Apache-2.0"],
    sha256: tool.sha256,
  }));
  const runtimes = new Set(chosen.map((item) => `${item.runtime.name}@${item.runtime.version}`));
  for (const runtime of runtimes) {
    const [name = "", version = ""] = runtime.split("@");
    const held = made.runtimeLicences;
    const spdx = held === undefined ? ["MIT"] : [...new Set(held.components.map((item) => item.spdx))].toSorted();
    components.push({ kind: "runtime", name, version, purl: `pkg:generic/${name}@${version}`, licences: spdx });
    for (const [licence, text] of Object.entries(held?.texts ?? {}))
      licences.set(`runtime/${name}@${version}/${licence}.txt`, text);
    licences.set(`runtime/${name}@${version}/NOTICE`, runtimeNotice(name, version, held));
  }
  for (const item of made.bundled) {
    components.push({
      kind: "npm",
      name: item.name,
      version: item.version,
      purl: `pkg:npm/${item.name.replace("@", "%40")}@${item.version}`,
      licences: item.license === undefined ? [] : [item.license],
    });
    if (item.text !== undefined) licences.set(`npm/${item.name}@${item.version}/LICENSE`, item.text);
  }
  return { tools, components, licences };
}
