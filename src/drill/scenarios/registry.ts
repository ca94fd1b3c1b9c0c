import { agedKit, agedUsedKit } from "./aged.ts";
import { baseline } from "./baseline.ts";
import { checksumDatabase, otherTreeHead } from "./checksum-database.ts";
import { foreignGo } from "./foreign-go.ts";
import { goTools } from "./go-tools.ts";
import { busyboxChroot, noexecMount, noSharedMemory, readOnlyMount } from "./mounts.ts";
import { noHome, stateElsewhere, tightUmask } from "./no-home.ts";
import { oddPath } from "./odd-path.ts";
import { fromElsewhere, goVersions, oddVariables, prompt, secondActivation } from "./odd-variables.ts";
import { bsdTar, fewTools, shasum } from "./other-tools.ts";
import {
  goenvLeftovers,
  gopathMode,
  leakedTarget,
  poisonedGoflags,
  poisonedGoproxy,
  poisonedGoroot,
} from "./poisoned-environment.ts";
import { readOnlyKit } from "./read-only-kit.ts";
import { strictAllExport, strictShell } from "./strict-shell.ts";
import type { Scenario } from "./types.ts";

/** Every scenario, in the order in which reports list them. */
export const SCENARIOS: readonly Scenario[] = [
  baseline,
  oddPath,
  readOnlyKit,
  readOnlyMount,
  noexecMount,
  stateElsewhere,
  strictShell,
  strictAllExport,
  tightUmask,
  oddVariables,
  prompt,
  secondActivation,
  fromElsewhere,
  goVersions,
  foreignGo,
  poisonedGoroot,
  poisonedGoflags,
  poisonedGoproxy,
  gopathMode,
  goenvLeftovers,
  leakedTarget,
  checksumDatabase,
  otherTreeHead,
  agedKit,
  agedUsedKit,
  goTools,
  busyboxChroot,
  bsdTar,
  shasum,
  fewTools,
  noSharedMemory,
  noHome,
];
