import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { afterAll, expect } from "vitest";
import { removeTree } from "../../src/state/index.ts";
import { root } from "../support/medkit.ts";
import type { PrivateHostReport } from "../support/private-host.ts";
import { requires } from "../support/requirements.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-private-net-"));
afterAll(() => removeTree(work));

const { it } = requires({ commands: ["go", "git", "openssl", "unshare", "busybox", "mount"], namespaces: true });

it("a private module comes through the command, whatever kills it", async () => {
  const hosts = join(work, "hosts");
  writeFileSync(hosts, "127.0.0.1 localhost git.internal\n");
  const script = `mount --bind "$1" /etc/hosts && busybox ip link set lo up && shift && exec "$@"`;
  const program = [process.execPath, join(root, "test/support/private-host.ts")];
  const namespaces = ["--user", "--map-root-user", "--mount", "--net", "--kill-child"];
  const child = spawn("unshare", [...namespaces, "sh", "-c", script, "sh", hosts, ...program], { cwd: root });
  let said = "";
  let complained = "";
  child.stdout.on("data", (chunk: Buffer) => void (said += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => void (complained += String(chunk)));
  await once(child, "close");
  expect(said, complained).not.toBe("");
  const report = JSON.parse(said) as PrivateHostReport;
  expect(report).toMatchObject({ fetched: 0, proven: "private", ended: 0, left: 0, hasSecret: false });
  // SIGKILL in the middle: the client is told, nothing goes on without its proxy, and the next one tidies up.
  expect(report.running).toBeGreaterThan(0);
  expect(report).toMatchObject({ orphans: [], again: 0, stillThere: 0, finally: 0 });
  expect(report.broken).not.toBe(0);
  expect(report.abandoned).toBeGreaterThan(0);
}, 120_000);
