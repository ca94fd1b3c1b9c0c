import type { CauseTexts } from "../../types.ts";

export const toolchainCauses = {
  GO_MISSING: {
    title: "没有 go 命令",
    said: "PATH 里没有 `go`。",
    why: "shell 在 PATH 列出的文件夹里找程序，其中没有一个放着 go 命令：这里从未安装过，或它所在的文件夹不在这个用户或任务的 PATH 上，或升级把它拿走了。",
    todo: "在你的 profile 或任务里把某个 Go 目录的 `bin` 加进 PATH，或激活应急包：`. ./activate.sh`。",
  },
} as const satisfies Partial<CauseTexts>;
