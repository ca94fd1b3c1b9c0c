import type { ErrorTexts } from "../../types.ts";

/** 救援与体检。 */
export const rescueErrors = {
  RESCUE_NOTHING_TO_UNDO: {
    message: "{path} 里没有可以撤销的内容。",
    hint: "只改了命令环境的救援不会留下任何东西。如果当时用了别的主目录，请用 `--home DIR` 指明。",
    why: "`medkit rescue --undo` 撤销上一次救援留在磁盘上的东西。那里没有记录任何留下东西的救援。",
  },
  RESCUE_FILE_CHANGED: {
    message: "medkit 正要修改 {path} 时它变了，因此没有动它。",
    hint: "先弄清还有谁在写它，再运行同一条命令。",
    why: "用 `--fix-files` 修改文件之前，medkit 会核对它是否仍是诊断时的内容。现在不是了，继续修改可能毁掉别人的工作。",
  },
  RESCUE_FILE_LINKED: {
    message: "{path} 有 {names} 个名字（硬链接），因此没有动它：其余的名字会留着旧内容。",
    hint: "先让它有自己的内容，再运行同一条命令：`cp -p FILE FILE.new && mv FILE.new FILE`。也可以手工修改。",
    why: "medkit 总是整个替换文件，这样谁也不会看到写了一半的内容。若同一内容有几个名字，这样做会悄悄把它们分开。",
  },
  RESCUE_FILE_NOT_UTF8: {
    message: "要写入 {path} 的内容含有非 UTF-8 字节（或代替它们的 U+FFFD），因此什么都没有写。",
    hint: "请把原文件转换为 UTF-8 编码，或手工修改。",
    why: "medkit 按 UTF-8 读取 Go 的文件，Go 对 go.mod 也是这样要求的。若再写回，其他字节会被悄悄改掉。",
  },
  RESCUE_FILE_ATTRIBUTES: {
    message: "{path} 的访问控制列表或扩展属性无法保留，因此没有动它。",
    hint: "请手工修改，或以文件属主的身份运行同一条命令。",
    why: "medkit 总是整个替换文件，新文件沿用旧文件的属主、权限、访问控制列表和扩展属性。本机的 `cp` 无法复制它们。",
  },
  RESCUE_RECORD_DAMAGED: {
    message: "一次救援的记录已损坏：{path}。",
    hint: "被改文件的副本在旁边的 `copies` 文件夹里。请手工放回，再删除该文件夹。下一次 `--undo` 会处理更早的救援。",
    why: "medkit 只撤销自己的记录里写明的东西。读不完整的记录可能指向错误的文件。",
  },
  RESCUE_COPY_DAMAGED: {
    message: "没有还原，因为副本缺失或被改过：{path}。",
    hint: "还能用的副本在 {copies}；否则请从版本控制或备份中取回该文件。这次救援的其他文件都已还原，下一次 `--undo` 会处理更早的救援。",
    why: "medkit 修改文件之前会记下原内容的 SHA-256，只还原与它一致的副本。错误的副本会毁掉文件现在的内容。",
  },
  RESCUE_NOT_OURS: {
    message: "不从 {path} 撤销任何东西：它不属于您，或者别人可以写它。",
    hint: "请以做那次救援的用户运行 `medkit rescue --undo`。如果它属于您，而且里面只有您认识的内容，请用 `chmod -R go-w` 去掉别人的写权限，再试一次。",
    why: "记录写明要用什么覆盖哪些文件。别人可能写过的记录可以指向您的任何文件。",
  },
  DRILL_NO_LIBRARY: {
    message: "应急包里没有演练项目可以使用的库（{known} 之一）。",
    hint: "把其中之一加进应急包配置的 `modules:`，或只演练恢复：`--scenario recovery`。",
    why: "模块类故障注入到一个小项目里，它依赖应急包中的一个模块。演练认识的小型库一个都没有的包，无法演练这些故障。",
  },
  DRILL_BED_FAILED: {
    message: "无法准备用来注入故障的健康主机（{step}）：{tail}",
    hint: "用 `medkit kit verify` 核对应急包。如果包完好，请附上以上各行报告此问题。",
    why: "在破坏任何东西之前，演练先在沙箱里用包里的 Go 构建、检查并测试一个小项目。这一步失败了，注入故障就证明不了什么。",
  },
} as const satisfies Partial<ErrorTexts>;
