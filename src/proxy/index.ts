export { parseAsked } from "./asked.ts";
export { DatabaseMirror } from "./database-mirror.ts";
export { folderStore } from "./folder-store.ts";
export { ModuleMirror } from "./mirror.ts";
export { type AccessRecord, serveModules, type Serving } from "./serve.ts";
