import type { CauseTexts } from "../../types.ts";

export const moduleCauses = {
  MODULE_MODE_OFF: {
    title: "模块模式被关闭",
    said: "GO111MODULE=off，而 {file} 说明这里是一个模块。",
    why: "GO111MODULE=off 时 go 命令只在 GOPATH 里找包，go.mod 不起作用。这个设置是 Go 1.16 之前的遗留，可能在 profile、任务或 `go env -w` 里。",
    todo: "把 GO111MODULE 从设置它的 profile 或任务里去掉，或运行 `go env -u GO111MODULE`。",
  },
  WORKSPACE_UNFIT: {
    title: "工作区挡了路",
    said: "工作区 {workspace} 与模块 {module} 不合；模块本身是好的。",
    why: "go.work 文件对它下面的所有文件夹都有效。漏掉这个模块、要求更新的 Go 或指向已消失文件夹的 go.work，会让这里的 go 命令失败。",
    todo: "用 `go work use` 加入该模块，改正 {workspace}，或在这里设 `GOWORK=off`。",
  },
  VENDOR_MISSING: {
    title: "有 -mod=vendor 却没有 vendor 文件夹",
    said: "GOFLAGS 里有 -mod=vendor，而 {folder} 没有 vendor 文件夹。",
    why: "使用 `-mod=vendor` 时包只来自 vendor 文件夹。这个标志可能是别的项目的遗留，或者该文件夹没有检出。",
    todo: "从 GOFLAGS 里去掉该标志，或用 `go mod vendor` 生成文件夹。",
  },
  VENDOR_OUT_OF_STEP: {
    title: "vendor 文件夹不同步",
    said: "{folder} 的内容与 go.mod 不符。",
    why: "改了 go.mod 之后没有运行 `go mod vendor`，或合并时只取了其中一个。",
    todo: "运行 `go mod vendor`，并一起提交。",
  },
  REPLACE_MISSING: {
    title: "replace 的文件夹不存在",
    said: "{file} 第 {line} 行把 {module} 替换为 {folder}，而那里没有模块。",
    why: "指向文件夹的 `replace` 只在写下它的机器上成立。它可能被误提交，或旁边的文件夹没有检出。",
    todo: "检出该文件夹，或去掉这一行：`go mod edit -dropreplace={module}`。",
  },
  CHECKSUM_MISMATCH: {
    title: "模块与它的哈希不符",
    said: "{module} 与记录在案的哈希不一致。",
    why: "go.sum 或校验和数据库记录了一个模块版本的字节。来的却是别的字节：模块缓存或代理被篡改或损坏，或标签被移动。medkit 从不让这个检查消失。",
    todo: "查明哪一份是错的：把哈希与校验和数据库或应急包比较。如果是缓存，运行 `go clean -modcache` 重新获取；如果标签被移动，联系其所有者。不要删除 go.sum 的行。",
  },
  MODULE_CACHE_MISMATCH: {
    title: "模块缓存里的字节不对",
    said: "模块缓存里 {module} 的字节与 go.sum 和应急包所记录的不同。",
    why: "go.sum 与应急包的记录一致，而模块缓存里的是别的内容：它已损坏或被篡改。medkit 不动 go.sum 和任何检查，改用自己的模块缓存。",
    todo: "查明谁能写模块缓存。然后运行 `go clean -modcache` 并重新获取模块。",
  },
  MODULE_PROXY_MISMATCH: {
    title: "代理给出的字节不对",
    said: "代理给出的 {module} 的字节与 go.sum 和应急包所记录的不同。",
    why: "go.sum 与应急包的记录一致，而 GOPROXY 所指的代理给出别的内容：它的副本已损坏，或途中有人改动。medkit 不动 go.sum 和任何检查，改用应急包里的副本。",
    todo: "把 go 打印的哈希告诉代理的维护者。在此之前从别的代理获取该模块。",
  },
  MODULE_CACHE_DAMAGED: {
    title: "模块缓存已损坏",
    said: "{path} 已不再是 {module}。",
    why: "go 命令相信它曾经解开的内容，不会再看一遍。此后有文件被修改、删除或截断：磁盘已满、清理工具，或有人在找错误。",
    todo: "`go mod verify` 会列出被改动的模块。运行 `go clean -modcache` 并重新获取模块。",
  },
  MODULE_CACHE_UNUSABLE: {
    title: "模块缓存不能用",
    said: "模块缓存 {path} 不能用：{why}。",
    why: "Go 在 GOMODCACHE（默认在 GOPATH 之下）里解开模块，并在那里锁文件。如果其中一部分属于别的用户（常见于 `sudo go` 之后属于 root），或位于只读挂载上，就做不到。",
    todo: "用 `chown -R` 把文件夹还给其用户，或把 GOMODCACHE 设为该用户可写的文件夹。",
  },
  NO_MODULE: {
    title: "这里没有模块",
    said: "{folder} 不在任何模块里：这里和上层都没有 go.mod。下层的模块：{below}。",
    why: "从 Go 1.16 起，go 命令针对当前文件夹所在的模块工作。这个文件夹不属于任何模块。",
    todo: "切换到模块所在的文件夹，或用 `go mod init` 新建一个。",
  },
  GO_SUM_INCOMPLETE: {
    title: "go.sum 缺少哈希",
    said: "{file} 里没有构建所需的某个模块的哈希。",
    why: "go.sum 记录每个模块版本的字节，go 命令不会自行添加。可能是添加依赖后没有运行 `go mod tidy`，或合并时丢了行。",
    todo: "在能获取模块的地方运行 `go mod tidy`，并提交 go.sum。",
  },
  GO_MOD_UPDATES_NEEDED: {
    title: "go.mod 不完整",
    said: "{file} 没有写全由其依赖得出的内容。",
    why: "被依赖的模块又依赖别的模块，go.mod 必须列出它们，且版本不能更旧。可能改动后没有运行 `go mod tidy`，或合并时丢了行；go 不会自行修改。",
    todo: "运行 `go mod tidy`，并一起提交 go.mod 和 go.sum。",
  },
  VERSION_VANISHED: {
    title: "模块版本不见了",
    said: "{proxy} 没有（或不再有）{module} {version}：它的回答是：{answer}。",
    why: "标签被删除或改名，代理被清空，或这个版本从未存在。仅被 retract 的版本仍然可以获取。",
    todo: "选择一个存在的版本：`go list -m -versions {module}`。或用哈希与 go.sum 一致的副本重新填充代理。",
  },
  MODULE_PRIVATE: {
    title: "代理不认识的模块",
    said: "{proxy} 不知道 {module} 的任何版本，而 go.mod 需要 {version}：它是私有的，或路径写错了。",
    why: "没有设置 GOPRIVATE 时，go 命令向 GOPROXY 所列的代理请求每个模块，而公共代理看不到私有仓库。",
    todo: "如果是私有模块：运行 `go env -w GOPRIVATE={module}`，或填其整个主机，并确认 git 可以读取。medkit 不设置它，因为这也会让该模块不受校验和数据库检查。否则改正 go.mod 里的路径。",
  },
  MODULE_PATH_MISMATCH: {
    title: "模块用的是另一个路径",
    said: "{file} 第 {line} 行：{required} 自称 {declared}。",
    why: "一个模块只有一个路径，字母大小写也算。它改了名，或是保留旧名的分支。",
    todo: "在所有 import 和 go.mod 里写 {declared}，分支则用 `replace` 行。",
  },
} as const satisfies Partial<CauseTexts>;
