import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the runtime holds of other people's, and the text of each licence by its SPDX name. */
export function runtimeLicences(root) {
  const { source, components } = JSON.parse(readFileSync(new URL("./runtime-licences.json", import.meta.url), "utf8"));
  const names = [...new Set(components.map((item) => item.spdx))].sort((a, b) => (a < b ? -1 : 1));
  const texts = names.map((name) => {
    const file = join(root, "node_modules/spdx-license-list/licenses", `${name}.json`);
    return [name, `${JSON.parse(readFileSync(file, "utf8")).licenseText.trimEnd()}\n`];
  });
  return { source, components, texts: Object.fromEntries(texts) };
}
