export { downloadSource } from "./download.ts";
export { localSource } from "./local.ts";
export { listModuleCache, moduleCacheSource } from "./module-cache.ts";
export { proxySource } from "./proxy.ts";
