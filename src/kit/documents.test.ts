import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Toolchain } from "../toolchain/index.ts";
import { keepToolchainLicences } from "./documents.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-documents-"));
afterAll(() => rmSync(work, { recursive: true }));

const bsd = "Redistribution and use in source and binary forms … Neither the name of";
const files: Readonly<Record<string, string>> = {
  LICENSE: bsd,
  PATENTS: "grant",
  "src/vendor/golang.org/x/net/LICENSE": bsd,
  "src/cmd/vendor/github.com/google/pprof/LICENSE": "Apache License Version 2.0",
  "src/cmd/vendor/github.com/google/pprof/third_party/d3flamegraph/D3_LICENSE": bsd,
  "src/cmd/vendor/github.com/google/pprof/driver/driver.go": "package driver",
  "src/go/license.go": "package license",
  "src/cmd/go/testdata/LICENSE": "of a test",
  "lib/notice": "of no code",
};

test("a toolchain's licences are its own and those of what it vendors, with their places", async () => {
  const goroot = join(work, "goroot");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(goroot, path)), { recursive: true });
    writeFileSync(join(goroot, path), text);
  }
  const toolchain: Toolchain = {
    request: { version: "1.21.13", platform: { os: "linux", arch: "amd64" } },
    goroot,
    moduleVersion: "v0.0.1-go1.21.13.linux-amd64",
    h1: "",
    evidence: { recordId: 0, record: "", treeSize: 1, hashes: [] },
    source: "",
    files: Object.keys(files).map((path) => ({ path, sha256: "", size: 0 })),
  };
  const record = await keepToolchainLicences(join(work, "kit"), toolchain);
  const kept = Object.keys(files).slice(0, 5);
  expect(record).toEqual({
    component: "go1.21.13",
    spdx: ["Apache-2.0", "BSD-3-Clause"],
    files: kept.map((path) => `licenses/go1.21.13/${path}`).toSorted(),
  });
  for (const path of kept) expect(readFileSync(join(work, "kit/licenses/go1.21.13", path), "utf8")).toBe(files[path]);
});
