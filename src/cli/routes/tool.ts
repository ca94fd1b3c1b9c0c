import type { LoadersOf, RouteTable } from "../route.ts";

export const toolRoutes = {
  completion: { positionals: [{ name: "shell", kind: "enum", values: ["bash", "zsh", "fish"] }] },
  explain: { positionals: [{ name: "code", kind: "string" }] },
} as const satisfies RouteTable;

export const toolLoaders = {
  completion: () => import("../commands/completion.ts"),
  explain: () => import("../commands/explain.ts"),
} satisfies LoadersOf<typeof toolRoutes>;
