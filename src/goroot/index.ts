export { hostExchange } from "./exchange.ts";
export { findGoroots, type FoundGoroot, type FoundGos } from "./found.ts";
export { goVariables } from "./go-variables.ts";
export { demandLocked, formatLock, LOCK_FILE, parseLock, type LockedToolchain } from "./lock-file.ts";
export { gatherPins, goSetting, nearestFile, judgePins, type JudgedPin, type PinPlace } from "./pins.ts";
export { planPrune } from "./prune.ts";
export { parseSelector, resolveSelector, type Selector } from "./select.ts";
export {
  evidenceOf,
  findStored,
  listStored,
  newestFirst,
  readCurrent,
  removeStored,
  repairStore,
  switchCurrent,
  withStoreLock,
} from "./store.ts";
export { demandLinkAsRecorded, demandUnchanged, demandUsable, stampTree } from "./linked.ts";
export type { LinkedFile, RebuiltRecord, StoredToolchain, StoreRecord } from "./types.ts";
export {
  readSystemRecord,
  restoreSystem,
  systemPlaces,
  useForSystem,
  type SystemPlaces,
  type SystemRecord,
} from "./system.ts";
export { pinInText } from "./write-pin.ts";
