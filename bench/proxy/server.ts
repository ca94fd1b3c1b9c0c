import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { present } from "../../src/core/present.ts";
import { root } from "../result.ts";
import { family, processorTime, residentMemory } from "./processes.ts";

/** A server that runs. */
export interface Subject {
  readonly name: string;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly scratch: string;
  /** Seconds that its processes have used so far. */
  processorTime(): number;
  /** MiB. */
  memory(): number;
  stop(): Promise<void>;
}

export interface Recipe {
  readonly name: string;
  /** Undefined: it is at hand; else what is missing. */
  readonly missing: string | undefined;
  /** Prepares its folder. */
  prepare?(scratch: string): void;
  command(port: number, scratch: string): readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function untilAnswers(url: string, child: ChildProcess, log: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) break;
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`${url} does not answer: ${readFileSync(log, "utf8").slice(-2_000)}`);
}

/** Starts a server and waits until it answers. */
export async function start(recipe: Recipe, scratch: string): Promise<Subject> {
  mkdirSync(scratch, { recursive: true });
  recipe.prepare?.(scratch);
  const port = await freePort();
  const [command = "", ...args] = recipe.command(port, scratch);
  const log = join(scratch, "log");
  const env = { ...present(process.env), ...recipe.env };
  const output = openSync(log, "w");
  const child = spawn(command, args, { env, cwd: scratch, stdio: ["ignore", output, output] });
  const failed = once(child, "error").then(([error]) => Promise.reject(error as Error));
  const ended = Promise.race([once(child, "exit"), failed]);
  ended.catch(() => undefined);
  const url = `http://127.0.0.1:${port}`;
  const { pid = 0 } = child;
  await untilAnswers(url, child, log);
  return {
    name: recipe.name,
    url,
    scratch,
    processorTime: () => processorTime(family(pid)),
    memory: () => residentMemory(family(pid)),
    stop: async () => {
      child.kill("SIGTERM");
      await ended.catch(() => undefined);
    },
  };
}

/** Our own proxy, asking the host's GOPROXY, to fill a store. */
export async function startOnline(store: string): Promise<Pick<Subject, "url" | "stop">> {
  const command = (port: number): readonly string[] => [join(root, "medkit"), "proxy", "serve", "--listen", `127.0.0.1:${port}`, "--store", store]; // prettier-ignore
  return await start({ name: "medkit", missing: undefined, command }, `${store}-filling`);
}
