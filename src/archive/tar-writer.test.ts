import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { extractTar } from "./extract.ts";
import { chunksOf } from "./raw-tar.ts";
import { splitPath } from "./tar-header.ts";
import { readTar } from "./tar-reader.ts";
import { type TarMember, tarGz, writeTarGz } from "./tar-writer.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-tar-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const long = `top/${"a".repeat(80)}/${"b".repeat(100)}/file`;
const veryLong = `top/${"c".repeat(150)}/${"d".repeat(200)}/${"é".repeat(60)}`;
const noise = createHash("shake256", { outputLength: 200_000 }).update("n").digest();
const file = (
  path: string,
  data: string | Buffer,
  more: Partial<Pick<Extract<TarMember, { kind: "file" }>, "executable" | "compress">> = {},
): TarMember => {
  const content = Buffer.from(data);
  return { kind: "file", path, executable: false, size: content.length, content, ...more };
};

const members: readonly TarMember[] = [
  { kind: "folder", path: "top" },
  { kind: "folder", path: "top/empty" },
  file("top/run.sh", "#!/bin/sh\n", { executable: true }),
  file("top/zero", ""),
  file("top/block", "x".repeat(512)),
  file("top/text", "hello world ".repeat(100_000)),
  file("top/noise.gz", noise, { compress: false }),
  file("top/!cap@v1.0,x=~+", "odd"),
  file("top/ünïcode 名", "u"),
  file(long, "long"),
];

async function collect(list: readonly TarMember[], mtime = 1_700_000_000): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of tarGz(list, { mtime, level: 6 })) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

/** Path to kind, executable bit, time and content of everything below a folder. */
function tree(folder: string, at = ""): Record<string, string> {
  const result: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
    const path = at === "" ? entry.name : `${at}/${entry.name}`;
    const stat = statSync(join(folder, path));
    if (entry.isDirectory()) Object.assign(result, { [path]: "folder" }, tree(folder, path));
    else
      result[path] = `${(stat.mode & 0o777).toString(8)} ${createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex")}`;
  }
  return result;
}

test("the same members give the same bytes, whatever form their contents have", async () => {
  const whole = await collect(members);
  expect((await collect(members)).equals(whole)).toBe(true);
  const streamed = members.map((member) =>
    member.kind === "file" && member.content instanceof Uint8Array
      ? { ...member, content: chunksOf(member.content, 999) }
      : member,
  );
  expect((await collect(streamed)).equals(whole)).toBe(true);
  const files = members.map((member, index): TarMember => {
    if (member.kind === "folder" || !(member.content instanceof Uint8Array)) return member;
    writeFileSync(join(root, String(index)), member.content);
    return { ...member, content: { file: join(root, String(index)) } };
  });
  expect((await collect(files)).equals(whole)).toBe(true);
});

test("headers hold nothing of the machine, and the times that were given", async () => {
  const plain = execFileSync("gzip", ["-dc"], { input: await collect([file("a", "x", { executable: true })]) });
  const header = plain.subarray(0, 512);
  const text = (offset: number, length: number): string => header.toString("latin1", offset, offset + length);
  expect(
    text(0, 157)
      .split("\0")
      .filter((field) => field !== ""),
  ).toEqual(["a", "0000755", "0000000", "0000000", "00000000001", (1_700_000_000).toString(8), text(148, 6), " 0"]);
  expect([text(157, 100), text(257, 8), text(265, 64)]).toEqual(["\0".repeat(100), "ustar\x0000", "\0".repeat(64)]);
  expect([text(329, 16), text(345, 167)]).toEqual(["0000000\0".repeat(2), "\0".repeat(167)]);
  expect(plain.length).toBe(4 * 512);
  for await (const entry of readTar(chunksOf(await collect(members)))) {
    expect(entry.mtime).toBe(1_700_000_000);
    expect(entry.mode).toBe(entry.kind === "folder" || entry.path.endsWith(".sh") ? 0o755 : 0o644);
  }
});

test("a path is split only where it has to be, and pax only where it cannot be", async () => {
  expect(splitPath("a/".repeat(50))).toEqual({ prefix: "", name: "a/".repeat(50) });
  expect(splitPath(`p/${"n".repeat(100)}`)).toEqual({ prefix: "p", name: "n".repeat(100) });
  expect(splitPath(`${"p".repeat(155)}/${"n".repeat(100)}`)).toEqual({
    prefix: "p".repeat(155),
    name: "n".repeat(100),
  });
  expect(splitPath(`${"p".repeat(156)}/n`)).toBeUndefined();
  expect(splitPath("n".repeat(101))).toBeUndefined();
  expect(splitPath(`${"n".repeat(100)}/`)).toBeUndefined();
  const count = async (path: string): Promise<number> => {
    let blocks = 0;
    for await (const chunk of tarGz([file(path, "")], { mtime: 0 })) blocks += chunk.length;
    return blocks;
  };
  expect(await count("n".repeat(101))).toBeGreaterThan(await count("n".repeat(100)));
  const seen: string[] = [];
  for (const length of [95, 96, 97, 98, 99, 100, 101, 240, 255]) {
    for await (const entry of readTar(
      chunksOf(await collect([file("n".repeat(length), ""), { kind: "folder", path: `d${"x".repeat(length - 1)}` }])),
    ))
      seen.push(entry.path);
  }
  expect(seen.map((path) => path.length)).toEqual([
    95, 95, 96, 96, 97, 97, 98, 98, 99, 99, 100, 100, 101, 101, 240, 240, 255, 255,
  ]);
});

describe("other unpackers make the same tree", () => {
  const has = (command: string): boolean => spawnSync(command, ["--help"]).error === undefined;
  const unpackers: readonly [string, readonly string[]][] = [
    ["tar", ["-xzf"]],
    ["bsdtar", ["-xzf"]],
    ["busybox", ["tar", "-xzf"]],
  ];
  for (const [command, args] of unpackers) {
    const there = has(command) || process.env["CI"] === "true";
    test.runIf(there)(`${command}${there ? "" : " (skipped: not installed)"}`, async () => {
      const archive = join(root, "a.tgz");
      await writeTarGz(archive, [...members, file(veryLong, "pax")], { mtime: 1_700_000_000 });
      await extractTar(archive, join(root, "ours"));
      mkdirSync(join(root, "theirs"));
      execFileSync(command, [...args, archive], {
        cwd: join(root, "theirs"),
        env: { ...process.env, LC_ALL: "C.UTF-8" },
      });
      expect(tree(join(root, "theirs"))).toEqual(tree(join(root, "ours")));
      expect(statSync(join(root, "theirs", "top", "text")).mtimeMs).toBe(1_700_000_000_000);
      rmSync(archive);
    });
  }

  const writers: readonly [string, readonly string[]][] = [
    ["tar", ["--format=gnu", "-czf"]],
    ["tar", ["--format=posix", "-czf"]],
    ["tar", ["--format=ustar", "-cf"]],
    ["bsdtar", ["-czf"]],
    ["bsdtar", ["--format=pax", "-cf"]],
    ["busybox", ["tar", "-czf"]],
  ];
  for (const [command, args] of writers) {
    const there = has(command) || process.env["CI"] === "true";
    test.runIf(there)(
      `and we read ${command} ${args.join(" ")}${there ? "" : " (skipped: not installed)"}`,
      async () => {
        const source = join(root, "source");
        // GNU tar splits no folder of this length in ustar.
        const list = args.includes("--format=ustar")
          ? members.filter((member) => member.path !== long)
          : [...members, file(`top/${"é".repeat(110)}`, "long name")];
        await extractTar(tarGz(list, { mtime: 1 }), source);
        for (const what of ["top", "."]) {
          const archive = join(root, "theirs.tar");
          execFileSync(command, [...args, archive, "-C", source, what], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
          await extractTar(archive, join(root, "read"));
          expect(tree(join(root, "read"))).toEqual(tree(source));
          rmSync(join(root, "read"), { recursive: true });
        }
      },
    );
  }
});

describe("refuses", () => {
  test.each([
    ["ARCHIVE_PATH_TRAVERSAL", [file("../x", "")]],
    ["ARCHIVE_PATH_ABSOLUTE", [file("/x", "")]],
    ["ARCHIVE_PATH_FORM", [{ kind: "folder", path: "x/" }]],
    ["ARCHIVE_PATH_BACKSLASH", [file("a\\b", "")]],
    ["ARCHIVE_PATH_CHARACTERS", [file("a\nb", "")]],
    ["ARCHIVE_DUPLICATE", [file("a", ""), file("a", "")]],
    ["ARCHIVE_FILE_AS_FOLDER", [file("a", ""), file("a/b", "")]],
    ["ARCHIVE_SOURCE_CHANGED", [{ kind: "file", path: "a", executable: false, size: 3, content: Buffer.from("xx") }]],
    ["ARCHIVE_SOURCE_CHANGED", [{ kind: "file", path: "a", executable: false, size: 1, content: Buffer.from("xx") }]],
    ["ARCHIVE_TOO_BIG", [{ kind: "file", path: "a", executable: false, size: 2 ** 33, content: Buffer.from("xx") }]],
  ] as const)("%s, and leaves no archive", async (code, list) => {
    await expect(writeTarGz(join(root, "a.tgz"), list, { mtime: 0 })).rejects.toMatchObject({ code });
    expect(readdirSync(root)).toEqual([]);
  });

  test("a source that is not there", async () => {
    const absent: TarMember = {
      kind: "file",
      path: "a",
      executable: false,
      size: 3,
      content: { file: join(root, "absent") },
    };
    await expect(writeTarGz(join(root, "a.tgz"), [absent], { mtime: 0 })).rejects.toThrow("ENOENT");
    expect(readdirSync(root)).toEqual([]);
  });
});
