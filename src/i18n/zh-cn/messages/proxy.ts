/** 作为服务器的模块代理。 */
export const proxyMessages = {
  "proxy.plan": "将监听 {where}，提供 {store}",
  "proxy.serving": "正在 {url} 提供 {store}",
  "proxy.use": "客户端：go env -w GOPROXY={url}   （GOSUMDB 保持开启；Ctrl-C 结束）",
  "proxy.ended": "共应答 {count} 个请求后结束，其中拒绝 {refused} 个",
  "proxy.certificate.renewed": "证书已更新，有效期至 {until}",
  "proxy.certificate.kept": "{code}：{file} 不匹配，继续使用旧证书",
  "proxy.login.reloaded": "{file}：{count} 个登录",
  "proxy.login.kept": "{code}：{file} 未被采用，继续使用旧的登录",
  "proxy.login.open": "本机所有人都能读取 {file}；chmod 640 可以避免哈希被看到",
  "proxy.login.ask": "{name} 的密码：",
  "proxy.login.added": "{name} 可以登录（{file}）",
  "proxy.login.replaced": "{name} 的密钥已更换（{file}）",
  "proxy.login.token": "令牌，只显示这一次：{token}",
  "proxy.login.removed": "已从 {file} 删除 {name}",
  "proxy.login.none": "没有登录",
  "proxy.login.password": "密码",
  "proxy.login.kindToken": "令牌",
  "proxy.notShared":
    "{store}：该服务器在写入时不理会 If-None-Match 和 If-Match：一个副本没有问题，多个副本可能重复获取同一个模块",
} as const;
