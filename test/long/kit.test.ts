import { spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject } from "vitest";
import { expectMutationsFound } from "../support/check-mutations.ts";
import { medkit, startMedkit } from "../support/medkit.ts";
import { requires } from "../support/requirements.ts";

const kit = inject("kit");
const { it } = requires({ commands: ["go", "openssl"], namespaces: true, upstream: true });
const archive = "go-emergency-kit-v1.2.tgz";
let work = "";

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "medkit-long-"));
});

afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", work]);
  rmSync(work, { recursive: true, force: true });
});

function key(): string {
  const file = join(work, "key.pem");
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  }
  return file;
}

function buildArgs(out: string, home: string): readonly string[] {
  const config = ["--config", "test/fixtures/small-kit.yaml", "--lock", join(work, "lock.json"), "--sign-key", key()];
  return ["kit", "build", ...config, "--out", out, "--home", home, "--progress", "none"];
}

function digest(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

describe("a real kit", () => {
  it("shows each of 2,000 random mutations to both verifiers", async () => {
    expect(spawnSync("tar", ["-xzf", kit?.archive ?? "", "-C", work]).status).toBe(0);
    const folder = join(work, "go-emergency-kit");
    const found = spawnSync("find", [".", "-type", "f"], { cwd: folder, encoding: "utf8" }).stdout;
    const paths = found
      .trim()
      .split("\n")
      .map((path) => path.slice(2));
    await expectMutationsFound(folder, paths, 2000, 7);
  });

  it("is the same bytes from another folder, home and umask", () => {
    const [first, second] = [join(work, "first"), join(work, "second place")];
    for (const out of [first, second]) mkdirSync(out);
    expect(medkit(buildArgs(first, join(work, "home 1"))).status).toBe(0);
    const umask = process.umask(0o077);
    expect(medkit(buildArgs(second, join(work, "other", "home 2")), { TZ: "Asia/Shanghai" }).status).toBe(0);
    process.umask(umask);
    expect(digest(join(second, archive))).toBe(digest(join(first, archive)));
  });

  it("is not there after a kill -9 at any moment, and the next build needs no cleaning", async () => {
    const [out, home] = [join(work, "killed"), join(work, "home-killed")];
    mkdirSync(out);
    for (const seconds of [0.3, 1, 2, 4, 8, 16, 32, 64]) {
      const child = startMedkit(buildArgs(out, home));
      await sleep(seconds * 1000);
      const ended = child.exitCode !== null;
      child.kill("SIGKILL");
      if (ended) break;
      expect(existsSync(join(out, archive))).toBe(false);
    }
    expect(medkit(buildArgs(out, home)).status).toBe(0);
    expect(medkit(["kit", "verify", join(out, archive), "--home", home]).status).toBe(0);
  });
});
