import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { medkit } from "../support/medkit.ts";
import { missing } from "../support/requirements.ts";

/** Makes one real kit for all integration tests, with the CLI, as a person would. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const work = await mkdtemp(join(tmpdir(), "medkit-tests-"));
  const dispose = async (): Promise<void> => rm(work, { recursive: true, force: true });
  if (
    missing({ commands: ["go"], namespaces: true, upstream: true }) !== undefined ||
    process.platform !== "linux" ||
    process.arch !== "x64"
  ) {
    project.provide("kit", undefined);
    return dispose;
  }
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const keyFile = join(work, "key.pem");
  await writeFile(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  await writeFile(join(work, "key.pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
  const home = join(work, "home");
  const built = medkit([
    "kit",
    "build",
    "--config",
    "test/fixtures/small-kit.yaml",
    "--out",
    work,
    "--sign-key",
    keyFile,
    "--home",
    home,
    "--progress",
    "plain",
  ]);
  if (built.status !== 0) {
    await dispose();
    throw new Error(`kit build ended with ${built.status}:\n${built.stderr}`);
  }
  project.provide("kit", {
    archive: join(work, "go-emergency-kit-v1.2.tgz"),
    publicKey: join(work, "key.pub.pem"),
    home,
  });
  return dispose;
}
