import type { ErrorTexts } from "../../types.ts";

/** 仓库中的工具链及其版本和来源。 */
export const toolchainErrors = {
  TOOLCHAIN_VERSION_INVALID: {
    message: "`{version}` 不是 Go 版本。",
    hint: "请按 Go 的写法：`1.22.5`、`go1.22.5`、`1.26rc1`，或语言版本如 `1.22`，或 `latest`、`oldstable`。",
    why: "Go 的版本不是语义化版本：没有 `v`，候选版本没有连字符，Go 1.21 之前的首个发布没有补丁号。medkit 不猜测其他写法的含义。",
  },
  TOOLCHAIN_VERSION_UNKNOWN: {
    message: "没有任何来源知道 `{version}` 所指的 Go 发布[[（{platform}）]]。",
    hint: "用 `medkit toolchain list --remote` 查看有哪些。使用 `--offline` 时只看应急包和模块缓存；请给出完整版本，或用 `--source` 指定应急包。",
    why: "语言版本和 `latest` 指来源所列的最新发布。能够询问的来源都没有列出。",
  },
  TOOLCHAIN_PLATFORM_INVALID: {
    message: "`{platform}` 不是平台。",
    hint: "请写成 GOOS/GOARCH，例如 `linux/amd64` 或 `darwin/arm64`。",
    why: "工具链按平台发布，medkit 必须确切知道指的是哪一个。",
  },
  TOOLCHAIN_SOURCE_INVALID: {
    message: "`{source}` 不是工具链的来源。",
    hint: "请给出 `module-cache`、`proxy`、`download`，模块代理的 URL 如 `https://goproxy.internal`，下载站镜像的 `download+URL`，或应急包、归档、模块 zip、GOROOT 的路径。",
    why: "medkit 只询问指定的来源。无论来源给出什么，都由校验和数据库证明。",
  },
  TOOLCHAIN_NOT_INSTALLED: {
    message: "尚未安装 Go {version}[[（{platform}）]]。",
    hint: "用 `medkit toolchain install {version}` 安装。此平台已安装：{installed}。",
    why: "该命令只使用 medkit 仓库中已有的工具链，不会自行获取：构建不应因为有网络就换了编译器。",
  },
  TOOLCHAIN_TRUST_MISSING: {
    message: "要求的信任级别是 `{wanted}`，而这里是 `{has}`[[：{reasons}]]。",
    hint: "请提供证据（`--checksums`、带有 `.asc` 的归档、可访问的校验和数据库），或用 `--trust` 说明较低的级别即可。",
    why: "级别由弱到强：`sha256`、`openpgp`、`checksum-database`、`rebuilt`。没有所要求的证据，因此没有安装或使用任何东西。",
  },
  GOROOT_NOT_FOUND: {
    message: "{path} 不是 GOROOT。",
    hint: "请给出 `go env GOROOT` 所指的目录：其中有 `VERSION`、`bin` 和 `pkg/tool`。",
    why: "已安装的 Go 由其文件 `VERSION` 和工具识别。该目录不同时具备两者。",
  },
  GOROOT_UNRELEASED: {
    message: "{path} 中是 `{version}`，它不是 Go 的发布版本。",
    hint: "请校验发布版本，或与构建者核对。",
    why: "校验和数据库收录了自 Go 1.9 以来的每个发布。开发版本、带实验特性或发行商自有名称的版本从未在那里发布，因此没有可供比对的记录。",
  },
  TOOLCHAIN_IN_USE: {
    message: "Go {version} 正在使用。",
    hint: "请先切换：`medkit toolchain use VERSION`；若系统的 Go 指向它，则用 `medkit toolchain use --restore`。",
    why: "`current` 或系统的 `go` 指向该工具链（{name}）。移除后，依赖它的人将没有 `go` 可用。",
  },
  TOOLCHAIN_ADOPT_REFUSED: {
    message: "{path} 不是已发布的 Go {version}：{differences}。",
    hint: "`medkit toolchain verify {path}` 会列出全部差异。知道来由的差异可用 `--accept local-go-env` 接受，复制时还可用 `--accept extra`；或安装已发布的版本：`medkit toolchain install {version}`。",
    why: "medkit 运行的都经校验和数据库证明。该目录树在发布之后被发行者、其自身的使用或他人改动过：没有接纳任何内容。",
  },
  TOOLCHAIN_ADOPT_OWN: {
    message: "{path} 位于 medkit 自己的仓库中。",
    hint: "它已经安装：`medkit toolchain list`。",
    why: "接纳是指接管他人安装的 Go。仓库指向自身的链接没有意义。",
  },
  TOOLCHAIN_NOT_FOUND: {
    message: "在本机上没有找到适用于 {platform} 的 Go {version}。",
    hint: "`medkit toolchain list --found` 会列出现有的（{found}）。请给出 GOROOT 目录，或安装：`medkit toolchain install {version}`。",
    why: "medkit 查看了归档、发行版、go 命令和版本管理器放置 Go 的位置。其他位置须用路径指明。",
  },
  TOOLCHAIN_NO_RECORD: {
    message: "校验和数据库没有 {platform} 的 Go {version} 的记录：该目录树无从证明。",
    hint: "请安装更新的版本，或有记录的版本：`medkit toolchain list --remote`。",
    why: "已安装目录树的证明是其工具链模块的记录。记录最早到 Go 1.2.2，但并非每个版本、也并非某个版本的每个平台都有；发行版以自己的名称构建的版本没有。（Go 1.20 的首个版本名为 `1.20`，而不是 `1.20.0`。）缺少的正是该记录，没有其他证据涵盖已解开目录树中的文件。",
  },
  TOOLCHAIN_LINK_CHANGED: {
    message: "{name} 只是链接，且已不是当初证明过的内容：{path}。",
    hint: "`medkit toolchain verify` 会说明差异。如果您更新了那个 Go，请用 `medkit toolchain remove` 移除链接后重新接纳；`medkit toolchain install` 会建立 medkit 自己的副本。",
    why: "该目录树属于他人，可能被改动。每次使用前，medkit 都把版本、go 命令和编译器与证明时的状态相比较。",
  },
  TOOLCHAIN_LINK_GONE: {
    message: "{name} 只是链接，而目录树已不存在：{path}。",
    hint: "请安装：`medkit toolchain install VERSION`；或移除链接：`medkit toolchain remove VERSION`。",
    why: "该目录树属于他人，已被移除或移走，或者其磁盘没有挂载。",
  },
  SYSTEM_GO_LINKED: {
    message: "{path} 正是 {name} 所链接的目录树。",
    hint: "请先建立 medkit 自己的副本：`medkit toolchain install {version}`；或移除链接：`medkit toolchain remove {version}`。",
    why: "`--system` 会把该位置上的内容移到一旁。链接随后将没有目标，或指向自身。",
  },
  TOOLCHAIN_PIN_UNFIT: {
    message: "go.mod 无法固定[[ Go {version}]]：{problem}[[（{go}）]]。",
    hint: "请固定更新的版本，或使用其他文件：`--in .go-version`。",
    why: "go.mod 的 `toolchain` 行自 Go 1.21 起才有，所指版本不得低于 `go` 行：否则 go 命令不会理会它。",
  },
  SYSTEM_GO_FORBIDDEN: {
    message: "medkit 无权写入 {path}。",
    hint: "请以有权限的用户（如 root）运行，或去掉 `--system`：切换您自己的 `go` 不需要任何权限。",
    why: "`--system` 会替换本机所有用户所用的 Go。只要有一处不能写入，就完全不作改动。",
  },
  SYSTEM_GO_PRIVATE: {
    message: "其他用户无法进入 {path}，因而无法运行系统的 Go。",
    hint: "请把仓库放在所有人可读的位置：`medkit --home /opt/medkit toolchain install VERSION`，然后用同一个 `--home` 执行 `use --system`。",
    why: "系统的位置会成为指向 medkit 仓库的链接。指向私有目录的链接会让其他所有人没有 `go` 可用。",
  },
  SYSTEM_GO_NOTHING: {
    message: "没有可恢复的内容：此主目录没有用过 `use --system`。",
    hint: "请给出当时使用的 `--home`。",
    why: "第一次 `use --system` 会把系统位置上原有的内容记录在 medkit 的主目录中，恢复之后即删除该记录。",
  },
  SYSTEM_GO_UNDONE: {
    message: "系统的 Go 未能切换，已恢复原状：{reason}。",
    hint: "请修正消息所指的问题后重试。",
    why: "中途有一步失败。已做的改动已全部撤回。",
  },
  SYSTEM_GO_HALF: {
    message: "系统的 Go 未能切换，也未能撤回已做的改动：{reason}。",
    hint: "{record} 记录了各处原有的内容。请手动恢复，或修正原因后运行 `medkit toolchain use --restore`。",
    why: "中途有一步失败，撤回也失败了。没有删除任何东西：原有内容就在各位置旁边。",
  },
  TOOLCHAIN_NONE_CHOSEN: {
    message: "此处没有选定 Go 版本。",
    hint: "用 `medkit toolchain use VERSION` 为自己选定，用 `medkit toolchain pin VERSION` 为项目选定。",
    why: "medkit 查看了 GOTOOLCHAIN、本目录及上级目录中的 go.work 或 go.mod、.go-version、.tool-versions、mise.toml，以及用户切换到的版本，都没有指定版本。",
  },
  REBUILD_UNSUPPORTED: {
    message: "Go {version} {platform} 无法重新构建：它的源码不会生成自己的归档。",
    hint: "请构建 Go 1.21 或更新的版本。",
    why: "medkit 用 `make.bash -distpack` 构建，它自 Go 1.21 才有。没有它，结果就没有可以比较的形式。",
  },
  REBUILD_BOOTSTRAP_UNFIT: {
    message: "{bootstrap} 无法编译 Go {version}。",
    hint: "用 `--bootstrap` 给出本机可用的、更新的 Go，或省略此选项：那时使用同一版本。",
    why: "Go 1.N 由 Go 1.N-2（向下取偶数）或更新的版本编译；负责编译的 Go 必须能在本机运行。",
  },
  REBUILD_FAILED: {
    message: "为 Go {version} {platform} 运行的 make.bash 以 {status} 结束：\n{said}",
    hint: "请读上面各行。它需要 bash、3 GB 磁盘，以及每个处理器约 1 GB 内存。",
    why: "Go 自己的构建脚本失败了。它生成的内容没有保留。",
  },
  REBUILD_DIFFERS: {
    message: "重新构建的 Go {version} {platform} 与已发布的不同：{problem}。",
    hint: "换一个 `--bootstrap` 再构建。如果仍然如此，请保留两者并报告给 Go 项目：其中一个不是由此源码生成的。",
    why: "Go 的构建可以重现：同样的源码，无论由谁编译，得到同样的工具链。没有保存任何内容。",
  },
} as const satisfies Partial<ErrorTexts>;
