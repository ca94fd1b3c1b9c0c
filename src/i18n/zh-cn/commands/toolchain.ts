import type { CommandText } from "../../types.ts";
import type { toolchainCommands as source } from "../../en/commands/toolchain.ts";

const version = "`1.22.5`、`1.26rc1`、语言版本（`1.22`：其最新补丁）、`latest` 或 `oldstable`";
const installedVersion = "已安装的版本；`1.22` 和 `latest` 指其中最新的一个";

const trustWords = {
  trust:
    "所需的最低证据：`sha256`、`openpgp`、`checksum-database`（默认）或 `rebuilt`；MEDKIT_TRUST 和 medkit.yaml 中的 `trust:` 为所有命令设定",
  checksums: "go.dev/dl/?mode=json 格式的校验和列表：您自己的文件，或 URL",
  signature: "归档的 OpenPGP 分离签名（默认：归档旁边的 `.asc`）",
};

export const toolchainCommands = {
  "toolchain list": {
    brief: "列出已安装和可安装的工具链",
    flags: {
      remote: "向模块代理询问有哪些版本",
      found: "列出本机上由他人安装的 Go：归档、发行版、`~/sdk`、go 命令、mise、asdf、goenv、gvm 等",
      platform: "只列此 GOOS/GOARCH 的工具链（可安装部分默认为本机平台）",
      kit: "也列出此应急包（打包或已解开）中的工具链（默认：已激活的应急包）",
    },
    examples: [
      { line: "medkit toolchain list", text: "已安装的版本；星号标出当前版本" },
      { line: "medkit toolchain list --found", text: "本机上还有哪些 Go；不运行其中任何程序" },
      { line: "medkit toolchain list --remote --platform darwin/arm64", text: "可用于 Mac 的版本" },
    ],
  },
  "toolchain install": {
    brief: "安装由校验和数据库或您所要求的证据证明的 Go 工具链",
    about:
      "从已激活的应急包、模块缓存、模块代理或下载站获取，以先有者为准，并解开到 medkit 的只读仓库。它要么完整出现，要么根本不出现，且仅当其目录树的哈希与校验和数据库所记一致时才会出现；使用 --trust 时，则须归档具有该证据。手头的校验和或签名若与之矛盾，一律拒绝。多个版本和平台并存。",
    args: { version },
    flags: {
      platform: "GOOS/GOARCH（默认：本机平台）",
      source:
        "依次从何处获取：应急包、归档、模块 zip 或 GOROOT 的路径，`module-cache`、`proxy`、`download`，模块代理的 URL，或 `download+URL`",
      ...trustWords,
    },
    examples: [
      { line: "medkit toolchain install 1.22", text: "Go 1.22 的最新补丁，并说明是哪一个" },
      {
        line: "medkit toolchain install 1.21.13 --source ./go-emergency-kit --offline",
        text: "从应急包安装，无需网络",
      },
      {
        line: "medkit toolchain install 1.22.5 --trust openpgp --source ./archives --offline",
        text: "目录中的归档及其 `.asc`，没有校验和数据库时",
      },
    ],
  },
  "toolchain adopt": {
    brief: "在证明之后接纳他人安装的 Go",
    about:
      "像 `toolchain verify` 那样用校验和数据库验证目录树，然后把与发布一致的副本放入 medkit 的只读仓库，或只建立链接。原目录树从不改动，`toolchain remove` 也不会动它。链接的目录树在每次使用前都会再做简短比较。",
    args: { toolchain: "GOROOT 目录，或 `toolchain list --found` 所列的版本" },
    flags: {
      copy: "复制（默认）：无论原目录树如何变化都保留",
      link: "只建立链接：不占空间，原目录树消失时它也随之消失",
      platform: "所指的 GOOS/GOARCH（默认：本机平台）",
      trust: "至少要求此证据；所接纳的具有 `checksum-database`",
      accept: "不构成拒绝理由的差异：`local-go-env`；复制时还有 `extra`，即不会复制的多余文件",
      kit: "从中获取证明和已发布副本的应急包",
    },
    examples: [
      { line: "medkit toolchain adopt ~/sdk/go1.22.5", text: "经证明的副本" },
      { line: "medkit toolchain adopt 1.22 --link", text: "本机上最新的 Go 1.22，留在原处" },
    ],
  },
  "toolchain use": {
    brief: "将当前用户的 `go` 切换到已安装的版本",
    about:
      "一步替换 medkit 主目录中的符号链接 `current`：正在运行的构建继续使用原版本，任何时刻都不会找不到 `go`。PATH 中应有 `current/bin`。",
    args: { version: installedVersion },
    flags: {
      system:
        "同时让 /usr/local/go 和 /usr/local/bin/go 指向它，供所有用户使用；原有内容会保留（MEDKIT_SYSTEM_PREFIX：改用 /usr/local 以外的目录）",
      restore: "恢复 `--system` 之前系统位置上的内容",
    },
    examples: [
      { line: "medkit toolchain use 1.22.5", text: "此后在每个 shell 中生效" },
      { line: "medkit toolchain use latest --system --home /opt/medkit", text: "以 root 身份，供本机所有用户使用" },
    ],
  },
  "toolchain env": {
    brief: "打印使用某个已安装 Go 版本所需的变量",
    about: "供 POSIX shell 求值的若干行：GOROOT、GOTOOLCHAIN=local，并把该版本的 `bin` 放在 PATH 最前。",
    args: { version: installedVersion },
    examples: [{ line: "medkit toolchain env 1.22.5 --json", text: "供程序读取" }],
  },
  "toolchain remove": {
    brief: "移除已安装的工具链",
    about: "一步移除名称，随后删除文件。`current` 或系统的 Go 所指向的工具链会被拒绝。",
    args: { version: installedVersion },
    flags: { platform: "GOOS/GOARCH（默认：本机平台）" },
    examples: [{ line: "medkit toolchain remove 1.21.13", text: "本机平台的版本" }],
  },
  "toolchain prune": {
    brief: "移除已被更新补丁取代的工具链",
    about:
      "每个语言版本和平台保留最新的一个；`current`、系统的 Go、本目录的项目或 --keep 所要求的也会保留。中断的下载所留下的内容也会移除。",
    flags: { keep: "另外要保留的版本" },
    examples: [{ line: "medkit toolchain prune --keep 1.21.4 --dry-run", text: "查看会移除什么" }],
  },
  "toolchain pin": {
    brief: "在文件中固定本项目的 Go 版本",
    about:
      "写入最近的 go.mod 的 `toolchain` 行，或其他工具会读取的文件。固定的是一个具体发布：`1.22` 和 `latest` 在已安装的版本中解析。",
    args: { version: "具体发布如 `1.22.5`，或已安装版本中的 `1.22`、`latest`、`oldstable`" },
    flags: { in: "写入哪个文件（默认：go.mod）" },
    examples: [
      { line: "medkit toolchain pin 1.22.5", text: "写入 go.mod" },
      { line: "medkit toolchain pin latest --in .go-version", text: "goenv、mise 和 CI 动作读取的位置" },
    ],
  },
  "toolchain lock": {
    brief: "将项目所用 Go 的版本和哈希写入 medkit.lock，涵盖团队的每个平台",
    about:
      "哈希取自校验和数据库并经过证明；不下载任何东西。`toolchain install` 会拒绝与最近的 medkit.lock 不一致的工具链。版本为所给的版本，否则为此目录中生效的版本。",
    args: { version },
    flags: { platform: "GOOS/GOARCH，多个用逗号分隔（默认：文件中已有的，否则为本机平台）" },
    examples: [
      { line: "medkit toolchain lock 1.22.5 --platform linux/amd64,darwin/arm64", text: "用于服务器和 Mac" },
      { line: "medkit toolchain lock", text: "在改动固定版本之后" },
    ],
  },
  "toolchain verify": {
    brief: "逐个文件证明已安装的 Go，或证明已发布的归档",
    about:
      "按模块 zip 的方式计算目录树的哈希，并与此版本和平台的已证明记录比对。若不一致，则用仓库、应急包、模块缓存或代理中的已发布副本说明哪些文件被改动、缺失或多出。不会启动所检查的任何程序。任何未被接受的差异都以状态 4 退出。",
    args: { toolchain: "已安装的版本，任意 GOROOT 目录（例如 `/usr/local/go`），或已发布的归档" },
    flags: {
      platform: "目录树含多个平台的工具时所指的 GOOS/GOARCH（默认：本机平台）",
      kit: "提供证明和已发布副本的应急包",
      archive: "该目录树所由来的已发布归档：先核对它自己的校验和与签名，再逐个文件比较",
      ...trustWords,
      accept: "不作为否定理由的差异：`local-go-env`",
    },
    examples: [
      {
        line: "medkit toolchain verify go1.22.5.linux-amd64.tar.gz --checksums checksums.json",
        text: "归档：校验和、签名、校验和数据库",
      },
      { line: "medkit toolchain verify /usr/local/go", text: "这是否就是大家都在用的 Go？" },
      { line: "medkit toolchain verify /usr/lib/go --accept local-go-env", text: "允许发行版自己的设置" },
    ],
  },
  "toolchain current": {
    brief: "说明此目录中生效的 Go 版本",
    about:
      "依次为 GOTOOLCHAIN，go.work 或 go.mod 的 `toolchain` 和 `go`，.go-version，.tool-versions，mise.toml，以及用户切换到的版本：第一个指定版本的起决定作用；`go` 行是其后各项的最低要求。",
    flags: { explain: "列出每个要求版本的位置及其结果" },
    examples: [{ line: "medkit toolchain current --explain", text: "为什么是这个而不是那个" }],
  },
  "toolchain exec": {
    brief: "用已安装的某个 Go 版本运行命令",
    about:
      "只为这一条命令把该版本的 `bin` 放在 PATH 最前，并设置 GOROOT 和 GOTOOLCHAIN=local。命令的输出、输入、信号和退出状态保持不变。",
    args: { version: installedVersion },
    examples: [{ line: "medkit toolchain exec 1.21 -- go test ./...", text: "用另一个 Go 运行测试" }],
  },
  "shell-init": {
    brief: "打印 shell 启动文件为切换工具链所需的内容",
    about:
      "把 `current/bin` 加入 PATH，并在切换后清除 shell 对命令位置的记忆。请把输出写入文件再加载该文件：这样启动几乎没有开销，提示符则完全没有。",
    args: { shell: "哪种 shell" },
    examples: [
      { line: "medkit shell-init bash", text: "把输出写入文件，并在 ~/.bashrc 中加载该文件" },
      { line: "medkit shell-init fish", text: "把输出写入 ~/.config/fish/conf.d/medkit.fish" },
    ],
  },
  "toolchain rebuild": {
    brief: "从源码构建 Go 工具链，并查明它是否就是已发布的那一个",
    about:
      "源码取自同一版本、另一平台且经校验和数据库证明的工具链，由同样经过证明的 Go 编译，再用结果的哈希与数据库核对。已发布的 Mac 程序带有 Apple 的签名，重新构建得不到相同的哈希：用 `--reference` 给出已发布的归档，便会去掉签名后再比较。无可比较的结果标为 `rebuilt-unmatched`，`--trust` 从不接受它。耗时以分钟计：一个处理器 5 到 10 分钟。",
    args: { version },
    flags: {
      platform: "为哪个 GOOS/GOARCH 构建（默认：本机平台）",
      bootstrap: "负责编译的 Go：版本或 GOROOT（默认：同一版本，本机平台）",
      reference: "已发布的归档、模块 zip 或 GOROOT，逐个文件比较",
      twice: "无可比较时在别处再构建一次；若已安装另一个可用的 Go，则由它编译",
    },
    examples: [
      { line: "medkit toolchain rebuild 1.22.5 --platform darwin/arm64", text: "没有任何来源提供 Mac 工具链时" },
      { line: "medkit toolchain rebuild 1.22.5 --bootstrap 1.26.8", text: "证明已发布的 Go 就是其源码的产物" },
    ],
  },
} as const satisfies Readonly<Record<keyof typeof source, CommandText>>;
