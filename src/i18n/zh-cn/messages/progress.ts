import type { progressMessages as source } from "../../en/messages/progress.ts";

/** 运行中的长时间工作：`step.<类别>`，其对象是步骤名中类别之后的部分；以及途中的说明。 */
export const progressMessages = {
  "step.toolchain": "工具链 {subject}",
  "note.kitRebuilds": "没有任何来源提供它：现在从源码构建，需要几分钟",
  "note.kitHeadUnseen": "应急包的树头未与先前见过的树头比较：这需要网络",
  "note.downloadResumed": "继续先前的下载：共 {total}，已有 {here}",
  "note.downloadAnew": "由分段或先前下载的内容拼成的文件不是已发布的文件（{code}）：改为整体重新下载",
  "step.rebuild": "从源码构建 {subject}",
  "step.closure": "{subject} 的模块",
  "step.preflight": "仅凭应急包构建，{subject}",
  "step.cache": "预热缓存，{subject}",
  "step.checksum": "校验和数据库",
  "step.mirror-graph": "模块图",
  "step.mirror-sync": "补充仓库的模块",
  "step.mirror-verify": "仓库内容",
  "step.sums-lines": "go.sum 各行",
  "step.sums-cache": "模块缓存",
  "step.sums-vendor": "vendor 中的模块",
  "step.archive": "打包归档",
  "step.package": "medkit 自身的可执行文件",
  "step.drill": "演练",
  "step.faults": "注入故障",
  "step.vulndb": "漏洞数据库",
} as const satisfies Readonly<Record<keyof typeof source, string>>;
