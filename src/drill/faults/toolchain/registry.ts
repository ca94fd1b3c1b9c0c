import type { Fault } from "../types.ts";
import { toolchainVariable } from "./too-old.ts";
import { toolchainLine } from "./too-old.ts";
import { goModDirective, goModSyntax } from "./too-old.ts";
import { goModDemandsUnborn } from "./too-old.ts";
import { goModDemandsNewer } from "./too-old.ts";
import { fips140Invalid, goarchForGood, goosUnknown, gopathRelative, gotoolchainInvalid } from "./settings.ts";
import { goflagsBadValue, goflagsForGood, goflagsHalfGood, goflagsOverlayGone, gorootEmpty } from "./settings.ts";
import { goflagsUnknown } from "./settings.ts";
import { goamd64ForGood } from "./settings.ts";
import { goamd64Invalid } from "./settings.ts";
import { moduleCacheRelative, moduleModeUnknown } from "./settings.ts";
import { goexperimentUnknown } from "./settings.ts";
import { gorootOther } from "./settings.ts";
import { gorootGone } from "./settings.ts";
import {
  goCompilerCut,
  goForNewerLibc,
  goLibraryCut,
  goWithoutLibrary,
  goWithoutLinker,
  goWithoutTree,
} from "./broken-go.ts";
import { goWithoutCompiler } from "./broken-go.ts";
import { goWrongArchitecture } from "./broken-go.ts";
import { goOnNoexec } from "./broken-go.ts";
import { goNotExecutable } from "./broken-go.ts";
import { goMissing } from "./go-missing.ts";

export const toolchainFaults: readonly Fault[] = [
  goMissing,
  goNotExecutable,
  goOnNoexec,
  goWrongArchitecture,
  goWithoutCompiler,
  goWithoutLibrary,
  goWithoutLinker,
  goCompilerCut,
  goLibraryCut,
  goWithoutTree,
  goForNewerLibc,
  gopathRelative,
  gotoolchainInvalid,
  moduleModeUnknown,
  moduleCacheRelative,
  fips140Invalid,
  goosUnknown,
  goarchForGood,
  gorootGone,
  gorootOther,
  gorootEmpty,
  goexperimentUnknown,
  goamd64Invalid,
  goamd64ForGood,
  goflagsUnknown,
  goflagsForGood,
  goflagsHalfGood,
  goflagsBadValue,
  goflagsOverlayGone,
  goModDemandsNewer,
  goModDemandsUnborn,
  goModDirective,
  goModSyntax,
  toolchainLine,
  toolchainVariable,
];
