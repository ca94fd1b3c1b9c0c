import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CaseFile } from "../../types.ts";
import { findAuthorities, isWrittenBy } from "./authorities.ts";

const pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
let folder = "";

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "authorities-")));
  await mkdir(join(folder, "project"));
});
afterEach(() => rm(folder, { recursive: true }));

async function place(...names: readonly string[]): Promise<string> {
  const path = join(folder, ...names);
  await writeFile(path, `# corp\n${pem}\n`);
  await chmod(path, 0o644);
  return path;
}

/** Those that were found through variables: the machine that tests may have anchors of its own. */
async function found(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const project = join(folder, "project");
  const probes = { project: () => Promise.resolve({ root: project, goWorkFile: undefined }) };
  const file = { command: { env, cwd: project }, probes } as unknown as CaseFile;
  return (await findAuthorities(file)).filter(({ from }) => from in env).map(({ path }) => path);
}

describe("authorities that the user's own environment names", () => {
  test("count", async () => {
    const path = await place("root.pem");
    expect(await found({ NODE_EXTRA_CA_CERTS: path, PIP_CERT: "relative.pem", CURL_CA_BUNDLE: join(folder, "no") })).toEqual([path]); // prettier-ignore
  });

  test("do not where others may write them", async () => {
    const path = await place("root.pem");
    await chmod(path, 0o666);
    expect(await found({ NODE_EXTRA_CA_CERTS: path })).toEqual([]);
    await chmod(path, 0o644);
    await chmod(folder, 0o777);
    expect(await found({ NODE_EXTRA_CA_CERTS: path })).toEqual([]);
  });

  test("do not where they are the project's, by a link either", async () => {
    const path = await place("project", "root.pem");
    const linked = join(folder, "linked.pem");
    await symlink(path, linked);
    expect(await found({ NODE_EXTRA_CA_CERTS: path, PIP_CERT: linked })).toEqual([]);
  });

  test("do not where they are no certificates", async () => {
    const path = join(folder, "root.pem");
    await writeFile(path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    expect(await found({ NODE_EXTRA_CA_CERTS: path })).toEqual([]);
  });
});

test("a file is its writers'", async () => {
  const path = await place("root.pem");
  expect(await isWrittenBy(path, [process.getuid?.()])).toBe(true);
  expect(await isWrittenBy(path, [4_000_000])).toBe(false);
  expect(await isWrittenBy(join(folder, "no"), [process.getuid?.()])).toBe(false);
});
