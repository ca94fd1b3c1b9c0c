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
} as const satisfies Partial<CauseTexts>;
