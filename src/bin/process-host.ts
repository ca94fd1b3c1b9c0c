import type { OutputStream } from "../cli/context.ts";
import type { main } from "../cli/main.ts";

/** A stream whose reader may go away (`medkit … | head`): what is written after that is dropped, and the work goes on. */
function tolerant(stream: NodeJS.WriteStream): OutputStream {
  let gone = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    gone = true;
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns;
    },
    write(text, done) {
      if (gone) done?.();
      else stream.write(text, done);
    },
  };
}

function crash(error: unknown): never {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    process.stderr.write(`medkit: this is a bug, please report it with the lines below [UNEXPECTED]\n${text}\n`);
  } finally {
    process.exit(1);
  }
}

/**
 * Runs medkit in this process: SIGINT, SIGTERM and SIGHUP abort the signal that every command has, a second one ends at once;
 * a reader that goes away is no error; what nobody caught ends with status 1.
 */
export async function runInProcess(load: () => Promise<typeof main>): Promise<void> {
  const { stdout, stderr, stdin } = process;
  const controller = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    if (signal === "SIGINT" && stderr.isTTY) stderr.write("\n");
    controller.abort(new Error(signal));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  process.on("uncaughtException", crash);
  process.on("unhandledRejection", crash);
  try {
    const main = await load();
    const status = await main({
      argv: process.argv.slice(2),
      env: { ...process.env },
      cwd: process.cwd(),
      streams: { stdout: tolerant(stdout), stderr: tolerant(stderr), stdin: { isTTY: stdin.isTTY } },
      signal: controller.signal,
    });
    process.exit(status);
  } catch (error) {
    crash(error);
  }
}
