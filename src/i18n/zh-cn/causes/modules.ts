import type { CauseTexts } from "../../types.ts";

export const moduleCauses = {
  MODULE_MODE_OFF: {
    title: "模块模式被关闭",
    said: "GO111MODULE=off，而 {file} 说明这里是一个模块。",
    why: "GO111MODULE=off 时 go 命令只在 GOPATH 里找包，go.mod 不起作用。这个设置是 Go 1.16 之前的遗留，可能在 profile、任务或 `go env -w` 里。",
    todo: "把 GO111MODULE 从设置它的 profile 或任务里去掉，或运行 `go env -u GO111MODULE`。",
  },
} as const satisfies Partial<CauseTexts>;
