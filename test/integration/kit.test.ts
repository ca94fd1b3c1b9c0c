import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject } from "vitest";
import { expectMutationsFound } from "../support/check-mutations.ts";
import { medkit } from "../support/medkit.ts";
import { requires } from "../support/requirements.ts";

const kit = inject("kit");
const { it: test } = requires({ commands: ["go", "openssl", "gcc"], namespaces: true, upstream: true });
let work = "";
let folder = "";

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "medkit-kit-"));
  if (kit === undefined) return;
  expect(spawnSync("tar", ["-xzf", kit.archive, "-C", work]).status).toBe(0);
  folder = join(work, "go-emergency-kit");
});

afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", work]);
  rmSync(work, { recursive: true, force: true });
});

interface Verified {
  readonly ok: boolean;
  readonly data: {
    readonly verified: boolean;
    readonly differences: readonly { readonly path: string; readonly kind: string }[];
    readonly proofs?: { readonly problems: readonly string[]; readonly toolchains: number };
  };
}

function verify(...args: readonly string[]): { readonly status: number | null; readonly report: Verified } {
  const run = medkit(["kit", "verify", ...args, "--json", "--home", kit?.home ?? ""]);
  return { status: run.status, report: JSON.parse(run.stdout) as Verified };
}

describe("a real kit", () => {
  test("verifies as an archive, with the signer's key from outside", () => {
    const { status, report } = verify(kit?.archive ?? "", "--signer", kit?.publicKey ?? "");
    expect(report).toMatchObject({
      ok: true,
      data: {
        verified: true,
        archiveSum: "matches",
        signature: { state: "valid", trusted: true },
        proofs: { problems: [], toolchains: 1 },
      },
    });
    expect(status).toBe(0);
  });

  test("verifies as a folder, by verify.sh and by sha256sum", () => {
    expect(verify(folder).status).toBe(0);
    expect(spawnSync("sh", ["verify.sh", "--signer", kit?.publicKey ?? ""], { cwd: folder }).status).toBe(0);
    expect(spawnSync("sh", ["-c", "sha256sum --strict --quiet -c ./*.sha256sum"], { cwd: folder }).status).toBe(0);
  });

  test("is refused for another signer", () => {
    const other = join(work, "other.pem");
    writeFileSync(other, generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }));
    expect(verify(folder, "--signer", other)).toMatchObject({
      status: 4,
      report: { ok: false, data: { verified: false, signature: { state: "invalid" } } },
    });
    expect(spawnSync("sh", ["verify.sh", "--signer", other], { cwd: folder }).status).toBe(4);
  });

  test("is refused as a damaged archive", () => {
    const damaged = join(work, "damaged.tgz");
    const bytes = readFileSync(kit?.archive ?? "");
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(damaged, bytes);
    const run = medkit(["kit", "verify", damaged, "--json", "--home", kit?.home ?? ""]);
    expect(run.status).toBe(4);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false });
  });

  test("shows every one of 60 random mutations to both verifiers", async () => {
    const paths = spawnSync("find", [".", "-type", "f"], { cwd: folder, encoding: "utf8" })
      .stdout.trim()
      .split("\n")
      .map((path) => path.slice(2));
    await expectMutationsFound(folder, paths, 60, 1);
  });

  test("builds with cgo from its warm cache after it was moved, with the compiler that it was made with", () => {
    const moved = join(work, "moved here");
    spawnSync("mkdir", [moved]);
    expect(spawnSync("tar", ["-xzf", kit?.archive ?? "", "-C", moved]).status).toBe(0);
    const program = join(work, "cgo program");
    spawnSync("mkdir", [program]);
    writeFileSync(join(program, "go.mod"), "module example.org/cgo\n");
    writeFileSync(join(program, "main.go"), 'package main\n\nimport (\n\t"net"\n\t"os/user"\n)\n\nfunc main() { _, _ = user.Current(); println(net.IPv4len) }\n'); // prettier-ignore
    const script = '. ./activate.sh && cd "$1" && go build -x -o /dev/null . && go env CGO_ENABLED';
    const run = spawnSync("sh", ["-c", script, "sh", program], {
      cwd: join(moved, "go-emergency-kit"),
      encoding: "utf8",
      env: { PATH: "/usr/bin:/bin", HOME: work, MEDKIT_CGO: "1" },
    });
    expect(run.stdout.trim()).toBe("1");
    // Its own package, and no other.
    expect(run.stderr.match(/\/compile['"]? -o /g)).toHaveLength(1);
  });

  test("is inspected without unpacking", () => {
    const run = medkit(["kit", "inspect", kit?.archive ?? "", "--json"]);
    const { data } = JSON.parse(run.stdout) as {
      data: { manifest: { schema: string; toolchains: readonly { version: string }[]; modules: readonly unknown[] } };
    };
    expect(data.manifest.schema).toBe("medkit/kit/v1");
    expect(data.manifest.toolchains.map((toolchain) => toolchain.version)).toEqual(["1.21.13"]);
    expect(data.manifest.modules.length).toBeGreaterThan(15);
  });

  test("is planned without being made", () => {
    const run = medkit([
      "kit",
      "build",
      "--config",
      "test/fixtures/small-kit.yaml",
      "--dry-run",
      "--json",
      "--home",
      join(work, "untouched"),
      "--out",
      join(work, "untouched"),
    ]);
    expect(JSON.parse(run.stdout)).toMatchObject({ schema: "medkit/kit-build/v1", ok: true });
    expect(spawnSync("ls", [join(work, "untouched")]).status).not.toBe(0);
  });

  test("is not made without a network when something is missing, and says what", () => {
    const run = medkit([
      "kit",
      "build",
      "--config",
      "test/fixtures/small-kit.yaml",
      "--offline",
      "--json",
      "--home",
      join(work, "empty"),
      "--out",
      work,
    ]);
    expect(run.status).toBe(5);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, error: { exit: 5 } });
  });
});

describe("medkit drill", () => {
  test("recovers from the kit in a sandbox without a network", () => {
    const run = medkit([
      "drill",
      kit?.archive ?? "",
      "--scenario",
      "baseline,odd-path,poisoned-goroot,other-tree-head",
      "--runs",
      "4",
      "--json",
      "--home",
      kit?.home ?? "",
    ]);
    const { data } = JSON.parse(run.stdout) as { data: { summary: unknown; runs: readonly { failure?: unknown }[] } };
    expect(data.runs.map((each) => each.failure).filter((failure) => failure !== undefined)).toEqual([]);
    expect(data.summary).toMatchObject({ recovered: 4, notRecovered: 0 });
    expect(run.status).toBe(0);
  });
});
