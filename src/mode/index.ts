export {
  dependsOnVersion,
  explainMode,
  type ModeOptions,
  type ModeReport,
  type SettingAnswer,
  type VersionAnswer,
} from "./explain.ts";
export type { BehindRequirement } from "./module-graph.ts";
export type { ImportAnswer, ResolvedImport } from "./packages.ts";
export type { Problem } from "./resolution.ts";
export type { ModuleSource } from "./sources.ts";
export { shownValue } from "./settings.ts";
export { type Decision, type Evidence, type ModeKind, type Refusal, SETTING_NAMES, type Step } from "./types.ts";
export type { VendorFault } from "./vendor-list.ts";
export { languageGo, versionText } from "./versions.ts";
