import type { ErrorTexts } from "../../types.ts";

const fetching = "该模块要从其仓库获取：用主机自己的 `go` 和 `git`，在沙箱中进行。";

/** 代理从版本控制获取的模块。 */
export const directErrors = {
  DIRECT_TOOL_MISSING: {
    message: "{module} 要从版本控制获取，但本机没有 `{tool}`。",
    hint: "请在代理所在的主机上安装 `{tool}`，或让该模块来自某个代理。",
    why: fetching,
  },
  DIRECT_LOGIN: {
    message: "{module} 的仓库要求登录：{reason}。",
    hint: "请在代理配置的 `direct:` 下指定 netrc 文件，或带凭据助手的 git 配置；并确认该账号可以读取此仓库。",
    why: "仓库所在的主机拒绝了，或要求用户名。代理从不询问人。",
  },
  DIRECT_FAILED: {
    message: "无法从仓库获取 {module}：{reason}。",
    hint: "请在代理的主机上试 `GOPROXY=direct go mod download`：原因来自 go 或 git。",
    why: fetching,
  },
  DIRECT_TOO_SLOW: {
    message: "从仓库获取 {module} 超过 {seconds} 秒，已结束。",
    hint: "请重试；仓库很大或线路很慢时，请调大 `direct.timeout`。",
    why: "不应答的仓库会永远占住一个位置。",
  },
  DIRECT_TOO_BIG: {
    message: "{module} 的仓库发送的内容超过 {limit} 字节。",
    hint: "如果该仓库确实这么大，请调大 `direct.limit`。",
    why: "一次获取所能接收的量是有限的，以免某个仓库占满磁盘。",
  },
  DIRECT_HOST: {
    message: "获取 {module} 时要连接 {hosts}，这是不允许的。",
    hint: "如果仓库确实在那里，请把该主机加入 `direct.hosts`。链路本地地址和元数据地址始终被拒绝。",
    why: "模块路径、`go-import` 标记或重定向可以指向任何主机。代理只连接其配置所指明的主机。",
  },
  DIRECT_FILE_UNSAFE: {
    message: "{path} 不能用于从仓库获取：{problem}。",
    hint: "请修正该文件，或在代理配置的 `direct:` 下指定另一个。",
    why: "登录信息只能发往它所属的主机，也不能出现在进程列表中。",
  },
  MODULE_CHANGED: {
    message: "{module} 与首次获取时不同。",
    hint: "请查明是谁移动了标签，并发布新版本。如果新内容是有意的，请删除 `record` 所指的记录。",
    why: "校验和数据库不知道私有模块。首次获取时的哈希会被记住，此后一直以它为准；这次得到的不同。它没有被存储。",
  },
} as const satisfies Partial<ErrorTexts>;
