import type { CommandText } from "../../types.ts";
import type { mirrorCommands as source } from "../../en/commands/mirror.ts";

const store = "仓库目录（默认：与 `proxy serve` 相同）";
const sumdb = "校验和数据库，写法同 GOSUMDB：名称或其密钥，其后可跟 URL（默认：本机的设置）";

export const mirrorCommands = {
  "module mirror sync": {
    brief: "把程序、二进制文件和清单所需的一切取到代理的仓库中",
    about:
      "按 go 命令的方式读取模块图，先显示仓库缺少什么，再获取：构建列表中每个模块的内容、途中读取的每个 go.mod，以及它们的证明。校验和数据库没有证明的一律不保存。某个版本取不到不影响其他版本：最后会列出它，退出状态为 5。此后客户端不再需要别人：仓库就是 GOPROXY，可通过 `file://`、任何 Web 服务器或 `medkit proxy serve --offline` 使用，GOSUMDB 保持开启。",
    args: {
      source:
        "含 go.mod 或 go.work 的目录、这类文件本身、任意平台的 Go 二进制文件、go.sum、每行一个 `module@version` 的清单，或 `module@version` 本身，也可以是 `@latest`、`@v1.2` 或分支（默认：当前目录）",
    },
    flags: {
      store,
      go: "另外获取的 Go 工具链，例如 `1.22.5`",
      platform: "这些工具链的 GOOS/GOARCH（默认：本机）；模块在各平台都相同",
      wholeGraph: "也包括只有 `go 1.16` 及更早的程序才读取的 go.mod；制作应急包时需要",
      jobs: "同时获取的版本数（默认 8）",
      upstream: "从何处获取的 GOPROXY 列表（默认：本机的 GOPROXY）",
      sumdb,
    },
    examples: [
      { line: "medkit module mirror sync ./shop ./billing --dry-run", text: "对这两个程序，仓库还缺什么" },
      {
        line: "medkit module mirror sync --go 1.22.5,1.26.0 --platform linux/amd64,darwin/arm64",
        text: "当前目录的模块，以及四个工具链",
      },
      {
        line: "medkit module mirror sync /usr/local/bin/gopls golang.org/x/tools@latest",
        text: "构成一个二进制文件的模块，以及另一个模块",
      },
    ],
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
