import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { SCRIPT_FILES } from "./assets.ts";

test("every shell file is named, and every named one is there", () => {
  const folder = fileURLToPath(new URL("./scripts/", import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".sh"));
  expect(SCRIPT_FILES.toSorted()).toEqual(files.toSorted());
});
