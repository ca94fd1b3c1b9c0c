import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../../", import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the checkout's CLI as a person does; waits for it. */
export function medkit(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const run = spawnSync(`${root}medkit`, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** As {@link medkit}, started only. */
export function startMedkit(args: readonly string[]): ReturnType<typeof spawn> {
  return spawn(`${root}medkit`, args, { cwd: root, stdio: "ignore" });
}

export interface TestKit {
  readonly archive: string;
  readonly publicKey: string;
  readonly home: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** A real kit made from test/fixtures/small-kit.yaml; undefined where this host cannot make one. */
    kit: TestKit | undefined;
  }
}
