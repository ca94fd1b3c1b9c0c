import type { ErrorTexts } from "../../types.ts";

const otherSource = "请不要信任该代理。请换用其他代理，或直接使用数据库。";
const again = "请重试，或换用其他来源。";
const tried = "在重试可能有用的情况下，medkit 已经重试过多次。收到的内容没有被使用。";

/** 来源在传输或作答时失败或说谎的方式，每一种对应一个代码。 */
export const transferErrors = {
  DATABASE_RECORD_EMPTY: {
    message: "校验和数据库的回答是空的。",
    hint: otherSource,
    why: "空的回答不表示同意。Go 自己曾把它当作同意（CVE-2026-42501）。",
  },
  DATABASE_RECORD_OTHER_VERSION: {
    message: "校验和数据库对 {module} 的回答是 {other} 的记录。",
    hint: otherSource,
    why: "另一个版本的真实且已签名的记录，对这个版本不能证明任何事；否则旧版本可能被冒充为新版本。",
  },
  DATABASE_RECORD_PADDED: {
    message: "校验和数据库关于 {module} 的记录夹带了未经签名的行（记录 {record}）。",
    hint: otherSource,
    why: "记录本身位于已签名的树中，旁边的行却不在：有人在途中加入了它们。Go 自己曾相信这样的行（CVE-2026-56864）。",
  },
  DATABASE_RECORD_BEYOND: {
    message:
      "校验和数据库中 {module} 的第 {record} 号记录据称位于一棵更小的树中（随附的已签名树头只有 {size} 条记录）。",
    hint: otherSource,
    why: "已签名的树中没有位置的记录，无法由该树证明：编号是捏造的，或树头是旧的。其中任何内容都没有被使用。",
  },
  PROXY_BROKEN_OFF: {
    message: "{url} 在 {received} 字节之后中断[[：{reason}]]。",
    hint: again,
    why: tried,
  },
  PROXY_BUSY: {
    message: "{url} 过于繁忙[[：{reason}]][[；它要求 {seconds} 秒后再试]]。",
    hint: "请稍后重试，或换用其他来源。",
    why: "服务器要求等待时，medkit 最多等待 30 秒。收到的内容没有被使用。",
  },
  PROXY_ENCODED: {
    message: "{url} 以未被请求的编码（{encoding}）发送文件。",
    hint: "请换用其他来源，并告知该来源的运营者。",
    why: "归档文件应按原样发送。编码中的少量字节可以展开成任意大小，因此 medkit 不展开任何编码。",
  },
  PROXY_HEADERS_TOO_BIG: {
    message: "{url} 发送没有尽头的头部。",
    hint: "请换用其他来源，并告知该来源的运营者。",
    why: "在头部可能填满内存之前，回答就被中断了。",
  },
  PROXY_FAILED: {
    message: "{url} 出错：{reason}。",
    hint: again,
    why: tried,
  },
  PROXY_TOO_SLOW: {
    message: "{url} 在 {seconds} 秒内发送的内容少于 {least} 字节。",
    hint: "请使用其他来源，或更近的来源。",
    why: "每隔一会儿才发送一个字节的来源看起来在工作，却会让命令等上几天。medkit 要求每秒至少 1 KiB。",
  },
  PROXY_NOT_ARCHIVE: {
    message: "{url} 发送的不是归档文件（也许是登录页面？）。",
    hint: "请登录网络或代理，或换用其他来源。",
    why: "从状态看回答是成功的，但它的开头不是归档文件的开头。其中任何内容都没有被使用。",
  },
  PROXY_PART_UNASKED: {
    message: "{url} 回答了没有请求过的文件片段。",
    hint: again,
    why: "把不同位置或不同文件的片段拼在一起，会得到无人发布过的文件。其中任何内容都没有被使用。",
  },
  PROXY_REDIRECT_REFUSED: {
    message: "{url} 重定向到 {to}，medkit 不会跟随。",
    hint: "请更正来源的地址，或换用其他来源。",
    why: "medkit 只跟随到另一个网络地址的重定向，绝不跟随到文件：否则来源可以让它读取私密内容。",
  },
  PROXY_REDIRECT_DOWNGRADE: {
    message: "{url} 重定向到不经 TLS 的 {to}。",
    hint: "请更正来源的地址，或换用其他来源。",
    why: "https 地址自始至终经 https 访问。否则途中任何人都能读取和改动所传送的内容。",
  },
  PROXY_REDIRECT_LOGIN: {
    message: "{url} 重定向到 {to}，并带有它自己编造的登录信息。",
    hint: "请更正来源的地址，或换用其他来源。登录信息应写在 netrc 或所配置的地址中。",
    why: "以谁的身份登录何处，只由用户决定。来自服务器的登录信息可能使 medkit 以他人的名义行事。",
  },
} as const satisfies Partial<ErrorTexts>;
