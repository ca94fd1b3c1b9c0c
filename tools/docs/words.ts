import type { CauseFamily } from "../../src/core/causes/index.ts";
import type { Lang } from "../../src/i18n/index.ts";

/** Words that only the generated pages use. */
export interface PageWords {
  readonly made: string;
  readonly reference: string;
  readonly referenceIntro: string;
  readonly environment: string;
  readonly variable: string;
  readonly meaning: string;
  readonly flag: string;
  readonly argument: string;
  readonly json: string;
  readonly code: string;
  readonly codes: string;
  readonly errorsTitle: string;
  readonly errorsIntro: string;
  readonly exitTitle: string;
  readonly exitIntro: string;
  readonly status: string;
  readonly causesTitle: string;
  readonly causesIntro: string;
  readonly cause: string;
  readonly why: string;
  readonly todo: string;
  readonly families: Readonly<Record<CauseFamily, string>>;
  readonly variables: readonly (readonly [name: string, text: string])[];
}

const en: PageWords = {
  made: "Made by `npm run generate`. Do not edit.",
  reference: "Command reference",
  referenceIntro: "Every command of medkit. The same words are behind `--help`.",
  environment: "Environment",
  variable: "variable",
  meaning: "meaning",
  flag: "flag",
  argument: "argument",
  json: "Schema of the result with `--json`",
  code: "code",
  codes: "codes",
  errorsTitle: "Errors",
  errorsIntro: "Every error has a code. `medkit explain CODE` prints its page where you are.",
  exitTitle: "Exit statuses",
  exitIntro:
    "What a script can conclude from the status that medkit ends with. Commands that wrap another program pass on its status.",
  status: "status",
  causesTitle: "Causes",
  causesIntro:
    "What `medkit rescue` and `medkit doctor` can tell apart. `medkit doctor --explain CODE` prints the same words. Braces stand for what was found.",
  cause: "cause",
  why: "how it comes about",
  todo: "for good",
  families: { toolchain: "Toolchain", modules: "Modules", network: "Network", host: "Host" },
  variables: [
    ["MEDKIT_HOME", "folder of medkit's own state; `--home` goes before it"],
    ["XDG_DATA_HOME", "without MEDKIT_HOME, the state lies in `medkit` in this folder"],
    ["MEDKIT_LANG", "language of all text, `en` or `zh-CN`; `--lang` goes before it"],
    ["LC_ALL, LC_MESSAGES, LANG", "the locale, which decides on the language where nothing else does"],
    ["NO_COLOR", "no colours, where it is set and not empty"],
    ["CI", "never ask, and no moving progress"],
    ["HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "proxies for medkit's own requests"],
  ],
};

const zh: PageWords = {
  made: "由 `npm run generate` 生成，请勿手工修改。",
  reference: "命令参考",
  referenceIntro: "medkit 的全部命令，文字与 `--help` 相同。",
  environment: "环境变量",
  variable: "变量",
  meaning: "含义",
  flag: "选项",
  argument: "参数",
  json: "使用 `--json` 时结果的 schema",
  code: "错误码",
  codes: "错误码",
  errorsTitle: "错误",
  errorsIntro: "每个错误都有错误码。`medkit explain 错误码` 可随时显示其说明。",
  exitTitle: "退出状态",
  exitIntro: "脚本可以从 medkit 结束时的状态得出什么结论。包装其他程序的命令会传递那个程序的状态。",
  status: "状态",
  causesTitle: "原因",
  causesIntro:
    "`medkit rescue` 与 `medkit doctor` 能够区分的原因；`medkit doctor --explain CODE` 打印同样的文字。花括号代表实际发现的内容。",
  cause: "原因",
  why: "如何产生",
  todo: "长久之计",
  families: { toolchain: "工具链", modules: "模块", network: "网络", host: "主机" },
  variables: [
    ["MEDKIT_HOME", "medkit 自身状态所在的目录；`--home` 优先于它"],
    ["XDG_DATA_HOME", "未设置 MEDKIT_HOME 时，状态位于该目录下的 `medkit` 中"],
    ["MEDKIT_LANG", "所有文字的语言，`en` 或 `zh-CN`；`--lang` 优先于它"],
    ["LC_ALL, LC_MESSAGES, LANG", "系统区域设置；没有其他指定时由它决定语言"],
    ["NO_COLOR", "设置且非空时不使用颜色"],
    ["CI", "从不提问，也不显示动态进度"],
    ["HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "medkit 自身请求所用的代理"],
  ],
};

export function pageWords(lang: Lang): PageWords {
  return lang === "zh-CN" ? zh : en;
}
