import type { ErrorTexts } from "../../types.ts";

/** 有意补充和检查的模块仓库。 */
export const mirrorErrors = {
  SOURCE_LINE_INVALID: {
    message: "{file} 第 {line} 行：`{text}` 没有写明模块版本。",
    hint: "每行写一个 `module@version`，例如 `golang.org/x/sync@v0.8.0`；可用 `latest`、`v1.2` 和分支代表版本，`#` 之后为注释。",
    why: "悄悄略过的一行，就是在再也取不到的时候缺少的那个模块。",
  },
  BINARY_UNREADABLE: {
    message: "{path} 没有说明由哪些模块构成：{problem}。",
    hint: "请改为指定该程序含 go.mod 的目录，或每行一个 `module@version` 的清单。",
    why: "自 Go 1.18 起，链接器把模块列表写入每个二进制文件。更早的、其他语言的以及某些加壳后的文件里没有可读的列表。",
  },
  STORE_INCOMPLETE: {
    message: "所要的内容中有 {count} 项无法取得：{first}。",
    hint: "各项原因见列表。等来源有了它，或网络恢复后，再运行同一命令：已保存的不会重复获取。",
    why: "能取得的都已保存并经证明。需要所缺内容的客户端在封闭网络中会失败，因此命令不算完成。",
  },
  STORE_DAMAGED: {
    message: "仓库 {store} 中发现 {count} 个问题：{first}。",
    hint: "`medkit module mirror verify --repair` 会删除损坏的内容，并在有来源时重新获取。",
    why: "保存的内容在到来时已经证明。出现问题说明它后来变了：磁盘故障、复制中断或人为改动。代理不会提供它发现已改变的内容，并在启动后第一次发送时检查每个文件；这项检查则读取全部内容。",
  },
  STORE_NOT_FOUND: {
    message: "{store} 处没有模块仓库。",
    hint: "用 `--store` 指定，或用 `medkit module mirror sync` 建立一个。",
    why: "写错的目录不应看起来像一个完好的空仓库。",
  },
} as const satisfies Partial<ErrorTexts>;
