import type { CauseTexts } from "../../types.ts";

export const hostCauses = {
  EXECUTION_DENIED: {
    title: "程序被策略拒绝",
    said: "{path} 不能在这里启动：它的权限位和挂载都允许，但内核拒绝。能看到的生效策略：{policies}。",
    why: "SELinux、fapolicyd、IMA、AppArmor、Landlock 之类的安全策略决定哪些程序可以运行，与权限位无关；文件服务器也可能拒绝。medkit 绝不绕过这样的拒绝：不会换用别的 Go。",
    todo: "请把这条信息交给管理本机策略的人。他们的日志会指出是哪条规则：`ausearch -m AVC,FANOTIFY -ts recent`、`journalctl -k`，或 fapolicyd 的调试日志。他们可以放行 {path}，或把 Go 放到允许运行程序的位置。",
  },
  BUILD_CACHE_UNUSABLE: {
    title: "没有可用的构建缓存",
    said: "go 命令没有地方放构建缓存：{why}。",
    why: "Go 把编译结果存放在 GOCACHE，默认在 HOME 之下，没有它就不构建。",
    todo: "把 GOCACHE 设为该用户可写、有几个 GB 空间的文件夹。",
  },
  TEMPORARY_FOLDER_UNUSABLE: {
    title: "没有可用的临时文件夹",
    said: "{name} 是 {path}，而 {why}。",
    why: "Go 在 GOTMPDIR 或 TMPDIR 下的文件夹里构建，`go run` 和 `go test` 从那里启动程序。",
    todo: "把 {name} 设为可写且允许运行程序的文件夹。",
  },
  TARGET_LEAKED: {
    title: "构建目标是别的机器",
    said: "这条命令会启动它构建的程序，但目标是 {target}，而本机是 {host}。",
    why: "GOOS 和 GOARCH 决定构建目标。交叉构建遗留下来的设置会让 `go run` 和 `go test` 构建出无法在这里启动的程序。",
    todo: "从这个 shell 或任务里去掉 GOOS 和 GOARCH；只为需要它们的那条命令设置。",
  },
  C_COMPILER_MISSING: {
    title: "没有 C 编译器",
    said: "cgo 已开启，而本机没有 {compiler}。",
    why: "CGO_ENABLED=1 时，含有 C 的包需要 C 编译器。CC 指向这里没有的编译器，或者一个也没有安装。",
    todo: "安装 {compiler}，改正 CC；如果程序不需要 C，设 `CGO_ENABLED=0`。",
  },
  CGO_OFF: {
    title: "需要 cgo 的包被关掉了 cgo",
    said: "{folder} 中要构建的内容要经过 C，而 CGO_ENABLED=0 把它排除在外。",
    why: "CGO_ENABLED=0 时，go 会跳过所有导入 C 的文件。只由这种文件组成的包就无法构建，而本机有 C 编译器。",
    todo: "取消 CGO_ENABLED，或用 `go env -u CGO_ENABLED` 去掉它。",
  },
  C_LIBRARY_MISSING: {
    title: "没有安装 C 头文件或库",
    said: "构建需要 {what}，本机没有。",
    why: "cgo 把 C 代码交给编译器，编译器需要程序指定的头文件和库。它们是系统的软件包，不是 Go 的。",
    todo: "安装包含 {what} 的开发包（名字常以 `-dev` 或 `-devel` 结尾），或把 `PKG_CONFIG_PATH`、`CGO_CFLAGS`、`CGO_LDFLAGS` 设为它所在的位置。",
  },
  OUTPUT_UNWRITABLE: {
    title: "结果无法写入",
    said: "无法写入 {path}：{why}。",
    why: "构建本身没有问题，只是结果放不进命令指定的位置。构建机上的检出目录常常只读，磁盘也会写满。",
    todo: "腾出空间，或用 `-o` 指定别的位置。要修改 go.mod 或 go.sum，请使用可写的检出目录。",
  },
  OPEN_FILES_EXHAUSTED: {
    title: "可打开的文件太少",
    said: "这里一个进程最多打开 {limit} 个文件，而构建同时需要更多。",
    why: "起作用的是 `ulimit -n` 的硬限制。Go 会同时打开许多文件夹，每个正在运行的编译器还要再占一些文件。",
    todo: "提高硬限制（服务的 `LimitNOFILE=`、`/etc/security/limits.conf`、容器的 `--ulimit nofile=`），或用 `-p=1` 构建。",
  },
  MEMORY_EXHAUSTED: {
    title: "内存太少",
    said: "构建中的某个程序得不到内存，或因此被终止（{limit}）。",
    why: "`ulimit -v`、控制组或机器本身给的内存少于 go、编译器或链接器所需。多个编译器会同时运行。",
    todo: "给任务更多内存，或放宽 `ulimit -v`。减少同时运行的编译器（`-p=1`）并设 `GOGC=25` 可以少用内存。",
  },
  UMASK_TOO_STRICT: {
    title: "umask 去掉了自己的权限",
    said: "umask 是 {mask}：该用户创建的东西，自己也不能用。",
    why: "umask 会从每个新文件和文件夹去掉权限。如果去掉的是属主的权限，go 就进不了自己创建的文件夹。",
    todo: "在 profile 或任务里设 `umask {kept}`；对其他人同样关闭。期间创建的文件夹需要 `chmod -R u+rwX`。",
  },
  VCS_STATUS_FAILED: {
    title: "版本控制说不出检出目录的状态",
    said: "go 向 {program} 询问检出目录 {root}，没有得到答案：{why}。",
    why: "从 Go 1.18 起，版本号会写进程序。这需要一个完好的、属于该用户或由 `safe.directory` 列出的检出目录。",
    todo: "修复检出目录，或声明信任它：`git config --global --add safe.directory {root}`。不写入版本号：`-buildvcs=false`。",
  },
} as const satisfies Partial<CauseTexts>;
