import type { ErrorTexts } from "../../types.ts";

const unproven =
  "校验和数据库是一个透明日志：每条记录都必须被证明位于已签名的树中。证明不成立，意味着有人提供了与他人所得不同的内容。其中任何内容都没有被使用。";

/** 模块、模块文件与校验和数据库。 */
export const moduleErrors = {
  MODULE_PATH_INVALID: {
    message: "`{path}` 不是模块路径：{problem}。",
    hint: "请按 go.mod 中的形式书写：先是主机名，然后是目录，例如 `example.org/team/module`。",
    why: "模块路径会成为目录名和地址，因此 Go 只允许其中使用部分字符和形式。",
  },
  MODULE_VERSION_INVALID: {
    message: "`{version}` 不是[[ {path} 的]]有效版本：{problem}。",
    hint: "请给出完整版本，例如 `v1.2.3`；从第二个主版本起，模块路径以 `/v2` 等结尾。",
    why: "Go 以完整的语义化版本命名版本，且主版本必须与模块路径的结尾一致。",
  },
  GO_MOD_NOT_FOUND: {
    message: "此目录没有 go.mod：无法读取 {path}。",
    hint: "请指定一个目录，其自身或上级目录中有 go.mod 或 go.work。",
    why: "go.sum 覆盖什么取决于它所属的模块。没有模块就没有可说明的内容。",
  },
  CI_SETTING_INVALID: {
    message: "`{flag}` 不能是 `{value}`：{problem}。",
    hint: "`medkit module ci-config --help` 说明了每个标志的取值。",
    why: "这里给出的内容会写入由构建执行的文件。其中不会写入可能另有含义的内容，也不会写入机密。",
  },
  CI_PROXY_WRONG: {
    message: "{proxy} 的回答不符合 go 命令的需要（{count} 个回答）。",
    hint: "上文说明了是哪个回答。`--module` 可指定镜像拥有的模块。",
    why: "使用这一配置的构建会停在这些回答上，或被引向意料之外的地方。",
  },
  MODE_REFUSED: {
    message: "go 命令会在 {folder} 中停止：{problem}。",
    hint: "上文说明了是哪一行或哪个变量所致；改正后再试。",
    why: "medkit 按 go 命令所用版本的规则读取它所读取的内容，不启动 go 来查明。这里所说的，go 命令在每个加载包的命令中也会说。",
  },
  MODE_UNRESOLVED: {
    message: "go 命令无法构建 {folder} 中的内容：{problem}。",
    hint: "上文说明了每一项的原因。`go mod tidy` 可补上 go.mod 和 go.sum 所缺的；`--go` 和 GO111MODULE 可看出另一种模式会找到什么。",
    why: "模式是明确的，但在该模式下有导入无处可寻，或 go.mod 必须改动。构建会在那里停止。",
  },
  SUMS_DIFFERENT: {
    message: "这里使用的内容不是已发布的内容：{problem}。",
    hint: "不要用它构建。请与仓库历史比对，清空模块缓存（`go clean -modcache`），删除这些行后从数据库重新取得（`go mod tidy`）。",
    why: "校验和数据库对每个模块版本只有一个哈希，对所有人都相同。哈希不同的行或缓存模块出自别的内容：标签被移动、缓存损坏或遭到攻击。",
  },
  SUMS_UNPROVEN: {
    message: "并非全部内容都由校验和数据库证明：{problem}。",
    hint: "上文说明了每一项留下的缺口。已知且有意为之的，可用 `--accept exempt` 和 `--accept missing` 接受。",
    why: "没有数据库证明的行，是在首次下载时直接相信的，无论内容由谁提供。此后它只保护当时得到的内容。",
  },
  SUMS_UNASKED: {
    message: "有 {count} 行无法向校验和数据库查询。",
    hint: "请联网，或让 go 命令取一次记录（`go mod download`），然后再试。",
    why: "这些行既未证明也未否定。go 命令和 medkit 保存的数据库内容没有涉及它们。",
  },
  GO_MOD_INVALID: {
    message: "{file} 第 {line} 行：{problem}。",
    hint: "在该目录运行 `go mod edit -fmt` 可以看到 Go 如何理解它。如果文件来自代理，请勿使用该模块。",
    why: "medkit 按 Go 自己的语法读取 go.mod；凡是没能完整理解的文件，都不会采用其中内容。",
  },
  GO_SUM_INVALID: {
    message: "{file} 第 {line} 行：{problem}。",
    hint: "请删除该行，并在能访问校验和数据库的地方运行 `go mod tidy`，或从版本库取回 go.sum。",
    why: "go.sum 规定每个依赖必须是哪些字节。无法读懂的一行会让其中一个依赖得不到检查。",
  },
  MODULE_UNAVAILABLE: {
    message: "没有代理提供 {module}：{reasons}。",
    hint: "请检查名称和版本，或在配置的 `goproxy:` 中加入有它的代理。",
    why: "medkit 按顺序询问了列表中的每个代理，都没有得到该模块。",
  },
  MODULE_MISMATCH: {
    message: "{module} 的内容与发布的不一致。",
    hint: "请勿使用。请从其他代理获取，并查明是谁改动了它。",
    why: "它的 h1 哈希与校验和数据库或 go.sum 为该版本记录的不同。它没有被加入任何地方。",
  },
  DATABASE_KEY_INVALID: {
    message: "`{key}` 不是校验和数据库的密钥：{problem}。",
    hint: "请按 GOSUMDB 的形式书写 `sumdb:`：一个已知的名称，或 `name+hash+key`；其后可以跟一个 URL。",
    why: "密钥决定 medkit 相信谁。写错的密钥会让每条记录看起来都像伪造的。",
  },
  DATABASE_NOTE_INVALID: {
    message: "校验和数据库 {database} 的树头签名无效：{problem}。",
    hint: "请检查代理是否改动了它转发的内容，以及 `sumdb:` 指定的密钥是否正确。",
    why: unproven,
  },
  DATABASE_TILE_FORGED: {
    message: "校验和数据库的一个分块与已签名的树不符（{tile}：{problem}）。",
    hint: "请不要信任该代理。请换用其他代理，或直接使用数据库。",
    why: unproven,
  },
  DATABASE_RECORD_UNPROVEN: {
    message: "无法证明校验和数据库[[为 {module} ]]给出的记录位于其树中[[：{problem}]]。",
    hint: "请不要信任该代理。请换用其他代理，或直接使用数据库。",
    why: unproven,
  },
  DATABASE_FORKED: {
    message: "校验和数据库[[ {database} ]]出现了两个互相排斥的历史[[：{problem}]]。",
    hint: "请保留两个树头：它们是证据。请报告数据库的运营者，在得到解释之前不要使用其中任何内容。",
    why: "只能追加的日志只有一个历史。两个互不延续的已签名树头，意味着其运营者或持有其密钥的人向不同的人展示了不同的内容。",
  },
  DATABASE_UNAVAILABLE: {
    message: "无法读取校验和数据库 {database}[[（{path}）]][[：{reasons}]]。",
    hint: "请检查网络，或使用会转发该数据库的代理（`sumdb/<name>/supported`）。",
    why: "没有数据库就无法校验，而 medkit 不会在未校验的情况下继续，也没有这样的选项。",
  },
  DATABASE_HEAD_TOO_OLD: {
    message: "手头的树头比[[ {module} 的]]记录更旧（{size} 中的第 {record} 条）。",
    hint: "请让 medkit 获取更新的树头：联网运行一次。",
    why: "较晚进入日志的记录无法用较早的树头来证明。",
  },
} as const satisfies Partial<ErrorTexts>;
