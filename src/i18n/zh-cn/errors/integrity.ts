import type { ErrorTexts } from "../../types.ts";

const otherSource = "请不要信任该代理。请换用其他代理，或直接使用数据库。";
const source = "在重试可能有用的情况下，medkit 已经重试过多次。收到的内容没有被使用。";

/** 代理的回答或数据库文本的问题，每一种谎言对应一个代码。 */
export const integrityErrors = {
  DATABASE_SIGNATURE_INVALID: {
    message: "校验和数据库 {database} 的一个签名是错误的（密钥 {key}）。",
    hint: otherSource,
    why: "签名文本写的是正确的密钥，但签名并非该密钥对此文本所作：文本在签名之后被改动，或从未被签名。其中任何内容都没有被使用。",
  },
  DATABASE_NOTE_UNSIGNED: {
    message: "校验和数据库的签名文本没有已知密钥的签名[[：需要 {wanted}，现有 {found}]]。",
    hint: "请检查 `sumdb:`（GOSUMDB）是否就是该代理转发的数据库。如果是，请不要信任该代理。",
    why: "什么是真的，只由配置中指定的密钥决定。其他密钥的签名不说明任何问题。",
  },
  DATABASE_RECORD_MALFORMED: {
    message: "校验和数据库的回答不具有记录的形式：{problem}。",
    hint: otherSource,
    why: "一次查询的回答由记录编号、go.sum 行和已签名的树头组成。对其他形式的回答，medkit 不采用任何内容。",
  },
  DATABASE_RECORD_UNRELATED: {
    message: "校验和数据库对 {module} 的回答并没有谈到 {module}。",
    hint: otherSource,
    why: "另一个模块的真实且已签名的记录，对这个模块不能证明任何事。Go 自己曾把这样的回答当作同意（CVE-2026-42501）。",
  },
  DATABASE_PROOF_INVALID: {
    message: "校验和数据库的一个证明不成立（{size} 条记录的树中的 {what} {n}）。",
    hint: otherSource,
    why: "证明中的哈希不能导出已签名的树根，因此所要证明的内容可能并不在日志中。",
  },
  DATABASE_HEAD_CONTENDED: {
    message: "记住的 {database} 树头一直在被其他进程更改。",
    hint: "请在同时运行的 medkit 较少时再次运行该命令。",
    why: "只有在其间没有别人更改时，medkit 才会替换记住的树头。这已经连续失败多次。",
  },
  FOLDER_NOT_PLAIN: {
    message: "{path} 是链接或特殊文件。",
    hint: "请将其删除，或从原来的来源恢复该目录。",
    why: "模块的哈希只计算普通文件。链接所指的内容不属于该目录，并且可能在检查之后改变。",
  },
  GOPROXY_INVALID: {
    message: "`{list}` 不是有效的 GOPROXY 设置：{problem}。",
    hint: "请书写 URL，之间用 `,` 或 `|` 分隔；需要时以 `direct` 或 `off` 结尾。",
    why: "medkit 按 Go 自己的规则读取 GOPROXY；在不清楚该询问谁之前，不会询问任何人。",
  },
  PROXY_ANSWER_INVALID: {
    message: "代理对 {what} 的回答不可用：{problem}。",
    hint: "请换用其他代理，并告知该代理的运营者。",
    why: "该回答不具有 GOPROXY 协议的形式，或说的是别的内容。其中任何内容都没有被使用。",
  },
  PROXY_LENGTH: {
    message: "{url} 声明了 {declared} 个字节，却发送了 {received} 个。",
    hint: "请重试。如果仍然如此，请换用其他代理。",
    why: source,
  },
  PROXY_TOO_BIG: {
    message: "{url} 发送的内容超过了 {limit} 字节的上限。",
    hint: "请换用其他代理，并告知该代理的运营者。",
    why: "该上限是 Go 自己对此类文件的规定。传输在可能填满磁盘之前就被中断了。",
  },
  PROXY_REDIRECTS: {
    message: "{url} 循环重定向（超过 {hops} 次）。",
    hint: "请更正代理地址，或换用其他代理。",
    why: source,
  },
  PROXY_STALLED: {
    message: "{url} 在 {seconds} 秒内没有发送任何内容。",
    hint: "请重试，或换用其他代理。",
    why: source,
  },
} as const satisfies Partial<ErrorTexts>;
