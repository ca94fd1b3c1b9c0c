import type { CauseTexts } from "../../types.ts";

export const toolchainCauses = {
  GO_MISSING: {
    title: "没有 go 命令",
    said: "PATH 里没有 `go`。",
    why: "shell 在 PATH 列出的文件夹里找程序，其中没有一个放着 go 命令：这里从未安装过，或它所在的文件夹不在这个用户或任务的 PATH 上，或升级把它拿走了。",
    todo: "在你的 profile 或任务里把某个 Go 目录的 `bin` 加进 PATH，或激活应急包：`. ./activate.sh`。",
  },
  GO_NOT_EXECUTABLE: {
    title: "go 命令不可执行",
    said: "{path} 存在，但谁都不能运行它。",
    why: "这个文件没有可执行位。用会丢失权限位的方式（例如 zip 文件或网络共享）复制或解包 Go 目录时会这样。",
    todo: "对该目录的 `bin/*` 和 `pkg/tool/*/*` 运行 `chmod +x`，或用 `tar` 重新解包。",
  },
  GO_ON_NOEXEC: {
    title: "go 命令位于 noexec 挂载点",
    said: "{path} 位于以 noexec 挂载的 {detail}：不允许从那里启动程序。",
    why: "挂载选项 noexec 禁止某个文件系统上的程序运行。按照策略，用户主目录、临时目录和数据盘常常如此。",
    todo: "把 Go 目录放到允许运行程序的文件系统上。",
  },
  GO_WRONG_ARCHITECTURE: {
    title: "go 命令是给别的机器的",
    said: "{path} 是 {detail} 的程序，不是这台机器的。",
    why: "每个 Go 发行包只适用于一种操作系统和一种处理器。这一个是为别的机器下载或复制的。",
    todo: "改装适合这台机器的 Go 发行包。",
  },
  GO_LOADER_MISSING: {
    title: "go 命令需要本机没有的装载器",
    said: "{path} 需要 {detail}，本机没有。",
    why: "这个程序链接的是另一种（glibc 或 musl）或另一个位置的 C 库。此时内核会说程序本身不存在。",
    todo: "使用官方 Go 发行包，它不需要 C 库；或安装它所链接的 C 库。",
  },
  GO_INCOMPLETE: {
    title: "Go 目录不完整",
    said: "Go 目录 {folder} 缺少：{lacks}。",
    why: "安装中断、磁盘写满或清理工具删除文件，会留下一个没有编译器、链接器或标准库的 go 命令。",
    todo: "删除该目录并重新安装。",
  },
  GOROOT_STALE: {
    title: "GOROOT 指向另一个 Go",
    said: "GOROOT 是 {value}，而 PATH 上的 go 命令属于 {own}。",
    why: "go 命令自己就能找到自己的目录。指向别的目录或已消失目录的 GOROOT 会混用两个版本，或什么也找不到。",
    todo: "把 GOROOT 从设置它的 profile 或任务里去掉，或运行 `go env -u GOROOT`。",
  },
  GO_TOO_OLD: {
    title: "Go 比 go.mod 要求的旧",
    said: "{file} 要求 Go {wanted}；现在的 go 命令是 {version}，且不允许切换。",
    why: "go.mod 的 go 行是允许构建该模块的最低版本。GOTOOLCHAIN=local 或 1.21 之前的 Go 无法自行获取更新的版本。",
    todo: "安装 Go {wanted} 或更新的版本。",
  },
  GO_MOD_SYNTAX_NEWER: {
    title: "go.mod 是为更新的 Go 写的",
    said: "{file} 里有指令 `{directive}`，Go 从 {wanted} 起才认识它；这里是 {version}。",
    why: "指令随 Go 版本出现。旧的 go 命令遇到不认识的指令就停下，即使 go 行足够旧。",
    todo: "安装 Go {wanted} 或更新的版本；如果模块要用现有的 Go 构建，从 go.mod 里去掉 `{directive}`。",
  },
  TOOLCHAIN_UNAVAILABLE: {
    title: "无法下载工具链",
    said: "{from} 要求 Go {wanted}；这里是 {version}，从这里无法获得更新的版本。",
    why: "从 Go 1.21 起，go 命令会下载 go.mod 或 GOTOOLCHAIN 要求的工具链。在封闭网络里无处下载。",
    todo: "安装 Go {wanted}；如果现有的 Go 已满足 go 行，可设 `GOTOOLCHAIN=local`。",
  },
  GOEXPERIMENT_UNKNOWN: {
    title: "未知的 GOEXPERIMENT",
    said: "GOEXPERIMENT={value}，而这个 Go 不认识实验 {name}。",
    why: "实验特性随 Go 版本来去。这个版本不认识的名字会让所有命令停下。",
    todo: "从 GOEXPERIMENT 里去掉 {name}。",
  },
  ARCH_LEVEL_INVALID: {
    title: "无效的处理器级别",
    said: "{name}={value} 不是这个 Go 认识的级别。",
    why: "GOAMD64、GOARM 之类的变量决定处理器必须具备的能力。无效的值会让每次构建停下。",
    todo: "改正 {name}，或去掉它：默认值适合所有机器。",
  },
  GOFLAGS_INVALID: {
    title: "GOFLAGS 里有不可用的标志",
    said: "GOFLAGS 里有 {flags}，这个 go 不接受它，或它绝不应保留。",
    why: "每个 go 命令都会读 GOFLAGS。这个版本不认识的标志会让所有命令停下；`-toolexec` 会在构建的每一步启动一个程序。",
    todo: "从 GOFLAGS 里去掉 {flags}：在设置它的 profile 或任务里，或用 `go env -w`。",
  },
  GO_LIBC_TOO_OLD: {
    title: "C 库对这个 go 命令来说太旧",
    said: "{path} 需要 {version}，本机的 C 库没有。",
    why: "这个 go 命令是在更新的系统上构建的，并链接到那里的 C 库。官方发行包不需要 C 库。",
    todo: "安装官方 Go 发行包，或本系统的软件包。",
  },
  SETTING_INVALID: {
    title: "go 无法理解的设置",
    said: "{name}={value} 不是这个 Go 接受的值。",
    why: "go 命令在做任何事之前会检查一些设置，遇到不理解的值就停下。",
    todo: "改正 {name}，或去掉它：在设置它的 profile 或任务里，或用 `go env -u {name}`。",
  },
  PORT_UNKNOWN: {
    title: "没有这样的构建目标",
    said: "{pair} 不是这个 Go 能够构建的系统和处理器。",
    why: "GOOS 和 GOARCH 使用 Go 自己的名字：`linux` 而不是 `Linux`，`amd64` 而不是 `x86_64`。`go tool dist list` 会列出它们。",
    todo: "改正 GOOS 和 GOARCH，或去掉它们：没有它们时 go 为本机构建。",
  },
} as const satisfies Partial<CauseTexts>;
