export { buildKit, type BuiltKit } from "./build.ts";
export type { BuildOptions } from "./build-context.ts";
export { kitConfigSchema, parseKitConfig, type KitConfig } from "./config.ts";
export { manifestSchema, parseManifest } from "./manifest.ts";
export {
  checkArchiveSum,
  inspectKit,
  locateKit,
  withKitFolder,
  type ArchiveSum,
  type KitListing,
  type KitLocation,
} from "./open.ts";
export { planKit, type PlanFacts } from "./plan.ts";
export { keyFingerprint, readPrivateKey, readPublicKey } from "./signature.ts";
export type { KitManifest, KitPlan } from "./types.ts";
export { verifyKitFolder, type Difference, type SignatureState, type Verification } from "./verify.ts";
export { verifyProofs, type Proofs } from "./verify-proofs.ts";
export { isKit, openKitToolchains, type KitToolchains } from "./toolchains.ts";
export { findConfig, homeSigningKey, readConfigText, readLock, writeLock } from "./prepare.ts";
