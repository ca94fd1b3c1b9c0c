import { createNodePorts } from "../core/node-ports.ts";
import type { Translator } from "../i18n/index.ts";
import type { CommandContext } from "./context.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Host } from "./main.ts";
import type { ProgressRenderer } from "./render/progress.ts";

/** Continuous integration sets CI to anything but `false` and nothing. */
function inCi(env: Host["env"]): boolean {
  const value = env["CI"] ?? "";
  return value !== "" && value !== "false" && value !== "0";
}

export function createContext(
  host: Host,
  flags: GlobalFlags,
  t: Translator,
  progress: ProgressRenderer,
): CommandContext {
  const { env, cwd, signal, streams } = host;
  const emit: ProgressRenderer["emit"] = (event) => progress.emit(event);
  return {
    ports: createNodePorts({ env, cwd, signal, offline: flags.offline, progress: { emit } }),
    flags,
    lang: t.lang,
    t,
    streams,
    mayAsk: !flags.noInput && !inCi(env) && streams.stdin.isTTY === true,
    home: async () => (await import("../state/index.ts")).resolveHome({ flag: flags.home, env, cwd }),
  };
}
