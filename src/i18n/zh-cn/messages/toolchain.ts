import type { toolchainMessages as source } from "../../en/messages/toolchain.ts";

/** Go 工具链：装了哪些、当前用哪个、证明了什么。 */
export const toolchainMessages = {
  "toolchain.meant": "{typed} 在此处指 {version}",
  "toolchain.install.plan": "计划：安装 {name}，依次尝试这些来源：{sources}",
  "toolchain.install.plan.again": "计划：{name} 已存在；重新证明，只有损坏时才从 {sources} 获取",
  "toolchain.installed": "已安装 {name}，来自 {source}",
  "toolchain.installed.before": "{name} 先前已安装（来自 {source}），内容未变",
  "toolchain.proven": "已证明：{h1} 是校验和数据库 {size} 条记录中的第 {record} 条",
  "toolchain.install.next": "切换到它：medkit toolchain use {version}",
  "toolchain.list.installed": "已安装",
  "toolchain.list.available": "可安装",
  "toolchain.list.none": "无：medkit toolchain install latest",
  "toolchain.list.unproven": "由旧版 medkit 存入",
  "toolchain.used": "go{version} 现在是当前用户的 `go`（{link}）",
  "toolchain.use.plan": "计划：将 {link} 指向 {goroot}",
  "toolchain.use.path": "您的 PATH 中没有 {bin}：请把它放在最前面，或使用 `medkit shell-init`。",
  "toolchain.exec.failed": "medkit：无法启动 {program}：{reason}",
  "toolchain.current": "go{version}，由 {place} 决定",
  "toolchain.pin.chosen": "起决定作用",
  "toolchain.pin.satisfied": "已满足",
  "toolchain.pin.too-old": "低于其上的最低要求",
  "toolchain.pin.overruled": "被覆盖",
  "toolchain.pin.unreadable": "不是 Go 版本",
  "toolchain.pin.none": "此处没有任何对 Go 版本的要求。",
} as const satisfies Record<keyof typeof source, string>;
