import type { Cause } from "../types.ts";
import { goModTexts } from "./modules/go-mod.ts";
import { mode } from "./modules/mode.ts";
import { readonly } from "./modules/readonly.ts";
import { sums } from "./modules/sums.ts";
import { vendor } from "./modules/vendor.ts";
import { versions } from "./modules/versions.ts";
import { workspace } from "./modules/workspace.ts";

/** Faults of modules, workspaces, go.sum and the module cache. The proxy works, unless it is what lies. */
export const causes: readonly Cause[] = [
  ...mode,
  ...workspace,
  ...vendor,
  ...readonly,
  ...sums,
  ...versions,
  ...goModTexts,
];
