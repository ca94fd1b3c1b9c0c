import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RunPaths, Scenario } from "./types.ts";

const name = "Notfall Koffer für 应急 (v1) it's 100% #1";

function place(paths: RunPaths): string {
  return join(paths.place, name);
}

export const oddPath: Scenario = {
  id: "odd-path",
  title: "Spaces, quotes and letters beyond ASCII in the path",
  proves: "The kit works wherever it is unpacked.",
  needs: [],
  setUp: async (stage) => {
    await mkdir(place(stage.host));
  },
  settings: (stage) => ({ place: place(stage.inside) }),
};
