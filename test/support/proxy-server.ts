import { spawn } from "node:child_process";
import { once } from "node:events";
import { root } from "./medkit.ts";

export interface Server {
  readonly url: string;
  /** What it has said on stderr so far. */
  said(): string;
  /** Ends it as a service manager does; gives its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `medkit proxy serve` on a free port of this machine, as a person would. */
export async function startServer(args: readonly string[], cwd: string, program = `${root}medkit`): Promise<Server> {
  const command = ["proxy", "serve", "--listen", "127.0.0.1:0", ...args];
  const child = spawn(program, command, { cwd, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  // A test that fails before it stops the server leaves none behind.
  process.once("exit", () => child.kill("SIGKILL"));
  let said = "";
  child.stderr.setEncoding("utf8");
  return await new Promise((resolve, reject) => {
    void ended.then(() => reject(new Error(said)));
    child.stderr.on("data", (chunk: string) => {
      said += chunk;
      const url = /https?:\/\/[0-9.]+:[0-9]+/.exec(said)?.[0];
      if (url === undefined) return;
      resolve({
        url,
        said: () => said,
        stop: async (signal = "SIGTERM") => {
          child.kill(signal);
          const [status] = (await ended) as [number | null];
          return status;
        },
      });
    });
  });
}
