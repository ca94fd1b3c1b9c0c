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
    message: "要求的信任级别是 `{wanted}`，而这里是 `{has}`。",
    hint: "请要求 `checksum-database`，或从源代码重新构建该工具链。",
    why: "级别由弱到强：`sha256`、`openpgp`、`checksum-database`、`rebuilt`。没有所要求的证据，因此没有安装任何东西。",
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
  TOOLCHAIN_NONE_CHOSEN: {
    message: "此处没有选定 Go 版本。",
    hint: "用 `medkit toolchain use VERSION` 为自己选定，用 `medkit toolchain pin VERSION` 为项目选定。",
    why: "medkit 查看了 GOTOOLCHAIN、本目录及上级目录中的 go.work 或 go.mod、.go-version、.tool-versions、mise.toml，以及用户切换到的版本，都没有指定版本。",
  },
} as const satisfies Partial<ErrorTexts>;
