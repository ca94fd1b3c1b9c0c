import { main } from "../../src/cli/main.ts";

export interface Answer {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
  /** `data` of the JSON document, where `--json` was given. */
  readonly data: Record<string, unknown>;
  /** `error.code` of it; undefined where there is none. */
  readonly code: string | undefined;
}

/** Runs medkit in this process, with an environment of its own. */
export async function runInProcess(
  env: Readonly<Record<string, string>>,
  cwd: string,
  argv: readonly string[],
): Promise<Answer> {
  let stdout = "";
  let stderr = "";
  const stream = (take: (text: string) => void) => ({
    write: (text: string, done?: (error?: Error | null) => void) => {
      take(text);
      done?.();
    },
  });
  const exit = await main({
    argv,
    env,
    cwd,
    signal: new AbortController().signal,
    streams: {
      stdout: stream((text) => (stdout += text)),
      stderr: stream((text) => (stderr += text)),
      stdin: {},
    },
  });
  const document = argv.includes("--json")
    ? (JSON.parse(stdout) as { data?: Record<string, unknown>; error?: { code: string } })
    : {};
  return { exit, stdout, stderr, data: document.data ?? {}, code: document.error?.code };
}
