/** 一类原因的办法，按种类. */
export const moduleRemedies = {
  "rescue.remedy.copied-go-sum": "使用 go.mod 和 go.sum 的副本由 go 补全，每个哈希都经校验和数据库证明",
  "rescue.remedy.copied-go-mod": "使用 go.mod 和 go.sum 的副本由 go 补全，每个新哈希都经校验和数据库证明",
  "rescue.remedy.completed-in-place": "补全 {file} 本身，每个新哈希都由校验和数据库证明",
  "rescue.remedy.fresh-module-cache": "使用另外的模块缓存 {path}；您的缓存保持不变",
} as const;
