import { join } from "node:path";
import type { Scenario } from "./types.ts";

export const readOnlyKit: Scenario = {
  id: "read-only-kit",
  title: "A kit that may not be written to",
  proves: "A private state folder serves, and deactivation removes it.",
  needs: ["unprivileged"],
  settings: (stage) => ({ hooks: { "after-verify": join(stage.inside.scripts, "hooks", "make-read-only.sh") } }),
  judge: (told) => (told["state"] === undefined ? "the state folder was in the read-only kit" : undefined),
};
