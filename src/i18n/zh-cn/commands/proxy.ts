import type { CommandText } from "../../types.ts";
import type { proxyCommands as source } from "../../en/commands/proxy.ts";

export const proxyCommands = {
  "proxy serve": {
    brief: "向 `go` 命令提供模块和工具链，每一个都先经证明再发出",
    about:
      "封闭网络的 GOPROXY：从磁盘上的仓库应答，并从上游列表补充。校验和数据库没有证明的，既不保存也不提供；数据库本身也由它应答，因此客户端可以一直开着 GOSUMDB。使用 `--offline` 时一切来自仓库。仓库就是普通的 GOPROXY 目录树：`file://` 和任何 Web 服务器也能提供它。收到 SIGTERM 后，发送完正在发送的应答再结束。",
    flags: {
      listen: "监听地址（默认 127.0.0.1:3000；`:3000` 为所有地址；`systemd` 为由它交来的套接字）",
      store: "仓库目录，或 `s3://BUCKET/PREFIX`（默认：medkit 主目录下的 `modules`）",
      upstream: "从何处获取的 GOPROXY 列表，`,` 与 `|` 的含义同 Go（默认：本机的 GOPROXY）",
      sumdb: "校验和数据库，写法同 GOSUMDB：名称或其密钥，其后可跟 URL（默认：本机的设置）",
      accessLog: "每个请求向此文件追加一行 JSON",
      tlsCert: "用此证书（PEM）提供 HTTPS，支持 HTTP/2 与 HTTP/1.1；更新后的文件会自动采用",
      tlsKey: "其私钥（PEM，不带口令）",
      login: "只允许此文件中的人访问（`medkit proxy login add`）",
    },
    examples: [
      { line: "medkit proxy serve --listen :3000", text: "供整个网络使用；客户端设置 GOPROXY=http://this-host:3000" },
      { line: "medkit proxy serve --offline --store /srv/modules", text: "只提供已保存的内容" },
    ],
  },
  "proxy login add": {
    brief: "允许某人登录代理，使用密码或令牌",
    about:
      "向登录文件写入一行：名字及其密钥的哈希。密码来自标准输入，在终端上则会询问。使用 `--token` 会生成令牌，只显示这一次；它用在密码的位置，例如 ~/.netrc。已有的名字会得到新的密钥。运行中的代理会在几秒内采用该文件。",
    args: { name: "登录名：字母、数字和 `. _ @ -`" },
    flags: { file: "登录文件；不存在则创建", token: "生成令牌" },
    examples: [{ line: "medkit proxy login add ci --file logins --token", text: "给构建机的令牌" }],
  },
  "proxy login remove": {
    brief: "不再允许某人登录",
    about: "从登录文件删除一行。运行中的代理会在几秒内采用该文件。",
    args: { name: "登录名：字母、数字和 `. _ @ -`" },
    flags: { file: "登录文件" },
    examples: [],
  },
  "proxy login list": {
    brief: "显示谁可以登录",
    about: "显示名字和密钥的种类，从不显示密钥。",
    flags: { file: "登录文件" },
    examples: [],
  },
  "proxy unit": {
    brief: "输出代理的 systemd 服务单元，权限收紧到能工作为止",
    about:
      "该单元用配置文件运行 `proxy serve`，使用专门的用户、只读的系统和很少的系统调用。请写入 /etc/systemd/system/medkit-proxy.service。",
    flags: {
      program: "medkit 所在的路径（默认 /usr/local/bin/medkit）",
      store: "仓库目录（默认：systemd 在 /var/lib 下创建的目录）",
    },
    examples: [
      {
        line: "medkit proxy unit --config /etc/medkit.yaml",
        text: "medkit-proxy.service 的内容，放到 /etc/systemd/system",
      },
    ],
  },
  "proxy check": {
    brief: "说明代理的策略如何对待各版本，以及由哪条规则决定",
    about:
      "读取与 `proxy serve` 相同的配置。规则要看版本的发布时间时，时间来自仓库，仓库没有则问上游。不保存任何内容。有版本被拒绝或被隔离时以 3 结束。",
    args: { modules: "`MODULE@VERSION`，版本须完整" },
    flags: {
      store: "仓库目录（默认：medkit 主目录下的 `modules`）",
      upstream: "仓库里没有的版本，向此 GOPROXY 列表询问时间（默认：本机的 GOPROXY）",
    },
    examples: [{ line: "medkit proxy check golang.org/x/text@v0.3.0", text: "按此目录的 `medkit.yaml` 判断" }],
  },
  "proxy vulndb sync": {
    brief: "镜像 Go 漏洞数据库，供 `govulncheck -db` 和代理的策略使用",
    about:
      "从以下来源读取数据库：vuln.go.dev 布局的 URL、目录、zip（也可经 http），或模块 `golang.org/x/vulndb`，后者模块代理就有，并由校验和数据库证明。每个条目都经检查；没有变化的不再获取。新快照一步替换旧快照，否则完全不变。运行中的 `proxy serve` 几秒内就会使用它。",
    args: { source: "URL、目录、zip 或 `golang.org/x/vulndb[@VERSION]`（默认：配置中的，否则 https://vuln.go.dev）" },
    flags: {
      folder: "数据库目录（默认：配置中的，否则为仓库里的 `vulndb`）",
      store: "仓库目录（默认：medkit 主目录下的 `modules`）",
      upstream: "获取 `golang.org/x/vulndb` 的 GOPROXY 列表（默认：本机的 GOPROXY）",
      acceptOlder: "接受比已镜像的内容缺条目或较旧的来源",
    },
    examples: [
      { line: "medkit proxy vulndb sync golang.org/x/vulndb", text: "来自模块代理" },
      { line: "medkit proxy vulndb sync /media/usb/vulndb.zip --dry-run", text: "将有哪些变化" },
    ],
  },
  "proxy vulndb verify": {
    brief: "找出镜像的漏洞数据库中每个损坏的文件",
    about: "读取所有文件，比较摘要，并由条目重新生成索引。有差异时以 4 结束。",
    flags: {
      folder: "数据库目录（默认：配置中的，否则为仓库里的 `vulndb`）",
      store: "仓库目录（默认：medkit 主目录下的 `modules`）",
    },
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
