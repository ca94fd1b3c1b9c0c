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
      go: "另外获取的 Go 工具链：`1.22.5`、`1.22` 或 `latest`",
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
  "module mirror list": {
    brief: "列出代理仓库的内容、大小和使用时间",
    about:
      "按模块列出；使用 --versions 时按版本列出，并说明由什么证明、来自何处。使用时间是 `proxy serve` 记下的客户端请求。这里不重新证明：那是 `module mirror verify` 的事。",
    args: { pattern: "模块路径的模式，写法同 GOPRIVATE，例如 `golang.org/x`（默认：全部）" },
    flags: {
      store,
      versions: "每个版本一行",
      unusedFor: "只列出这么久既未使用也未保存的，例如 `720h`",
    },
    examples: [
      { line: "medkit module mirror list", text: "各模块的版本数和大小" },
      { line: "medkit module mirror list golang.org/x --versions", text: "每个版本、由谁证明、何时使用" },
      { line: "medkit module mirror list --unused-for 2160h --json", text: "三个月来无人请求的内容" },
    ],
  },
  "module mirror verify": {
    brief: "通读代理的仓库，指出每个与证明不符的文件",
    about:
      "重新计算每个文件的哈希并与其证明核对，证明与校验和数据库的记录核对，记录与已签名的树头核对；一切来自仓库，不需要网络。能发现被改动、截断、缺少和来历不明的文件、残缺的证明、不能通过验证的 tile，以及与内容不符的列表。发现任何问题时退出状态为 4。",
    flags: {
      store,
      repair: "删除损坏的内容，为没有证明的重新证明，并重新获取缺少的（使用 --offline 时只删除）",
      upstream: "--repair 时从何处获取的 GOPROXY 列表（默认：本机的 GOPROXY）",
      sumdb,
    },
    examples: [
      { line: "medkit module mirror verify --store /srv/modules", text: "在信任一块磁盘之前" },
      { line: "medkit module mirror verify --repair", text: "并使其恢复完好" },
    ],
  },
  "module mirror prune": {
    brief: "从代理的仓库中去掉无人使用的内容",
    about:
      "从最久未使用的版本开始删除，直到其余的放得下；或删除所有长久未用或过旧的版本。如果模块图仍在请求某个版本的 go.mod，则只删除其内容。用 --dry-run 查看计划。先删除证明，因此即使中途被终止，也不会提供残缺的内容；正在发送的会发送完。运行中的代理可通过配置中的 `quota:` 自动这样做。",
    args: { pattern: "只限这些路径的模块，模式写法同 GOPRIVATE（默认：全部）" },
    flags: {
      store,
      keep: "最多保留多少，例如 `50GiB`",
      unusedFor: "这么久既未使用也未保存的将被删除，例如 `2160h`",
      olderThan: "这么久以前保存的将被删除，无论是否使用",
      keepFor: "无论如何都保留这些来源所需的：go.mod、目录、二进制文件、清单，写法同 `sync`",
    },
    examples: [
      { line: "medkit module mirror prune --keep 50GiB --dry-run", text: "将会删除什么" },
      {
        line: "medkit module mirror prune --unused-for 2160h --keep-for ./shop,pinned.txt",
        text: "三个月未用的，但不动固定需要的",
      },
    ],
  },
  "module mirror merge": {
    brief: "把应急包或另一目录树中的模块并入代理的仓库，不需要网络",
    about:
      "先检查应急包。然后对仓库缺少的每个版本，用应急包所带的记录在两者中较新的已签名树头内加以证明，计算其内容的哈希，再保存。数据库文件最后统一为这一个树头。只有应急包签名担保的，以及凭两者所有的内容无法证明的，会列出而不保存；退出状态为 5。",
    args: { path: "已打包或已解开的应急包，或含 `sumdb/` 的 GOPROXY 目录树" },
    flags: { store, sumdb },
    examples: [
      {
        line: "medkit module mirror merge go-emergency-kit-v1.2.tgz --store /srv/modules",
        text: "应急包带进封闭网络的内容",
      },
      { line: "medkit module mirror merge /mnt/usb/modules --dry-run", text: "另一个仓库有而这个仓库没有的" },
    ],
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
