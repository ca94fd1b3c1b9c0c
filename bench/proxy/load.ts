import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../result.ts";
import type { Subject } from "./server.ts";

/** What one run of wrk saw, and what it cost the server. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of processor time a request. */
  readonly cpu: number;
}

interface Said {
  readonly requests: number;
  readonly microseconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

export interface LoadSettings {
  readonly connections: number;
  readonly seconds: number;
}

/** Asks for `paths` in turn, as fast as the server answers. Throws where an answer is not 2xx. */
export function load(subject: Subject, paths: readonly string[], { connections, seconds }: LoadSettings): Load {
  const list = join(subject.scratch, "paths");
  writeFileSync(list, paths.map((path) => `/${path}\n`).join(""));
  const before = subject.processorTime();
  const script = join(root, "bench", "proxy", "load.lua");
  const args = ["-t2", `-c${connections}`, `-d${seconds}s`, "-s", script, subject.url, "--", list];
  const run = spawnSync("wrk", args, { encoding: "utf8" });
  const line = /^RESULT (.*)$/m.exec(run.stdout)?.[1];
  if (line === undefined) throw new Error(`wrk: ${run.stderr || run.stdout || String(run.error)}`);
  const said = JSON.parse(line) as Said;
  if (said.failed > 0 || said.requests === 0)
    throw new Error(`${subject.name}: ${said.failed} of ${said.requests} requests failed`);
  return {
    perSecond: (said.requests / said.microseconds) * 1e6,
    p50: said.p50 / 1000,
    p99: said.p99 / 1000,
    cpu: ((subject.processorTime() - before) * 1e6) / said.requests,
  };
}
