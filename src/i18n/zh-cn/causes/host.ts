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
} as const satisfies Partial<CauseTexts>;
