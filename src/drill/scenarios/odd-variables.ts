import { join } from "node:path";
import type { Scenario } from "./types.ts";

export const oddVariables: Scenario = {
  id: "odd-variables",
  title: "Variables that are empty, not exported, many lines long; functions and aliases named like tools",
  proves:
    "Every variable comes back as it was, set, unset or empty, exported or not, and the user's functions do not meet the kit's scripts.",
  needs: [],
  environment: () => ({ GOBIN: "", GOPRIVATE: "", GONOPROXY: " example.org/*  ", GODEBUG: "http2client=0" }),
  settings: (stage) => ({ hooks: { "before-snapshot": join(stage.inside.scripts, "hooks", "set-odd-variables.sh") } }),
};

export const prompt: Scenario = {
  id: "prompt",
  title: "An interactive shell with a prompt",
  proves: "The prompt tells which kit is active, and is given back.",
  needs: ["namespaces"],
  settings: (stage) => {
    const hooks = join(stage.inside.scripts, "hooks");
    return {
      interactive: true,
      hooks: { "before-snapshot": join(hooks, "set-prompt.sh"), "after-activate": join(hooks, "expect-prompt.sh") },
    };
  },
};

export const secondActivation: Scenario = {
  id: "second-activation",
  title: "Activated three times over",
  proves: "Further activations are harmless: one deactivation gives everything back.",
  needs: [],
  settings: (stage) => ({ hooks: { "after-activate": join(stage.inside.scripts, "hooks", "activate-again.sh") } }),
};

export const fromElsewhere: Scenario = {
  id: "from-elsewhere",
  title: "Sourced by its path, from the project's folder",
  proves: "Nobody has to go to the kit's folder in a shell that tells a sourced file its own path.",
  needs: [],
  shells: ["bash", "zsh"],
  settings: () => ({ fromElsewhere: true }),
};

export const goVersions: Scenario = {
  id: "go-versions",
  title: "Every Go version of the kit, one after the other",
  proves: "MEDKIT_GO chooses among them in one session, and the last choice builds.",
  needs: [],
  goVersions: "default",
  settings: (stage) => ({
    hooks: { "after-activate": join(stage.inside.scripts, "hooks", "each-go.sh") },
    variables: { DRILL_GO_VERSIONS: stage.kit.goVersions.join(" ") },
  }),
};
