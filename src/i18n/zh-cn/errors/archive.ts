import type { ErrorTexts } from "../../types.ts";

const hostile =
  "来自外部的归档可能被做成向目标目录之外写入，或填满磁盘。medkit 在写入之前检查每个条目，只要有一个不合适就拒绝整个归档。目标目录之外没有写入任何内容。";
const damaged =
  "字节与打包时不一致：传输中断、磁盘故障，或有人改动了文件。凡是没能读到结尾的归档，medkit 不使用其中任何内容。";
const refetch = "请重新获取该归档，并与其 `.sha256sum` 比对。";
const distrust = "请勿用其他方式解开它。请询问制作者，并从可信的来源重新获取。";

/** 损坏的或带有恶意的归档。 */
export const archiveErrors = {
  ARCHIVE_NOT_TAR: {
    message: "这不是 tar 归档[[：{archive}]]。",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_DAMAGED: {
    message: "归档[[ {archive}]] 已损坏[[：{problem}]]。",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_TRUNCATED: {
    message: "归档[[ {archive}]] 提前结束，内容不完整。",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_TRAILING_DATA: {
    message: "归档[[ {archive}]] 在结尾之后还有多余数据。",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_MULTIPLE_MEMBERS: {
    message: "归档[[ {archive}]] 由多个 gzip 成员拼接而成。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_HEADER_CHECKSUM: {
    message: "归档[[ {archive}]] 中某个文件头与其自身的校验和不符。",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_HEADER_INVALID: {
    message: "归档[[ {archive}]] 中某个文件头不符合 tar 格式[[：{problem}]]。",
    hint: refetch,
    why: damaged,
  },
  ARCHIVE_PATH_TRAVERSAL: {
    message: "归档[[ {archive}]] 中的条目[[ {entry}]] 指向目标目录之外。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_ABSOLUTE: {
    message: "归档[[ {archive}]] 中的条目[[ {entry}]] 使用了绝对路径。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_CHARACTERS: {
    message: "归档[[ {archive}]] 中条目的名称[[ {entry}]] 含有控制字符或错误的 UTF-8。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_BACKSLASH: {
    message: "归档[[ {archive}]] 中的名称[[（{entry}）]]含有反斜杠。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_FORM: {
    message: "归档[[ {archive}]] 中条目的路径[[ {entry}]] 含有空的部分，或含有指代目录的部分。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_PATH_ALPHABET: {
    message: "归档[[ {archive}]] 中条目的名称[[ {entry}]] 含有应急包不使用的字符。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_TOP_FOLDER: {
    message: "归档[[ {archive}]] 并非恰好由预期的那一个顶层目录[[ {expected}]] 组成。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_LINK: {
    message: "归档[[ {archive}]] 中含有符号链接[[：{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_LINK_ABSOLUTE: {
    message: "归档[[ {archive}]] 中含有指向绝对路径的符号链接[[：{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_LINK_OUTSIDE: {
    message: "归档[[ {archive}]] 中含有通向归档之外的符号链接[[：{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_LINK_HIDDEN: {
    message: "归档[[ {archive}]] 在声称不是链接的条目上写了链接目标[[：{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_HARD_LINK: {
    message: "归档[[ {archive}]] 中含有硬链接[[：{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_SPECIAL_FILE: {
    message: "归档[[ {archive}]] 中含有设备、管道或其他特殊文件[[：{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_DUPLICATE: {
    message: "归档[[ {archive}]] 中同一路径出现了两次[[：{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_CASE_CLASH: {
    message: "归档[[ {archive}]] 中有两个条目仅大小写不同[[：{other}、{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_FILE_AS_FOLDER: {
    message: "归档[[ {archive}]] 把一个文件当作目录使用[[：{entry}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_TOO_BIG: {
    message: "归档[[ {archive}]] 解开后超过允许的大小[[：{limit}]]。",
    hint: distrust,
    why: hostile,
  },
  ARCHIVE_SOURCE_CHANGED: {
    message: "打包过程中有文件发生了变化[[：{path}]]。",
    hint: "请确保没有其他程序写入该处，然后重新运行命令。",
    why: "归档必须对应文件的同一时刻。该文件两次读取的内容不同，归档会成为混合物，因此已丢弃。",
  },
  ARCHIVE_TARGET_EXISTS: {
    message: "{path} 处已有内容。",
    hint: "请用 `--out DIR` 选择其他目录，或移除已有内容。",
    why: "medkit 不会覆盖并非由它产生的内容。什么都没有改动。",
  },
} as const satisfies Partial<ErrorTexts>;
