/** The module proxy as a server. */
export const proxyMessages = {
  "proxy.plan": "would listen on {host}:{port} and serve {store}",
  "proxy.serving": "serving {store} at {url}",
  "proxy.use": "clients: go env -w GOPROXY={url}   (GOSUMDB stays on; Ctrl-C ends)",
  "proxy.ended": "ended after {count} requests, {refused} of them refused",
} as const;
