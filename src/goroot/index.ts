export { goVariables } from "./go-variables.ts";
export { gatherPins, goSetting, judgePins, type JudgedPin, type PinPlace } from "./pins.ts";
export { parseSelector, resolveSelector, type Selector } from "./select.ts";
export {
  findStored,
  listStored,
  newestFirst,
  readCurrent,
  removeStored,
  repairStore,
  storeName,
  switchCurrent,
  withStoreLock,
} from "./store.ts";
export type { StoredToolchain, StoreRecord } from "./types.ts";
