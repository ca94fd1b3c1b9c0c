export {
  importKeys,
  listKeys,
  readKeyring,
  removeKey,
  updateKeys,
  type KeyChange,
  type KeyringEntry,
} from "./keyring.ts";
export { parseFingerprint } from "./read-keys.ts";
export type { Confirmation, GoodSignature, KeyFacts } from "./types.ts";
export { verifyDetached } from "./verify.ts";
