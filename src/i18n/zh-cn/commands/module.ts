import type { CommandText } from "../../types.ts";
import type { moduleCommands as source } from "../../en/commands/module.ts";

export const moduleCommands = {
  "module explain": {
    brief: "说明 go.sum 对模块证明了什么、没有证明什么",
    about:
      "使用 --sums 时：用校验和数据库核对 go.sum（和 go.work.sum）的每一行，说明中间人可能改动了什么，并像 `go mod verify` 一样检查模块缓存，列出有差异的文件。不启动项目中的任何程序，也不改动项目。内容与已发布的不同时退出状态为 4，有未证明的内容时为 3，无法查询数据库时为 5。",
    args: { dir: "模块或工作区的目录（默认：当前目录）" },
    flags: {
      sums: "go.sum 的各行",
      all: "也列出已证明的行",
      accept: "不作为否定理由的情况：`exempt`（GOPRIVATE 或 GONOSUMDB 使其不向数据库查询的行）、`missing`（缺少的行）",
    },
    examples: [
      { line: "medkit module explain --sums", text: "哪些行已证明，其余的留下什么缺口" },
      { line: "medkit module explain --sums --accept exempt --json", text: "在 CI 中，有私有模块时" },
      { line: "medkit module explain --sums --offline", text: "只依据 go 命令保存的数据库内容" },
    ],
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
