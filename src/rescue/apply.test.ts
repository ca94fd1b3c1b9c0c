import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { applyRemedy, takeBack } from "./apply.ts";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "medkit-apply-"));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

test("a remedy that is taken back leaves no folder", async () => {
  const folder = join(root, "r-1", "scratch", "gocache");
  const remedy = {
    kind: "fresh-folder",
    params: {},
    reach: "state",
    cost: 0,
    environment: {},
    folders: [folder],
  } as const;
  const command = { argv: ["true"], cwd: "/", env: {}, limits: {} } as const;
  await takeBack(
    await applyRemedy(remedy, command, { copies: join(root, "r-1", "copies"), secrets: [], goenv: undefined }),
  );
  expect(await readdir(root)).toEqual([]);
});

const unset = {
  kind: "unset-variable",
  params: {},
  reach: "child",
  cost: 0,
  environment: { GOROOT: undefined },
} as const;

test("-toolexec is never kept, and every other flag is", async () => {
  const env = { GOFLAGS: "-tags=mine '-toolexec=/tmp/x y' -v", GOROOT: "/nowhere" };
  const options = { copies: join(root, "copies"), secrets: [], goenv: undefined };
  const { command, changes } = await applyRemedy(unset, { argv: ["go"], cwd: "/", env, limits: {} }, options);
  expect(command.env).toEqual({ GOFLAGS: "-tags=mine -v" });
  expect(changes.map(({ name }) => name)).toEqual(["GOROOT", "GOFLAGS"]);
});

test.each([
  ["-toolexec=/tmp/x -tags=mine", "-tags=mine"],
  // Something has to cover the file's line, and go reads no flag in a blank.
  ["-toolexec=/tmp/x", " "],
])("-toolexec of the go env file is covered: %s", async (flags, expected) => {
  const goenv = { path: "/home/dev/.config/go/env", lines: [`GOFLAGS=${flags}`] };
  const options = { copies: join(root, "copies"), secrets: [], goenv };
  const { command } = await applyRemedy(unset, { argv: ["go"], cwd: "/", env: {}, limits: {} }, options);
  expect(command.env).toEqual({ GOFLAGS: expected });
});

test("a go env file that a remedy leaves without GOFLAGS brings none of its flags back", async () => {
  const path = join(root, "r-2", "scratch", "env");
  const goenv = { path: "/home/dev/.config/go/env", lines: ["GOFLAGS=-toolexec=/tmp/x -nosuch"] };
  const remedy = { ...unset, reach: "state", environment: { GOENV: path }, files: [{ path, content: "" }] } as const;
  const options = { copies: join(root, "copies"), secrets: [], goenv };
  const { command } = await applyRemedy(remedy, { argv: ["go"], cwd: "/", env: {}, limits: {} }, options);
  expect(command.env).toEqual({ GOENV: path });
});
