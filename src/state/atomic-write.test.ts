import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureFolder, publishFile, publishFolder, removeTree, writeFileAtomic } from "./atomic-write.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-write-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test("writes text, bytes and streams, with the exact mode", async () => {
  const path = join(root, "f");
  await writeFileAtomic(path, "one", { mode: 0o600 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await writeFileAtomic(path, Buffer.from("two"), { mode: 0o777, durable: false });
  expect(statSync(path).mode & 0o777).toBe(0o777);
  await writeFileAtomic(
    path,
    (async function* () {
      yield Buffer.from("th");
      yield Buffer.from("ree");
    })(),
  );
  expect(readFileSync(path, "utf8")).toBe("three");
  expect(readdirSync(root)).toEqual(["f"]);
});

test("a source that fails leaves the old file and no temporary one", async () => {
  const path = join(root, "f");
  writeFileSync(path, "old");
  const failing = (async function* () {
    yield Buffer.from("half");
    throw new Error("source");
  })();
  await expect(writeFileAtomic(path, failing)).rejects.toThrow("source");
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(root)).toEqual(["f"]);
});

test("a link at the target is replaced, not followed", async () => {
  writeFileSync(join(root, "victim"), "v");
  symlinkSync("victim", join(root, "f"));
  await writeFileAtomic(join(root, "f"), "new");
  expect(readFileSync(join(root, "victim"), "utf8")).toBe("v");
});

test("publishFile makes the folder and moves; on failure the temporary file is gone", async () => {
  writeFileSync(join(root, "t"), "x");
  await publishFile(join(root, "t"), join(root, "a", "b"), { mode: 0o640 });
  expect(statSync(join(root, "a", "b")).mode & 0o777).toBe(0o640);
  writeFileSync(join(root, "t"), "x");
  await expect(publishFile(join(root, "t"), join(root, "a"))).rejects.toThrow();
  expect(existsSync(join(root, "t"))).toBe(false);
});

test("a file or a lost link where a folder is needed is named, and stays", async () => {
  writeFileSync(join(root, "file"), "x");
  symlinkSync(join(root, "nowhere"), join(root, "link"));
  for (const path of ["file", "file/below", "link"])
    await expect(ensureFolder(join(root, path))).rejects.toMatchObject({ code: "HOST_NOT_A_FOLDER" });
  expect(readFileSync(join(root, "file"), "utf8")).toBe("x");
});

test("publishFolder: the first wins, the second is told and leaves nothing", async () => {
  for (const name of ["one", "two"]) {
    mkdirSync(join(root, name, "sub"), { recursive: true });
    writeFileSync(join(root, name, "sub", "f"), name);
  }
  expect(await publishFolder(join(root, "one"), join(root, "out", "final"), { sync: "tree" })).toBe(true);
  expect(await publishFolder(join(root, "two"), join(root, "out", "final"))).toBe(false);
  expect(readFileSync(join(root, "out", "final", "sub", "f"), "utf8")).toBe("one");
  expect(readdirSync(root)).toEqual(["out"]);
});

test("removeTree takes read-only folders and never follows links", async () => {
  mkdirSync(join(root, "tree", "ro"), { recursive: true });
  mkdirSync(join(root, "outside"));
  writeFileSync(join(root, "outside", "keep"), "");
  writeFileSync(join(root, "tree", "ro", "f"), "");
  symlinkSync(join(root, "outside"), join(root, "tree", "ro", "link"));
  chmodSync(join(root, "tree", "ro"), 0o555);
  await removeTree(join(root, "tree"));
  await removeTree(join(root, "tree"));
  expect(readdirSync(root)).toEqual(["outside"]);
  expect(existsSync(join(root, "outside", "keep"))).toBe(true);
});

/** Runs a script in a mount namespace where `root` is a tmpfs with these options; undefined where the kernel gives none. */
function onTmpfs(options: string, script: string): string | undefined {
  const source = `import { writeFileAtomic } from ${JSON.stringify(new URL("./atomic-write.ts", import.meta.url).href)};
    import { readdirSync } from "node:fs";
    const root = ${JSON.stringify(root)};
    try { ${script} } catch (error) { console.log(error.code, error.exit, readdirSync(root).join()); }`;
  const shell = 'mount -t tmpfs -o "$1" none "$2" || exit 77; shift 2; exec "$@"';
  const run = spawnSync("unshare", [
    "-rm",
    "sh",
    "-c",
    shell,
    "sh",
    options,
    root,
    process.execPath,
    "--input-type=module",
    "-e",
    source,
  ]);
  return run.status === 0 ? run.stdout.toString().trim() : undefined;
}

const namespaces = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", tmpdir()]).status === 0;
const here = namespaces || process.env["CI"] === "true";

test.runIf(here).each([
  ["size=256k", 'await writeFileAtomic(root + "/f", Buffer.alloc(1 << 20));', "HOST_NO_SPACE 6"],
  ["ro,size=256k", 'await writeFileAtomic(root + "/f", "x");', "HOST_READ_ONLY 6"],
])(
  `a disk with %s: %s gives %s and leaves nothing${here ? "" : " (skipped: no user and mount namespaces)"}`,
  (options, script, expected) => {
    const output = onTmpfs(options, script);
    expect(output).toBe(expected);
  },
);
