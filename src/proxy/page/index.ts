export { storePage } from "./page.ts";
export { StoreIndex } from "./store-index.ts";
export { pageKeys, type PageKey, type Say } from "./types.ts";
