import type { CauseTexts } from "../../types.ts";

export const moduleCauses = {
  MODULE_MODE_OFF: {
    title: "modules are switched off",
    said: "GO111MODULE=off, and {file} says that this is a module.",
    why: "With GO111MODULE=off the go command looks for packages in GOPATH only, and go.mod counts for nothing. The setting is a leftover from before Go 1.16, in a profile, a job or `go env -w`.",
    todo: "Take GO111MODULE out of the profile or job that sets it, or run `go env -u GO111MODULE`.",
  },
} as const satisfies Partial<CauseTexts>;
