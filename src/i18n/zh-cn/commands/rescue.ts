import type { CommandText } from "../../types.ts";

export const rescueCommands = {
  rescue: {
    brief: "运行一条命令；若因环境失败，找出原因并让它通过",
    about:
      "照原样运行命令。失败时，medkit 找出原因，用一句话连同证据说明，尝试侵入最小的办法，再次运行，直到通过或没有安全的办法为止。办法只存在于命令的环境里；只有加上 --fix-files 才会在留下副本之后修改你的文件。程序或测试本身的失败不会被动。",
    flags: {
      kit: "从这个已解包的应急包取办法（默认：已激活的那个）",
      signer: "要求应急包由这个 Ed25519 公钥（PEM）签名",
      report: "把发现和所做的写成 JSON 到这个文件",
      fixFiles: "允许修改你的文件，每个都先留副本",
      undo: "撤销上一次救援留在磁盘上的东西",
    },
    examples: [
      { line: "medkit rescue -- go build ./...", text: "让失败的构建通过" },
      {
        line: "medkit rescue --kit ./go-emergency-kit --report rescue.json -- go test ./...",
        text: "使用应急包并写报告",
      },
      { line: "medkit rescue --undo", text: "撤销上一次" },
    ],
  },
  doctor: {
    brief: "检查主机、环境、模块和缓存，列出问题",
    about: "不需要失败的命令，用的是与救援相同的知识：按严重程度列出发现、证据和办法。有错误时退出状态为 3。",
    args: { dir: "要检查的文件夹（默认：当前）" },
    flags: {
      fix: "应用安全的办法，每个文件都先留副本",
      explain: "说明一种原因的含义和该做什么",
      kit: "从这个已解包的应急包取办法（默认：已激活的那个）",
    },
    examples: [
      { line: "medkit doctor", text: "在构建失败之前" },
      { line: "medkit doctor --explain GO_MISSING", text: "一条发现是什么意思" },
    ],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
