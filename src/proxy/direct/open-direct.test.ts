import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { removeTree } from "../../state/index.ts";
import { openDirect } from "./open-direct.ts";
import type { DirectSettings } from "./types.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-direct-"));
afterAll(() => removeTree(work));

async function open(file: Pick<DirectSettings, "netrc" | "gitConfig">): Promise<string> {
  const settings = {
    patterns: [],
    hosts: [],
    any: false,
    goauth: "off",
    jobs: 1,
    timeout: 1_000,
    limit: 1_000,
    ...file,
  };
  const ports = {
    clock: { now: () => new Date(), monotonic: () => 0 },
    env: {},
    process: { run: () => Promise.reject(new Error("nothing is started yet")) },
  };
  try {
    await using direct = await openDirect({ ports, settings, patterns: [], work });
    return Object.keys(direct).join();
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

it.each([
  ["netrc", "machine git.internal login robot password s3cr3t\n", "upstream"],
  ["netrc", "machine git.internal login robot password s3cr3t\ndefault login a password b\n", "DIRECT_FILE_UNSAFE"],
  ["gitConfig", "[credential]\n\thelper = store --file /srv/logins\n", "upstream"],
  ["gitConfig", '[url "https://git.internal/"]\n\tinsteadOf = ssh://git@git.internal/\n', "upstream"],
  [
    "gitConfig",
    '[url "https://robot:s3cr3t@git.internal/"]\n\tinsteadOf = https://git.internal/\n',
    "DIRECT_FILE_UNSAFE",
  ],
  ["gitConfig", "[http]\n\tproxy = http://elsewhere.internal\n", "DIRECT_FILE_UNSAFE"],
  ["gitConfig", "[http] proxy = http://elsewhere.internal\n", "DIRECT_FILE_UNSAFE"],
  ["gitConfig", '[http "https://git.internal"]\n\tPROXY=\n', "DIRECT_FILE_UNSAFE"],
  ["gitConfig", "[http]\n\tcurloptResolve = git.internal:443:10.0.0.1\n", "DIRECT_FILE_UNSAFE"],
  ["gitConfig", "[include]\n\tpath = other\n", "DIRECT_FILE_UNSAFE"],
  ["gitConfig", '[includeIf "gitdir:/"]\n\tpath = other\n', "DIRECT_FILE_UNSAFE"],
] as const)("judges %s %j", async (kind, text, outcome) => {
  const path = join(work, "file");
  writeFileSync(path, text);
  expect(await open({ netrc: undefined, gitConfig: undefined, [kind]: path })).toBe(outcome);
});

it("says that a file is not there", async () => {
  expect(await open({ netrc: join(work, "none"), gitConfig: undefined })).toBe("DIRECT_FILE_UNSAFE");
});
