export { explainSums, type ExplainOptions } from "./explain.ts";
export type { CachedCheck, CacheFault, Finding, JudgedLine, LineState, SumsReport, VendorCheck } from "./types.ts";
