export { downloadSource } from "./download.ts";
export { localSource } from "./local.ts";
export { proxySource } from "./proxy.ts";
