export { dependsOnVersion, explainMode, type ModeOptions, type ModeReport, type VersionAnswer } from "./explain.ts";
export { shownValue } from "./settings.ts";
export { type Decision, type Evidence, type ModeKind, type Refusal, SETTING_NAMES, type Step } from "./types.ts";
export type { VendorFault } from "./vendor-list.ts";
export { languageGo, versionText } from "./versions.ts";
