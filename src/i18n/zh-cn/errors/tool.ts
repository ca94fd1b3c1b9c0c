import type { ErrorTexts } from "../../types.ts";

/** 工具本身、主机，以及 medkit 的状态。 */
export const toolErrors = {
  UNEXPECTED: {
    message: "发生了 medkit 未预料到的情况[[：{detail}]]。",
    hint: "这是一个缺陷。请带上您输入的命令和下面的内容提交报告。",
    why: "文件、网络和其他程序可能以哪些方式失败，medkit 都有预料，并各有错误码。除此以外就是 medkit 自身的错误。操作停在了出错之处；此前写下的内容是完整的，因为 medkit 只以重命名的方式发布已写完的文件。",
  },
  INTERRUPTED: {
    message: "已中断。",
    hint: "没有留下做到一半的内容。重新运行同一条命令即可继续。",
    why: "medkit 收到了 Ctrl-C，或系统的结束请求。它停止了自己启动的子进程，释放了锁，状态停留在最后一个完整步骤之后。",
  },
  USAGE: {
    message: "{problem}",
    hint: "用法请看 `{help}`。",
    why: "命令行无法理解，因此什么都没有开始。medkit 不做猜测：拼错的选项可能与使用者的本意不同。",
  },
  ANSWER_IS_NO: {
    message: "检查已完成，答案是否定的。",
    hint: "结果中说明了发现的问题。",
    why: "命令完成了要求它做的事，只是答案不如人愿：某处不健康、有变化，或有发现。退出状态表明了这一点，以便脚本据此行动。",
  },
  INTEGRITY: {
    message: "所检查的内容与其声明不符。",
    hint: "请勿使用。请重新获取或构建，并查明它在何处被改动。",
    why: "摘要、签名或证明不匹配。medkit 不会安装、换入或提供这样的内容，也没有任何选项能让它这样做。",
  },
  CONFIG_NOT_FOUND: {
    message: "没有找到配置文件[[：{path}]]。",
    hint: "请用 `--config FILE` 指定，或在此处新建 `medkit.yaml`。可以从 `examples/reference-kit.yaml` 开始。",
    why: "未给出 `--config` 时，medkit 会在当前目录及其上级目录中查找 `medkit.yaml`，但没有找到。",
  },
  CONFIG_INVALID: {
    message: "配置有误：{file} 第 {line} 行：{problem}。",
    hint: "请改正该行。支持 JSON Schema 的编辑器会在输入时提示这类错误。",
    why: "medkit 拒绝含有未知键或不合适取值的配置，因为今天拼错的键就是明天缺失的保护。什么都没有开始。",
  },
  CONFIG_UNTRUSTED: {
    message: "没有采用 {path}：{why}（{at}）。",
    hint: "如果你确实要用它，请自己指明：`--config {path}`。",
    why: "配置决定字节从哪里来、谁的签名算数。别的用户能写或能替换的配置，等于让那个用户替你决定；因此自行找到的配置，只在文件和文件夹都没有别人可写时才采用。",
  },
  LOCKED: {
    message: "另一个 medkit（{host} 上的进程 {pid}，始于 {since}）正在此处工作：{purpose}。",
    hint: "请等它结束。如果确定它已不在运行，请删除 {path}。",
    why: "两个 medkit 同时改动同一内容会互相破坏。本机上已结束进程的锁会被自动接管；其他主机或容器的锁则不会，因为 medkit 在这里无法判断其进程是否还在。",
  },
  OFFLINE: {
    message: "这需要网络，但已要求不使用网络[[：{url}]]。",
    hint: "请去掉 `--offline`，或在联网的机器上准备好缺少的内容再带到这里。",
    why: "使用 `--offline` 时，medkit 完全不尝试连接，既不泄露信息，也不会卡住。所需内容既不在本机，也不在应急包中。",
  },
  HOST_NO_SPACE: {
    message: "空间不足[[，无法写入 {path}]][[：需要 {needed}，剩余 {free}]]。",
    hint: "请腾出空间，或换用其他磁盘：medkit 自身的状态用 `--home DIR`，产出用 `--out DIR`。",
    why: "磁盘已满，或配额已用完。正在写入的文件已删除；原有内容未受影响。",
  },
  HOST_NOT_A_FOLDER: {
    message: "{path} 处需要一个目录，但该处或其上级位置有别的东西。",
    hint: "请移走那个文件或链接，或者指定另一个目录。",
    why: "medkit 需要用作目录的名称被一个文件或一个无处可指的链接占用了。它可能属于别人，所以 medkit 不动它。",
  },
  HOST_READ_ONLY: {
    message: "medkit 无权写入 {path}。",
    hint: "请用 `--out DIR` 或 `--home DIR` 选择属于您的目录，或修正其权限。",
    why: "文件系统以只读方式挂载，或当前用户没有写入权限。medkit 不会自行更改权限。",
  },
  HOST_NO_HOME: {
    message: "medkit 没有地方存放自己的文件：未设置 HOME。",
    hint: "请用 `--home DIR` 或 MEDKIT_HOME 指定位置，临时目录也可以。",
    why: "medkit 把下载内容、锁和密钥放在 `$XDG_DATA_HOME/medkit` 或 `~/.local/share/medkit` 下，而此处两者都无法确定。",
  },
  HOST_TOOL_MISSING: {
    message: "需要程序 `{tool}`，但本机没有。",
    hint: "请安装 `{tool}`，或在有它的主机上运行。",
    why: "少数事情 medkit 交给主机自己的程序完成，例如用使用者的 git 获取私有仓库。现在需要的这个程序不在 PATH 中。",
  },
  HOST_PLATFORM: {
    message: "在 {platform} 上无法这样做。",
    hint: "请在以下平台之一运行：{supported}。",
    why: "所要求的操作取决于操作系统或处理器，medkit 在这里没有办法完成。",
  },
  FILE_UNREADABLE: {
    message: "无法读取 {path}[[：{problem}]]。",
    hint: "请检查它是否存在、是否为文件，以及您是否有权读取。",
    why: "操作系统拒绝打开或读取它。凡是没能完整读取的内容，medkit 都不会继续使用。",
  },
  PATH_NOT_FOUND: {
    message: "{path} 处没有任何内容。",
    hint: "请检查路径。路径相对于当前目录。",
    why: "命令行或配置中的某个路径不存在。",
  },
  STATE_NAME_UNSAFE: {
    message: "{name} 不能用作名称。",
    hint: "只能使用字母、数字和 `. _ + @ = , -`，并以字母或数字开头。",
    why: "配置中的名称会成为 medkit 主目录下的文件名。带斜杠或以点开头的名称可能指向目录之外，因此被拒绝。",
  },
  STATE_TOO_NEW: {
    message: "{home} 由更新版本的 medkit 写成（布局 {found}；本版本只认识 {known}）。",
    hint: "请使用更新版本的 medkit，或用 `--home DIR` 换一个目录。",
    why: "更新版本的 medkit 可能写下了本版本会误读并损坏的内容。什么都没有改动。",
  },
  STATE_VERSION_UNREADABLE: {
    message: "{path} 没有说明该目录的布局版本。",
    hint: "如果该目录属于 medkit，请恢复该文件；否则请用 `--home DIR` 换一个目录。",
    why: "medkit 主目录的开头是一个记录布局编号的文件。这里的文件已损坏，或该目录属于其他程序。什么都没有改动。",
  },
} as const satisfies Partial<ErrorTexts>;
