import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { removeTree } from "../../src/state/index.ts";
import { compareImports } from "../support/import-compare.ts";
import { IMPORT_SCENARIOS } from "../support/import-scenarios.ts";
import { compareMode } from "../support/mode-compare.ts";
import { MODE_SCENARIOS } from "../support/mode-scenarios.ts";
import { gorootOf } from "../support/mode-world.ts";
import { requires } from "../support/requirements.ts";

const { describe, it } = requires({ commands: ["go"], upstream: true });
const cache = mkdtempSync(join(tmpdir(), "medkit-mode-cache-"));
afterAll(() => removeTree(cache));

describe("module explain beside the go command, in every mode", () => {
  for (const version of ["1.20.14", "1.21.13", "1.22.5", "1.23.12", "1.24.9", "1.25.5", "local"])
    it(`Go ${version}`, async () => {
      const goroot = gorootOf(version);
      const differences: string[] = [];
      for (const scenario of MODE_SCENARIOS) differences.push(...(await compareMode(scenario, goroot, cache)));
      for (const scenario of IMPORT_SCENARIOS) differences.push(...(await compareImports(scenario, goroot, cache)));
      expect(differences).toEqual([]);
    });
});
