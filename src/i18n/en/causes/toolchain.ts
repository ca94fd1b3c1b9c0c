import type { CauseTexts } from "../../types.ts";

export const toolchainCauses = {
  GO_MISSING: {
    title: "no go command",
    said: "There is no `go` on PATH.",
    why: "The shell looks for programs in the folders that PATH names, and none of them holds a go command. It was never installed here, its folder is not on PATH for this user or job, or an upgrade took it away.",
    todo: "Put the `bin` folder of a Go tree on PATH in your profile or job, or activate the kit: `. ./activate.sh`.",
  },
} as const satisfies Partial<CauseTexts>;
