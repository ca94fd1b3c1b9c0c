import type { InputOf, ParsedInput, RouteSpec, Run } from "./route.ts";
import { kitLoaders, kitRoutes } from "./routes/kit.ts";
import { proxyLoaders, proxyRoutes } from "./routes/proxy.ts";
import { mirrorLoaders, mirrorRoutes } from "./routes/mirror.ts";
import { moduleLoaders, moduleRoutes } from "./routes/module.ts";
import { rescueLoaders, rescueRoutes } from "./routes/rescue.ts";
import { toolLoaders, toolRoutes } from "./routes/tool.ts";
import { toolchainLoaders, toolchainRoutes } from "./routes/toolchain.ts";

/**
 * The one table of commands. Parsing, help, completions, man pages and the reference come out of it; a command's words are
 * its key. The order is the order in help.
 */
export const routes = {
  ...kitRoutes,
  ...rescueRoutes,
  ...toolchainRoutes,
  ...moduleRoutes,
  ...mirrorRoutes,
  ...proxyRoutes,
  ...toolRoutes,
};

/** One file a command, loaded when the command runs. */
export const loaders = {
  ...kitLoaders,
  ...rescueLoaders,
  ...toolchainLoaders,
  ...moduleLoaders,
  ...mirrorLoaders,
  ...proxyLoaders,
  ...toolLoaders,
};

export type RouteId = keyof typeof routes;

/** What the command with this id gets. */
export type Input<Id extends RouteId> = InputOf<(typeof routes)[Id]>;

export const routeIds = Object.keys(routes) as readonly RouteId[];

export function routeSpec(id: RouteId): RouteSpec {
  return routes[id];
}

/** All words of a command but the last. */
type Before<Id extends string> = Id extends `${infer First} ${infer Rest}`
  ? Rest extends `${string} ${string}`
    ? `${First} ${Before<Rest>}`
    : First
  : never;

/** Words that only stand before others: `kit` of `kit build`, `toolchain key` of `toolchain key import`. */
export type GroupId = RouteId extends infer Id ? (Id extends string ? Exclude<Before<Id>, RouteId> : never) : never;

export const groupIds = [
  ...new Set(routeIds.flatMap((id) => (id.includes(" ") ? [id.slice(0, id.lastIndexOf(" "))] : []))),
].filter((group) => !Object.hasOwn(routes, group));

/** Loads a command. The parser has made its input by the same row of the table, which the type system cannot follow. */
export async function loadCommand(id: RouteId): Promise<Run<ParsedInput>> {
  const { run } = await loaders[id]();
  return run as unknown as Run<ParsedInput>;
}
