import type { CauseTexts } from "../../types.ts";

export const networkCauses = {
  MODULES_UNREACHABLE: {
    title: "无法获取模块",
    said: "无法从 {what} 获取模块（{outcome}）。",
    why: "缓存里没有的模块，go 命令会从 GOPROXY 里的代理获取。被询问的地址没有应答、应答了别的东西，或被关闭。",
    todo: "把 GOPROXY 指向本机可达的代理，或修好中间环节；有应急包时：`. ./activate.sh`。",
  },
  CHECKSUM_DATABASE_UNREACHABLE: {
    title: "无法访问校验和数据库",
    said: "无法检查新模块的哈希：{address} 没有应答（{outcome}）。",
    why: "go.sum 里还没有哈希的模块要到校验和数据库查询。在封闭网络里够不到它。medkit 不会关闭这个检查。",
    todo: "使用带有数据库记录的代理或应急包，或在能访问数据库的地方把哈希加入 go.sum。",
  },
  PROXY_ANSWER_WRONG: {
    title: "模块代理应答的不是模块",
    said: "{what} 有应答，但不是模块：{answer}。",
    why: "模块代理的位置上是别的东西，或者代理无法工作：它应答一个错误、一个网页（常见的是网络的登录页），或文件的一部分。go 命令分不清网页和被改动的模块，可能会报校验和不匹配。",
    todo: "用浏览器打开这个地址：出现登录页就登录，出现错误就找代理的维护者；或使用应急包：`. ./activate.sh`。不要改动 go.sum。",
  },
  PROXY_CREDENTIALS_MISSING: {
    title: "代理要求用户名和密码",
    said: "{host} 要求用户名和密码，而没有得到正确的。",
    why: "模块代理的用户名和密码，go 命令取自 `~/.netrc`（或 NETRC 指定的文件；只用于 https）或 GOPROXY 里的地址；转发代理的则取自 HTTPS_PROXY 里的地址。没有它们，代理就应答 401 或 407。",
    todo: "在 `~/.netrc`（权限 600）里写 `machine <host:port as in GOPROXY> login <name> password <token>`（主机和端口与 GOPROXY 中的相同），或更新已有的令牌。medkit 不知道也不询问密码。",
  },
  HTTP_PROXY_WRONG: {
    title: "转发代理不放行",
    said: "{host} 经由 {variable} 里的代理访问，而这行不通。",
    why: "HTTP_PROXY 和 HTTPS_PROXY 让所有请求都经过转发代理，NO_PROXY 里的主机除外。那里的代理已不在或拒绝请求；主机若在自己的网络里，本来就不需要代理。",
    todo: "更正或取消这个变量，或把该主机加入 NO_PROXY。",
  },
  NO_PROXY_WRONG: {
    title: "NO_PROXY 列出了需要代理的主机",
    said: "{variable} 让 {host} 不经代理访问，而它只有经过代理才应答。",
    why: "NO_PROXY 里的主机会被直接访问。从这里直接访问它没有应答，经转发代理访问则有。",
    todo: "把该主机或涵盖它的域名从 NO_PROXY 里去掉。",
  },
  AUTHORITY_UNKNOWN: {
    title: "服务器证书的签发机构不受本机信任",
    said: "{host} 出示的证书没有本机信任的机构担保（签发者：{issuer}）。",
    why: "自建的模块代理，以及会拆解 TLS 的代理，使用自有机构的证书。go 命令只信任本机证书库里的机构；设了 SSL_CERT_FILE 和 SSL_CERT_DIR 时则信任那里的。其他工具可能通过各自的变量知道这个机构。",
    todo: "从可信的来源安装该机构的证书（`update-ca-certificates`、`update-ca-trust`），或让 SSL_CERT_FILE 指向包含它的证书包。绝不要从服务器本身取证书，也不要关闭检查。",
  },
  CERTIFICATE_EXPIRED: {
    title: "服务器证书此刻无效",
    said: "{host} 的证书已过期，或尚未生效。",
    why: "每张证书都有有效期。本机的时间在有效期之外，而没有迹象表明本机时钟有误。",
    todo: "请服务器的维护者更新证书。也请看一下 `date`。",
  },
  CLOCK_WRONG: {
    title: "本机时钟有误",
    said: "本机时钟是 {clock}：照此看来 {host} 的证书无效。",
    why: "证书有有效期，按本机时钟检查。电池耗尽或没有时间服务器时，时钟可能差上几年，所有证书就都无效。",
    todo: "校准时钟（以 root 身份：`date -u -s …`，或交给 chrony、systemd-timesyncd），然后再试。medkit 不改动时钟。",
  },
  GIT_MISSING: {
    title: "模块要从 git 获取，而没有 git",
    said: "模块要从各自的仓库获取（GOPROXY：{goproxy}），而本机没有 git。",
    why: "GOPROXY 里有 `direct` 时，以及对 GOPRIVATE 或 GONOPROXY 里的模块，go 命令会调用 git。",
    todo: "安装 git，或把 GOPROXY 指向模块代理；有应急包时：`. ./activate.sh`。",
  },
} as const satisfies Partial<CauseTexts>;
