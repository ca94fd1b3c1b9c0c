import type { ErrorTexts } from "../../types.ts";

/** 工具链与应急包。 */
export const kitErrors = {
  TOOLCHAIN_UNAVAILABLE: {
    message: "没有任何来源提供所需的 Go 工具链[[：{platform} 的 go{version}]]。",
    hint: "请检查版本号，或在配置的 `goproxy:`、`download:`、`local:` 中或用 `--source` 增加来源。各来源给出的原因列在下面。",
    why: "medkit 按顺序询问了所给的每个来源。它们或者没有，或者无法连接，或者给出的内容未通过校验。",
  },
  TOOLCHAIN_MISMATCH: {
    message: "Go 工具链与官方发布的不一致[[：{subject}]]。",
    hint: "请勿使用。请换一个来源获取，并查明是谁改动了它。",
    why: "它的哈希与校验和数据库（一个透明日志）为该版本和平台记录的不同。该工具链既没有解开，也没有启动。",
  },
  TOOLCHAIN_OTHER_VERSION: {
    message: "这个 Go 工具链不是它所声称的那个：{subject}。",
    hint: "请勿以该名称使用它。请从其他来源获取所需版本，并查明是谁改了名称。",
    why: "旧版本的 Go 自有其有效的签名和校验和。medkit 从工具链本身读取版本和平台，不允许一个冒充另一个。",
  },
  UPSTREAM_UNKNOWN: {
    message: "medkit 不知道从哪里获取 Go 模块。",
    hint: "可用三种方式之一指定：设置 GOPROXY，在配置中写 `goproxy:`，或在本机安装 Go。",
    why: "medkit 不会自行指定任何公共代理：用哪一个应由您的组织决定。它采用 `go env GOPROXY` 的结果，而本机没有 `go`。",
  },
  GO_FAILED: {
    message: "`{command}` 以状态 {status} 结束：\n{tail}",
    hint: "以上是 Go 自己的输出。请先解决其中指出的问题，再运行 medkit。",
    why: "medkit 在独立于使用者设置的环境中运行了 Go，而 Go 拒绝了。",
  },
  KEY_INVALID: {
    message: "{file} 不是可用的 Ed25519 密钥：{problem}。",
    hint: "`openssl genpkey -algorithm ed25519 -out key.pem` 生成私钥，`openssl pkey -in key.pem -pubout -out key.pub.pem` 导出公钥。",
    why: "应急包用 PEM 形式的 Ed25519 密钥签名：私钥为 PKCS #8，公钥为 SPKI。",
  },
  KIT_NO_TOOLCHAIN: {
    message: "配置中没有适用于 {wanted} 的工具链。",
    hint: "配置中有 {known}。请在 `toolchains:` 下增加该平台，或用 `--platform` 指定其他平台。",
    why: "应急包只包含其配置中列出的平台的工具链，所要求的平台不在其中。",
  },
  KIT_NOT_FOUND: {
    message: "{path} 处没有应急包。",
    hint: "请给出归档 `go-emergency-kit-v….tgz`，或含有 `manifest.json` 的目录。",
    why: "路径存在，但其内容不是应急包的形式。",
  },
  KIT_MANIFEST_INVALID: {
    message: "应急包的清单有误：{problem}。",
    hint: "请勿使用这个应急包。请重新获取或构建。",
    why: "`manifest.json` 说明应急包包含什么、如何校验过。当它不符合格式时，该应急包的其他内容也都不可信。",
  },
  KIT_DAMAGED: {
    message: "应急包与它的校验和不符：{path}（{problem}；共 {count} 处）。",
    hint: "不要使用这个包。`medkit kit verify` 会列出全部差异；请从归档重新解包。",
    why: "包里的程序在每个字节都核对之前不会启动。这次核对没有通过，因此没有使用包里的任何东西。",
  },
  KIT_DATABASE_UNKNOWN: {
    message: "未检查：工具链和模块是否就是公开发布的那些。只有应急包自己声称 {key} 是 {database} 的密钥。",
    hint: "请用 `--sumdb KEY` 给出该数据库的密钥，或用 `--signer KEY` 给出签名者的公钥；两者都须从应急包以外取得。",
    why: "文件与应急包的校验和一致，记录也与它自带的密钥相符。但能重做应急包的人同样能重做一个数据库，因此这不能证明什么。medkit 只认识 `sum.golang.org` 的密钥。",
  },
  KIT_INCOMPLETE: {
    message: "这样做出的应急包不完整[[：{missing}]]。",
    hint: "请让代理能够提供所列模块，或把它们从配置中去掉。",
    why: "制作应急包之前，medkit 会在断网状态下仅凭应急包自己的内容构建每一组模块。由于有缺失，没有生成归档：带缺口的应急包总会在最糟的时刻暴露。",
  },
  KIT_SET_UNBUILDABLE: {
    message: "应急包中没有任何工具链能构建 {set}[[：{problem}]]。",
    hint: "请选用这些模块的较旧版本，用 `versions:` 按 Go 版本分别指定，或增加更新的工具链。",
    why: "每个模块都在 go.mod 中声明所需的 Go 版本，而这些模块需要的版本比应急包中的更新。",
  },
  KIT_PATH_UNFIT: {
    message: "{path} 不能放入应急包。",
    hint: "请在其来源处改名，或去掉带来它的模块。",
    why: "应急包中的路径只使用字母、数字和少数符号，使每种 shell、tar 和校验工具都以相同方式处理它们。",
  },
  SANDBOX_UNAVAILABLE: {
    message: "此处无法建立断网的沙箱[[：{problem}]]。",
    hint: "请允许非特权用户命名空间，或在支持它的主机上以 root 运行。",
    why: "演练，以及对应急包完整性的检查，必须在无法访问网络的环境中进行，并由内核而不是选项来保证。本机不提供这样的环境。",
  },
  DRILL_SCENARIO_UNKNOWN: {
    message: "没有名为 `{scenario}` 的场景。",
    hint: "可选场景：{known}。",
    why: "演练以若干有名称的方式破坏主机。名称不在其中，演练能证明的就会比它声称的少。",
  },
  DRILL_EXAMPLE_MISSING: {
    message: "没有可用于演练的服务[[（{path}）]]。",
    hint: "请在代码检出目录中运行演练，或指向一个含有 Go 服务的目录。",
    why: "每次演练都用应急包构建并启动一个真实的服务。没有它的源代码，就没有什么可以演练。",
  },
} as const satisfies Partial<ErrorTexts>;
