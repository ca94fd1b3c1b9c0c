/** 模块仓库：有什么、缺什么、去掉什么。 */
export const mirrorMessages = {
  "mirror.source": "{name}：{count} 个版本",
  "mirror.kind.module": "模块",
  "mirror.kind.workspace": "工作区",
  "mirror.kind.binary": "Go 二进制文件",
  "mirror.kind.list": "清单",
  "mirror.kind.query": "模块",
  "mirror.kind.toolchain": "工具链",
  "mirror.new": "{store} 中新增：",
  "mirror.modOnly": "仅 go.mod",
  "mirror.more": "……另有 {count} 个（--json 列出全部）",
  "mirror.counts": "待获取 {fresh} 个版本，其中 {modOnly} 个仅 go.mod；已有 {present} 个（{size}）",
  "mirror.refused": "无法取得：",
  "mirror.nothingNew": "仓库中都已齐全",
  "mirror.synced": "获取了 {count} 个版本，{size}；单凭 {store} 即可证明 {records} 个版本",
  "mirror.use": "客户端：GOPROXY={url}（GOSUMDB 保持开启）",
} as const;
