import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { removeTree } from "../state/index.ts";
import { isExecutable, readBuildInfo } from "./build-info.ts";

const root = mkdtempSync(join(tmpdir(), "medkit-buildinfo-"));
afterAll(() => removeTree(root));

function varint(n: number): Buffer {
  const bytes: number[] = [];
  for (let rest = n; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) return Buffer.from(bytes);
  }
}

const text = (bytes: Buffer | string): Buffer => Buffer.concat([varint(bytes.length), Buffer.from(bytes)]);

function blob(lines: string, flags = 2): Buffer {
  const header = Buffer.alloc(32);
  header.write("\u00ff Go buildinf:", "latin1");
  header[14] = 8;
  header[15] = flags;
  const sentinel = Buffer.alloc(16, 0x77);
  return Buffer.concat([header, text("go1.22.5"), text(Buffer.concat([sentinel, Buffer.from(lines), sentinel]))]);
}

let files = 0;
function file(...parts: readonly Buffer[]): string {
  const path = join(root, `binary-${files++}`);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

const lines =
  "path\texample.com/m/cmd\nmod\texample.com/m\t(devel)\t\ndep\tgolang.org/x/sync\tv0.8.0\th1:x=\n" +
  "dep\tgithub.com/a/b\tv1.0.0\n=>\tgithub.com/fork/b\tv1.0.1\th1:y=\ndep\tgithub.com/c/d\tv1.0.0\n=>\t./d\t\t\nbuild\tGOOS=linux\n";

it("reads the modules behind a decoy, across a window's end, with replacements", async () => {
  const decoy = Buffer.concat([Buffer.alloc(5), Buffer.from("\u00ff Go buildinf:", "latin1"), Buffer.alloc(13)]);
  // 1 MiB is read at a time.
  const padding = Buffer.alloc(1024 * 1024 - decoy.length - (decoy.length % 16) + (decoy.length % 16));
  const at = (decoy.length + padding.length) % 16;
  const found = await readBuildInfo(file(decoy, padding, Buffer.alloc((16 - at) % 16), blob(lines)));
  expect(found).toEqual({
    goVersion: "go1.22.5",
    modules: [
      { path: "golang.org/x/sync", version: "v0.8.0", isMain: false },
      { path: "github.com/fork/b", version: "v1.0.1", isMain: false },
    ],
  });
});

it("names the main module where it has a version, as `go install` gives it one", async () => {
  const { modules } = await readBuildInfo(file(blob("path\tx.org/m\nmod\tx.org/m\tv1.2.3\th1:z=\n")));
  expect(modules).toEqual([{ path: "x.org/m", version: "v1.2.3", isMain: true }]);
});

it.each([
  ["nothing of Go", Buffer.from("hello"), /no build information/],
  ["what a Go before 1.18 wrote", blob(lines, 0), /before 1\.18/],
  ["a header at the end", blob(lines).subarray(0, 32), /no build information/],
  ["a list that is cut", blob(lines).subarray(0, 80), /no build information/],
])("refuses %s", async (_, bytes, problem) => {
  await expect(readBuildInfo(file(bytes))).rejects.toMatchObject({
    code: "BINARY_UNREADABLE",
    params: { problem: expect.stringMatching(problem) as string },
  });
});

it("knows executables by how they begin", () => {
  expect(["7f454c46", "cffaedfe", "4d5a9000"].map((hex) => isExecutable(Buffer.from(hex, "hex")))).toEqual([
    true,
    true,
    true,
  ]);
  expect(["", "676f2e6d", "00"].map((hex) => isExecutable(Buffer.from(hex, "hex")))).toEqual([false, false, false]);
});
