/** The module proxy as a server. */
export const proxyMessages = {
  "proxy.plan": "would listen on {where} and serve {store}",
  "proxy.serving": "serving {store} at {url}",
  "proxy.use": "clients: go env -w GOPROXY={url}   (GOSUMDB stays on; Ctrl-C ends)",
  "proxy.ended": "ended after {count} requests, {refused} of them refused",
  "proxy.certificate.renewed": "the certificate is renewed; it ends on {until}",
  "proxy.certificate.kept": "{code}: {file} does not fit, the old certificate stays",
  "proxy.login.reloaded": "{file}: {count} logins",
  "proxy.login.kept": "{code}: {file} is not taken over, the old logins stay",
  "proxy.login.open": "{file} can be read by everybody on this host; chmod 640 keeps the hashes from them",
  "proxy.login.ask": "Password for {name}:",
  "proxy.login.added": "{name} may log in ({file})",
  "proxy.login.replaced": "{name} has a new secret ({file})",
  "proxy.login.token": "token, shown this once: {token}",
  "proxy.login.removed": "{name} is removed from {file}",
  "proxy.login.none": "no logins",
  "proxy.login.password": "password",
  "proxy.login.kindToken": "token",
  "proxy.notShared":
    "{store}: this server does not heed If-None-Match and If-Match when something is put: one replica is fine, several may fetch a module more than once",
} as const;
