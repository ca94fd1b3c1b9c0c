import type { ErrorTexts } from "../../types.ts";

/** 作为服务器的模块代理。 */
export const proxyErrors = {
  LISTEN_INVALID: {
    message: "`{address}` 不是可以监听的地址。",
    hint: "请写 HOST:PORT，例如 `127.0.0.1:3000` 或 `[::1]:3000`；`:3000` 为本机所有地址。",
    why: "监听在意料之外的地址上，要么没有用，要么向不该服务的人开放。",
  },
  LISTEN_FAILED: {
    message: "无法监听 {address}：{problem}。",
    hint: "用 `--listen` 换一个地址，或结束占用它的程序。1024 以下的端口需要专门的权限。",
    why: "系统拒绝了该地址：已被占用（EADDRINUSE）、不属于本机（EADDRNOTAVAIL）或不被允许（EACCES）。",
  },
  TLS_FILE_INVALID: {
    message: "{file} 不能用于 TLS：{problem}。",
    hint: "请给出 PEM 文件：`--tls-cert` 为服务器证书及其到根之间的证书，`--tls-key` 为其私钥，不带口令。",
    why: "证书与私钥不匹配的服务器会被所有客户端拒绝，因此在开始监听之前检查。运行期间，不匹配的新文件会被搁置，继续使用旧的。",
  },
  LOGIN_FILE_INVALID: {
    message: "{file} 第 {line} 行不是登录项：{problem}。",
    hint: "这些行由 `medkit proxy login add NAME --file FILE` 写入。注释以 `#` 开头。",
    why: "只有一半有效的登录文件会放进一些人、挡住另一些人，因此要么全部有效，要么全部无效。",
  },
  LOGIN_NAME_INVALID: {
    message: "`{name}` 不能作为登录名。",
    hint: "请使用字母、数字和 `. _ @ -`，最多 64 个，以字母或数字开头。",
    why: "这个名字会出现在文件的行、请求头和访问日志里。",
  },
  LOGIN_SECRET_MISSING: {
    message: "{name} 没有密码：标准输入没有给出。",
    hint: "把密码作为一行写入标准输入（`medkit proxy login add NAME --file FILE < password-file`），或在询问时输入，或用 `--token` 生成令牌。",
    why: "写在参数里的密码会被本机所有人看到，因此从标准输入读取。",
  },
  LOGIN_UNKNOWN: {
    message: "{file} 中没有登录名 `{name}`。",
    hint: "`medkit proxy login list --file FILE` 会列出所有名字。",
    why: "删除一个从未存在的登录名，通常说明名字或文件写错了。",
  },
  SOCKET_NOT_HANDED_OVER: {
    message: "`systemd` 交来 {count} 个套接字，而需要的是一个。",
    hint: "在 socket 单元里写一行 `ListenStream=`。",
    why: "使用 `--listen systemd` 时，套接字来自服务管理器（LISTEN_FDS、LISTEN_PID）：必须恰好一个，才清楚客户端从哪里来。",
  },
  MODULE_DENIED: {
    message: "代理的策略拒绝 {module}（规则 {rule}）。",
    hint: "请改用其他版本或模块，或询问维护策略的人。`medkit proxy check MODULE@VERSION` 说明由什么决定。",
    why: "运行代理的人决定不在这里使用这个模块、这个版本或这类版本。规则的原因和联系人写在 `go` 显示的应答里。",
  },
  MODULE_QUARANTINED: {
    message: "代理的策略隔离了 {module}（规则 {rule}）。",
    hint: "请等到应答所写的时间，改用较旧的版本，或请维护策略的人把它列入 `released`。",
    why: "刚发布的或已知有漏洞的版本，可能是尚未被发现的错误或攻击。它已保存并经过证明，放行之后才提供。",
  },
  VULNDB_MISSING: {
    message: "{folder} 里没有漏洞数据库。",
    hint: "请先用 `medkit proxy vulndb sync` 镜像，或从规则中去掉 `vulnerable`。",
    why: "策略中看不到漏洞的规则会放过所有版本。代理不会带着无法执行的策略启动。",
  },
  VULNDB_UNAVAILABLE: {
    message: "无法从 {url} 读取漏洞数据库：{reason}。",
    hint: "请检查地址。也可以用目录、zip，或模块代理上的 `golang.org/x/vulndb`。",
    why: "来源没有应答，或没有 vuln.go.dev 布局的数据库。之前镜像的内容保持不变。",
  },
  VULNDB_INVALID: {
    message: "{what} 不符合 Go 漏洞数据库的格式：{problem}。",
    hint: "请稍后再试，或换一个来源。之前镜像的内容保持不变。",
    why: "条目先经检查才会生效。读错一个条目，就可能放过有漏洞的版本。",
  },
  VULNDB_DAMAGED: {
    message: "镜像的漏洞数据库已损坏：{files}。",
    hint: "请用 `medkit proxy vulndb sync` 重新镜像：损坏的部分会重新获取。",
    why: "镜像之后有文件被修改、添加或丢失；旁边的 `SHA256SUMS` 记着它们原来的内容。",
  },
  VULNDB_OLDER: {
    message: "{source} 比已镜像的内容旧：缺少 {gone} 个条目，另有 {older} 个较旧（{example}）。",
    hint: "请换较新的来源；如果确实要这样，请加上 `--accept-older`。",
    why: "Go 只会撤回条目，从不删除。数据库倒退会隐藏已经知道的漏洞。",
  },
} as const satisfies Partial<ErrorTexts>;
