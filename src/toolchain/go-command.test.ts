import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createNodePorts } from "../core/node-ports.ts";
import { mustGo, runGo, type GoSetting } from "./go-command.ts";

let goroot = "";
beforeEach(async () => {
  goroot = await mkdtemp(join(tmpdir(), "medkit-go-command-"));
  await mkdir(join(goroot, "bin"));
});
afterEach(async () => rm(goroot, { recursive: true, force: true }));

const ports = createNodePorts({
  env: {},
  cwd: "/",
  signal: new AbortController().signal,
  offline: true,
  progress: { emit: () => undefined },
});

/** A go that says this and fails. */
async function failing(words: string): Promise<GoSetting> {
  await writeFile(join(goroot, "bin", "go"), `#!/bin/sh\ncat >&2 <<'X'\n${words}\nX\nexit 1\n`);
  await chmod(join(goroot, "bin", "go"), 0o755);
  const path = join(goroot, "x");
  return { goroot, gopath: path, gomodcache: path, gocache: "/cache", goproxy: "off", gosumdb: "off", home: path, tmpdir: path }; // prettier-ignore
}

test.each([
  ["go: writing go.mod cache: mkdir /mod/cache: no space left on device", "HOST_NO_SPACE", "/mod/cache"],
  [
    "a\n/tmp/x.go: write /tmp/go-build1/b001/_pkg_.a: disk quota exceeded\nb",
    "HOST_NO_SPACE",
    "/tmp/go-build1/b001/_pkg_.a",
  ],
  ["go: open /ro/go.sum: read-only file system", "HOST_READ_ONLY", "/ro/go.sum"],
])("%s is told as what it is", async (words, code, path) => {
  await expect(runGo(ports, { args: ["build"], cwd: "/", setting: await failing(words) })).rejects.toMatchObject({ code, params: { path } }); // prettier-ignore
});

test("any other failure is the go command's", async () => {
  const setting = await failing("go: example.org/m@v1.0.0: not found");
  expect(await runGo(ports, { args: ["build"], cwd: "/", setting })).toMatchObject({ status: 1 });
  await expect(mustGo(ports, { args: ["build"], cwd: "/", setting })).rejects.toMatchObject({ code: "GO_FAILED" });
});
