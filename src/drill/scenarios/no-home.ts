import { join } from "node:path";
import type { Scenario } from "./types.ts";

export const noHome: Scenario = {
  id: "no-home",
  title: "No HOME",
  proves: "A service account or a container without HOME can build.",
  needs: [],
  environment: () => ({ HOME: undefined }),
};

export const stateElsewhere: Scenario = {
  id: "state-elsewhere",
  title: "MEDKIT_KIT_STATE names the state folder",
  proves:
    "All that is written goes to the folder that the user gives, blanks in its path or not, and it stays there after deactivation.",
  needs: [],
  environment: (stage) => ({ MEDKIT_KIT_STATE: join(stage.inside.home, "state of the kit") }),
  settings: (stage) => ({ hooks: { "after-deactivate": join(stage.inside.scripts, "hooks", "remove-state.sh") } }),
};

export const tightUmask: Scenario = {
  id: "umask-077",
  title: "umask 077",
  proves: "Nothing relies on group or world bits.",
  needs: [],
  settings: (stage) => ({ hooks: { first: join(stage.inside.scripts, "hooks", "umask-077.sh") } }),
};
