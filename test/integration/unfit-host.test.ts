import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject } from "vitest";
import { root } from "../support/medkit.ts";
import { requires } from "../support/requirements.ts";

const kit = inject("kit");
const { it: test } = requires({ commands: ["go", "unshare"], namespaces: true, upstream: true });
let work = "";

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "medkit-unfit-"));
  for (const name of ["home", "out", "small"]) mkdirSync(join(work, name));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs medkit as root of a mount namespace in which `mounts` were done first; what a tmpfs held is listed by `look`. */
function inside(
  mounts: string,
  args: readonly string[],
  look = ":",
): {
  readonly status: number | null;
  readonly stderr: string;
  readonly left: string;
  readonly code: string | undefined;
} {
  const script = `${mounts}\nshift 1\n"$MEDKIT" "$@"; status=$?; echo "left: $(${look})"; exit "$status"`;
  const run = spawnSync("unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", "x", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, MEDKIT: join(root, "medkit"), W: work },
    maxBuffer: 1 << 28,
  });
  return {
    status: run.status,
    stderr: run.stderr,
    left: /^left: ?(.*)$/m.exec(run.stdout)?.[1] ?? "",
    code: /\[([A-Z_]+)\]/.exec(run.stderr)?.[1],
  };
}

function build(out: string, home: string): readonly string[] {
  return [
    "kit",
    "build",
    "--config",
    "test/fixtures/small-kit.yaml",
    "--out",
    out,
    "--home",
    home,
    "--progress",
    "none",
  ];
}

describe("a host that is unfit for a kit", () => {
  test("a home without enough space: status 6 before anything is fetched", () => {
    const run = inside('mount -t tmpfs -o size=300m tmpfs "$W/small"', build(join(work, "out"), join(work, "small")), 'ls "$W/small/downloads/sha256" 2>/dev/null | wc -l'); // prettier-ignore
    expect(run).toMatchObject({ status: 6, code: "HOST_NO_SPACE", left: "0" });
    expect(run.stderr).toMatch(/needed, .* free/);
  });

  test("no space for the archive: status 6, and nothing is left there", () => {
    const run = inside('mount -t tmpfs -o size=40m tmpfs "$W/small"', build(join(work, "small"), kit?.home ?? ""), 'ls -A "$W/small" | wc -l'); // prettier-ignore
    expect(run).toMatchObject({ status: 6, code: "HOST_NO_SPACE", left: "0" });
  });

  test("no inodes left, which no count of bytes foretells: status 6, and the next run on a fit disk finishes", () => {
    const run = inside('mount -t tmpfs -o size=6g,nr_inodes=3000 tmpfs "$W/small"', build(join(work, "out"), join(work, "small"))); // prettier-ignore
    expect(run).toMatchObject({ status: 6, code: "HOST_NO_SPACE" });
    expect(readdirSync(join(work, "out"))).toEqual([]);
  }, 240_000);

  test("a read-only home, and a read-only place for the archive: status 6", () => {
    const readOnly = 'mount --bind "$W/small" "$W/small" && mount -o remount,bind,ro "$W/small"';
    expect(inside(readOnly, build(join(work, "out"), join(work, "small")))).toMatchObject({
      status: 6,
      code: "HOST_READ_ONLY",
    });
    expect(inside(readOnly, build(join(work, "small"), kit?.home ?? ""))).toMatchObject({
      status: 6,
      code: "HOST_READ_ONLY",
    });
    expect(existsSync(join(work, "small", "go-emergency-kit-v1.2.tgz"))).toBe(false);
  }, 240_000);

  test("no space to unpack a kit for its check: status 6", () => {
    const run = inside('mount -t tmpfs -o size=60m tmpfs "$W/small"', ["kit", "verify", kit?.archive ?? "", "--home", join(work, "small")]); // prettier-ignore
    expect(run).toMatchObject({ status: 6, code: "HOST_NO_SPACE" });
  });
});
