export { archiveName, downloadSource, unpackGoArchive } from "./download.ts";
export { localSource, signatureBeside } from "./local.ts";
export { listModuleCache, moduleCacheSource } from "./module-cache.ts";
export { proxySource } from "./proxy.ts";
