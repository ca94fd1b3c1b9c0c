export { checkProxy, type ProxyCheck } from "./check-proxy.ts";
export { fragmentFor } from "./fragments/registry.ts";
export { checkSettings, variablesOf } from "./settings.ts";
export type { CiSettings, NoteCode } from "./types.ts";
export { writeFragment } from "./write-fragment.ts";
