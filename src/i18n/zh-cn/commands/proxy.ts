import type { CommandText } from "../../types.ts";
import type { proxyCommands as source } from "../../en/commands/proxy.ts";

export const proxyCommands = {
  "proxy serve": {
    brief: "向 `go` 命令提供模块和工具链，每一个都先经证明再发出",
    about:
      "封闭网络的 GOPROXY：从磁盘上的仓库应答，并从上游列表补充。校验和数据库没有证明的，既不保存也不提供；数据库本身也由它应答，因此客户端可以一直开着 GOSUMDB。使用 `--offline` 时一切来自仓库。仓库就是普通的 GOPROXY 目录树：`file://` 和任何 Web 服务器也能提供它。收到 SIGTERM 后，发送完正在发送的应答再结束。",
    flags: {
      listen: "监听地址（默认 127.0.0.1:3000；`:3000` 为所有地址）",
      store: "仓库目录（默认：medkit 主目录下的 `modules`）",
      upstream: "从何处获取的 GOPROXY 列表，`,` 与 `|` 的含义同 Go（默认：本机的 GOPROXY）",
      sumdb: "校验和数据库，写法同 GOSUMDB：名称或其密钥，其后可跟 URL（默认：本机的设置）",
      accessLog: "每个请求向此文件追加一行 JSON",
    },
    examples: [
      { line: "medkit proxy serve --listen :3000", text: "供整个网络使用；客户端设置 GOPROXY=http://this-host:3000" },
      { line: "medkit proxy serve --offline --store /srv/modules", text: "只提供已保存的内容" },
    ],
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
