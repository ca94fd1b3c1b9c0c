import type { CommandText } from "../../types.ts";
import type { moduleCommands as source } from "../../en/commands/module.ts";

export const moduleCommands = {
  "module explain": {
    brief: "说明 go 命令处于哪种模式，以及 go.sum 证明了什么",
    about:
      "逐步说明 go 命令在某个目录中处于哪种模式及其原因：起决定作用的变量，或文件及其行；每个导入指向哪里、会向谁获取其模块、由谁担保；以及 GO111MODULE 会改变什么。按将要运行的 Go（1.20 至 1.26）的规则解读，不启动 go；它会停止或有导入无处可寻时退出状态为 3。使用 --sums 时：用校验和数据库核对 go.sum（和 go.work.sum）的每一行，说明中间人可能改动了什么，并像 `go mod verify` 一样检查模块缓存，列出有差异的文件。不启动项目中的任何程序，也不改动项目。内容与已发布的不同时退出状态为 4，有未证明的内容时为 3，无法查询数据库时为 5。",
    args: { dir: "模块或工作区的目录（默认：当前目录）" },
    flags: {
      package: "这些导入路径指向哪里（默认：该目录的包所导入的）",
      deps: "也列出它们又导入了什么，如同 `go list -deps`",
      go: "假定 PATH 中是这个版本的 Go",
      sums: "go.sum 的各行",
      all: "全部列出，不省略",
      accept: "不作为否定理由的情况：`exempt`（GOPRIVATE 或 GONOSUMDB 使其不向数据库查询的行）、`missing`（缺少的行）",
    },
    examples: [
      { line: "medkit module explain", text: "哪种模式，为什么" },
      { line: "medkit module explain --package golang.org/x/text/language", text: "一个导入指向哪里" },
      { line: "medkit module explain --go 1.20 service", text: "较旧的 Go 如何看待目录 service" },
      { line: "medkit module explain --sums", text: "哪些行已证明，其余的留下什么缺口" },
      { line: "medkit module explain --sums --accept exempt --json", text: "在 CI 中，有私有模块时" },
      { line: "medkit module explain --sums --offline", text: "只依据 go 命令保存的数据库内容" },
    ],
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
