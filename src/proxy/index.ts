export { parseAsked } from "./asked.ts";
export { parseProxyConfig, proxyConfigSchema, type ProxyConfig } from "./config.ts";
export { DatabaseMirror } from "./database-mirror.ts";
export { serveModules, type Serving } from "./http/serve.ts";
export { ModuleMirror } from "./mirror.ts";
export { folderStore } from "./store/folder-store.ts";
export type { AccessRecord } from "./types.ts";
export { proxyUpstream } from "./upstream.ts";
