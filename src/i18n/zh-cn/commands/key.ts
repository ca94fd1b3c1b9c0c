import type { CommandText } from "../../types.ts";
import type { keyCommands as source } from "../../en/commands/key.ts";

const fingerprint = "您从别处得到的主密钥完整指纹";

export const keyCommands = {
  "toolchain key import": {
    brief: "将发布者的 OpenPGP 密钥收入 medkit 自己的密钥环",
    about:
      "Go 归档的签名只由此密钥环中的密钥判断；您的 GnuPG 密钥环既不读取也不改动。文件含多个密钥时，取指纹相符的一个。不给 --fingerprint 时只显示指纹，不导入任何东西。",
    args: { file: "公钥，ASCII 装甲或二进制" },
    flags: { fingerprint },
    examples: [
      {
        line: "medkit toolchain key import linux_signing_key.pub --fingerprint EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796",
        text: "为 go.dev/dl 的归档签名的密钥",
      },
    ],
  },
  "toolchain key list": {
    brief: "列出 medkit 密钥环中的密钥，以及各自可签什么",
    examples: [{ line: "medkit toolchain key list", text: "含子密钥、日期和确认者" }],
  },
  "toolchain key update": {
    brief: "更新密钥环：新子密钥、新期限、后继密钥",
    about:
      "对密钥环中已有的密钥，加入由主密钥自己签署的内容：子密钥、更长的期限、吊销。新的主密钥只有在密钥环中的密钥为其认证，或您给出其指纹时才收入。已知的内容不会丢失。",
    args: { file: "公钥，ASCII 装甲或二进制" },
    flags: { fingerprint },
    examples: [{ line: "medkit toolchain key update linux_signing_key.pub", text: "发布者生成新子密钥之后" }],
  },
  "toolchain key remove": {
    brief: "将密钥移出 medkit 的密钥环",
    about: "它所证明的工具链仍然保留，证据记在其记录中。",
    args: { fingerprint: "主密钥的完整指纹" },
    examples: [
      {
        line: "medkit toolchain key remove EB4C1BFD4F042F6DDDCCEC917721F63BD38B4796",
        text: "从此它的签名不再算数",
      },
    ],
  },
} as const satisfies Record<keyof typeof source, CommandText>;
