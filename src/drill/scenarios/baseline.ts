import type { Scenario } from "./types.ts";

export const baseline: Scenario = {
  id: "baseline",
  title: "A clean host",
  proves: "From the archive to an answering service and back, with no network, and nothing left behind.",
  needs: [],
};
