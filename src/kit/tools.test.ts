import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packTools } from "./tools.ts";

let work = "";
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "medkit-tools-"));
});
afterEach(async () => rm(work, { recursive: true, force: true }));

interface Held {
  readonly components: readonly { readonly name: string; readonly spdx: string; readonly what: string }[];
}

test("every licence of the runtime comes with its text, and the notice names each work", async () => {
  const held = JSON.parse(await readFile(new URL("../../tools/runtime-licences.json", import.meta.url), "utf8")) as Held & { source: string }; // prettier-ignore
  const list = new URL("../../node_modules/spdx-license-list/licenses/", import.meta.url);
  const texts: Record<string, string> = {};
  for (const { spdx } of held.components) {
    const { licenseText } = JSON.parse(await readFile(new URL(`${spdx}.json`, list), "utf8")) as {
      licenseText: string;
    };
    texts[spdx] = licenseText;
  }
  const program = "a program";
  await writeFile(join(work, "medkit-linux-amd64"), program);
  await writeFile(
    join(work, "packages.json"),
    JSON.stringify({
      schema: "medkit/packages/v1",
      version: "1.0.0",
      licence: "Apache",
      bundled: [{ name: "@a/b", version: "2.0.0", license: "MIT", text: "MIT of b" }],
      runtimeLicences: { source: held.source, components: held.components, texts },
      packages: [{ platform: "linux/amd64", file: "medkit-linux-amd64", size: program.length, sha256: createHash("sha256").update(program).digest("hex"), runtime: { name: "bun", version: "1.0.0", package: "x" } }], // prettier-ignore
    }),
  );
  const { licences, components } = await packTools(work, [{ os: "linux", arch: "amd64" }], join(work, "kit"));
  const notice = licences.get("runtime/bun@1.0.0/NOTICE") ?? "";
  for (const { name, spdx } of held.components) {
    expect(notice).toContain(name);
    expect(licences.get(`runtime/bun@1.0.0/${spdx}.txt`), spdx).toBe(texts[spdx]);
    expect(texts[spdx]?.length, spdx).toBeGreaterThan(200);
  }
  expect(licences.get("medkit@1.0.0/LICENSE")).toBe("Apache");
  expect(licences.get("npm/@a/b@2.0.0/LICENSE")).toBe("MIT of b");
  expect(components.find((each) => each.kind === "runtime")?.licences).toContain("LGPL-2.0-only");
});
