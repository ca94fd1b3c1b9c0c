import type { ErrorTexts } from "../../types.ts";

const strictZip =
  "模块的 zip 只有一种严格的形式。如果同样的字节可以有两种读法，被校验的内容与被解开的内容就可能不同；因此 medkit 只用一种方式读取，凡是违反规则的都不会解开。";
const leadsOut =
  "来自外部的名称可能被做成向目标目录之外写入。medkit 在写入任何内容之前检查每个名称，只要有一个不合格就拒绝整个 zip。";
const refetch = "请重新获取。如果仍然如此，请换用其他代理，并告知该代理的运营者。";

/** zip 文件的问题，每一种谎言对应一个代码。 */
export const zipErrors = {
  ZIP_NOT_ZIP: {
    message: "这不是 zip 文件[[：{file}]]。",
    hint: refetch,
    why: "该文件的开头和结尾都不具有 zip 的形式。其中任何内容都没有被使用。",
  },
  ZIP_TRUNCATED: {
    message: "zip 文件[[ {file} ]]提前结束，内容不完整。",
    hint: refetch,
    why: "zip 以其目录结尾，而这个文件丢失了结尾：传输中断，或有人将它截断。其中任何内容都没有被使用。",
  },
  ZIP_LEADING_DATA: {
    message: "zip 文件[[ {file} ]]在第一个条目之前有 {bytes} 字节不属于任何条目的数据。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_GAP: {
    message: "zip 文件[[ {file} ]]在 {name} 之后有 {bytes} 字节不属于任何条目的数据。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_TRAILING_DATA: {
    message: "zip 文件[[ {file} ]]在结尾之后还有 {bytes} 字节多余数据。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_MULTIPART: {
    message: "zip 文件[[ {file} ]]声称自己只是多个分卷之一。",
    hint: refetch,
    why: "模块以一个文件传送。分卷会使其余部分可以来自别处。",
  },
  ZIP_DIRECTORY_INVALID: {
    message: "zip 文件[[ {file} ]]的目录不合格：{problem}。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_HEADERS_DISAGREE: {
    message: "zip 文件[[ {file} ]]对 {name} 有两种不同的说法。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_OVERLAP: {
    message: "在 zip 文件[[ {file} ]]中，{name} 与另一个条目重叠。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_ENCRYPTED: {
    message: "zip 文件[[ {file} ]]中的 {name} 已加密。",
    hint: refetch,
    why: "没有任何模块是加密的。谁也读不了的内容，谁也无法校验。",
  },
  ZIP_METHOD: {
    message: "zip 文件[[ {file} ]]中的 {name} 使用了任何模块 zip 都没有的压缩方法（{method}）。",
    hint: refetch,
    why: "Go 打包模块时只用 deflate（8）或不压缩（0）。medkit 不会解开其他形式。",
  },
  ZIP_UNSUPPORTED: {
    message: "zip 文件[[ {file} ]]中的 {name} 带有任何模块 zip 都没有的标志（{flags}）。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_DAMAGED: {
    message: "zip 文件[[ {file} ]]中 {name} 的内容已损坏。",
    hint: refetch,
    why: "它无法解开，或解开后的字节少于 zip 所写的长度。",
  },
  ZIP_CHECKSUM: {
    message: "zip 文件[[ {file} ]]中 {name} 的内容与其校验和不符。",
    hint: refetch,
    why: "解开后的字节数与 zip 所写的相同，但 CRC-32 不同：这不是打包时的内容。",
  },
  ZIP_BOMB: {
    message: "zip 文件[[ {file} ]]中的 {name} 解开后超过了 zip 所写的 {size} 字节。",
    hint: refetch,
    why: "少量压缩数据可以展开成任意大小并填满磁盘。medkit 在达到所声明的大小时即停止。",
  },
  ZIP_HIDDEN_DATA: {
    message: "zip 文件[[ {file} ]]中的 {name} 在内容结束之后还有多余的字节。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_TOO_BIG: {
    message: "zip 文件[[ {file} ]]太大：其 {what} 超过了 {limit} 的上限。",
    hint: refetch,
    why: "Go 拒绝打包或解开后超过 500 MB 的模块 zip。超过这个大小的只有为填满磁盘而制作的归档。",
  },
  ZIP_PREFIX: {
    message: "zip 文件[[ {file} ]]中的 {name} 不在 {prefix} 之下。",
    hint: "请检查它是否就是该模块该版本的 zip，并重新获取。",
    why: "模块 zip 中的每个文件都位于 `path@version/` 之下。其他前缀意味着那是另一个模块，或者根本不是模块。",
  },
  ZIP_PATH_ABSOLUTE: {
    message: "zip 文件[[ {file} ]]中有从根目录开始的名称：{name}。",
    hint: refetch,
    why: leadsOut,
  },
  ZIP_PATH_TRAVERSAL: {
    message: "zip 文件[[ {file} ]]中有通向目录之外的名称：{name}。",
    hint: refetch,
    why: leadsOut,
  },
  ZIP_PATH_BACKSLASH: {
    message: "zip 文件[[ {file} ]]中有带反斜杠的名称：{name}。",
    hint: refetch,
    why: "在某些主机上反斜杠是目录分隔符，同一个名称可能通向别处。没有任何模块含有它。",
  },
  ZIP_PATH_CONTROL: {
    message: "zip 文件[[ {file} ]]中有带控制字符的名称：{name}。",
    hint: refetch,
    why: "零字节会使某些程序认为名称到此为止，换行会使被哈希的内容由一行变成两行，其他控制字符会操纵终端。没有任何模块含有它们。",
  },
  ZIP_PATH_ENCODING: {
    message: "zip 文件[[ {file} ]]中有不是 UTF-8 的名称：{name}。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_NAME_UNSAFE: {
    message: "zip 文件[[ {file} ]]中有不合格的名称 {name}：{problem}。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_NESTED_MODULE: {
    message: "zip 文件[[ {file} ]]在不应有 go.mod 的位置含有它：{name}。",
    hint: refetch,
    why: "只有模块的根目录才有 go.mod，且为小写。其他位置的 go.mod 会使模块的一部分成为另一个模块。",
  },
  ZIP_LINK: {
    message: "zip 文件[[ {file} ]]中有链接，而模块不应有：{name}。",
    hint: refetch,
    why: "链接可能把其后解开的内容引到目录之外。模块只包含文件。",
  },
  ZIP_SPECIAL_FILE: {
    message: "zip 文件[[ {file} ]]中有设备、管道或其他特殊文件：{name}。",
    hint: refetch,
    why: "模块只包含文件。特殊文件的作用取决于解开它的主机。",
  },
  ZIP_FOLDER_CONTENT: {
    message: "zip 文件[[ {file} ]]中的目录 {name} 带有内容。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_DUPLICATE: {
    message: "zip 文件[[ {file} ]]中 {name} 出现了两次。",
    hint: refetch,
    why: "其中一个会取代另一个，而取代哪一个取决于所用的程序。因此被校验的内容可能不是实际存在的内容。",
  },
  ZIP_FILE_AS_FOLDER: {
    message: "在 zip 文件[[ {file} ]]中，{name} 既是文件又是目录。",
    hint: refetch,
    why: strictZip,
  },
  ZIP_CASE_CLASH: {
    message: "zip 文件[[ {file} ]]中的名称 {name} 与 {other} 只有大小写不同。",
    hint: refetch,
    why: "在不区分大小写的磁盘上，一个文件会取代另一个，被校验的内容就不再是磁盘上的内容。",
  },
} as const satisfies Partial<ErrorTexts>;
