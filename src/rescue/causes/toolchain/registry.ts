import type { Cause } from "../../types.ts";
import { goflagsInvalid } from "./goflags-invalid.ts";
import { archLevelInvalid } from "./arch-level-invalid.ts";
import { goexperimentUnknown } from "./goexperiment-unknown.ts";
import { toolchainUnavailable } from "./toolchain-unavailable.ts";
import { goTooOld } from "./go-too-old.ts";
import { gorootStale } from "./goroot-stale.ts";
import { goIncomplete } from "./go-incomplete.ts";
import { goLoaderMissing } from "./go-loader-missing.ts";
import { goWrongArchitecture } from "./go-wrong-architecture.ts";
import { goOnNoexec } from "./go-on-noexec.ts";
import { goNotExecutable } from "./go-not-executable.ts";
import { goMissing } from "./go-missing.ts";
import { goLibcTooOld } from "./go-libc-too-old.ts";
import { goModSyntaxNewer } from "./go-mod-syntax-newer.ts";
import { portUnknown } from "./port-unknown.ts";
import { settingInvalid } from "./setting-invalid.ts";

export const toolchainCauses: readonly Cause[] = [
  goMissing,
  goNotExecutable,
  goOnNoexec,
  goWrongArchitecture,
  goLoaderMissing,
  goLibcTooOld,
  goIncomplete,
  gorootStale,
  goTooOld,
  goModSyntaxNewer,
  toolchainUnavailable,
  goexperimentUnknown,
  archLevelInvalid,
  goflagsInvalid,
  settingInvalid,
  portUnknown,
];
