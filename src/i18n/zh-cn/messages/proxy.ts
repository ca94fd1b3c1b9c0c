/** 作为服务器的模块代理。 */
export const proxyMessages = {
  "proxy.plan": "将监听 {host}:{port}，提供 {store}",
  "proxy.serving": "正在 {url} 提供 {store}",
  "proxy.use": "客户端：go env -w GOPROXY={url}   （GOSUMDB 保持开启；Ctrl-C 结束）",
  "proxy.ended": "共应答 {count} 个请求后结束，其中拒绝 {refused} 个",
} as const;
