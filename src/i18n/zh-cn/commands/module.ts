import type { CommandText } from "../../types.ts";
import type { moduleCommands as source } from "../../en/commands/module.ts";

export const moduleCommands = {
  "module ci-config": {
    brief: "写出 CI 使用模块镜像的设置，并检查镜像",
    about:
      "打印可直接使用的片段：模块模式、先问镜像再问各模块自己的主机、校验和数据库、私有模块、缓存。注释逐行说明原因；--plain 不带注释。从不写入登录信息：--netrc 说明在哪里挂载机密。使用 --check 时，向镜像询问 go 命令会问的内容：有会使构建停止的回答时退出状态为 3。",
    flags: {
      for: "用于什么",
      proxy: "镜像的地址（默认：主机 GOPROXY 的第一项）",
      fallback: "镜像没有时再问谁（默认：direct）",
      private: "私有模块的模式，如同 GOPRIVATE",
      privateFrom: "私有模块来自哪里：各自的主机，或也来自镜像（默认：direct）",
      sumdb: "校验和数据库（默认：sum.golang.org）",
      ca: "仓库中的证书文件，用于企业的主机",
      netrc: "镜像或私有主机需要登录：将 netrc 作为机密挂载",
      go: "golang 镜像的标签（默认：1.26）",
      plain: "不带注释",
      check: "询问镜像，并打印它如何回答",
      module: "镜像拥有的一个模块，用于 --check（默认：golang.org/x/text）",
    },
    examples: [
      {
        line: "medkit module ci-config --for gitlab --proxy https://goproxy.internal --private '*.corp.example'",
        text: "用于 .gitlab-ci.yml",
      },
      { line: "medkit module ci-config --for docker --netrc --lang zh-CN", text: "用中文说明" },
      {
        line: "medkit module ci-config --for systemd --proxy https://goproxy.internal --check",
        text: "镜像是否合用？",
      },
    ],
  },
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
