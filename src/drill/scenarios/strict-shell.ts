import type { Scenario } from "./types.ts";

export const strictShell: Scenario = {
  id: "set-eu",
  title: "A shell with set -eu",
  proves: "No script of the kit relies on a failing command or an unset variable.",
  needs: [],
  settings: () => ({ options: "eu" }),
};

export const strictAllExport: Scenario = {
  id: "set-a-noclobber",
  title: "A shell with set -a and set -C",
  proves: "Neither exporting everything nor refusing to overwrite files gets in the way, and nothing stays exported.",
  needs: [],
  settings: () => ({ options: "aC" }),
};
