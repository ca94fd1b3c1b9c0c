export { canBootstrap } from "./bootstrap-rule.ts";
export {
  chooseBootstrap,
  demandRebuildable,
  otherBootstrap,
  provenToolchain,
  type RebuildSupply,
} from "./bootstrap.ts";
export { rebuildToolchain, type ProvenTree, type RebuildOptions } from "./rebuild.ts";
export { storeRebuilt } from "./store-rebuilt.ts";
export { isMatched, type Rebuilt } from "./types.ts";
