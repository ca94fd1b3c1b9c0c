/** Long work while it runs: `step.<kind>`, whose subject is what follows the kind in the step's name, and notes on the way. */
export const progressMessages = {
  "step.toolchain": "toolchain {subject}",
  "note.kitRebuilds": "no source has it: it is made from source now, which takes minutes",
  "note.kitHeadUnseen": "the kit's tree head was not compared with the ones seen before: that needs a network",
  "note.downloadResumed": "goes on with an earlier download: {here} of {total} are here",
  "note.downloadAnew":
    "what was put together of parts or of an earlier download is not the published file ({code}): it is fetched again in one piece",
  "step.rebuild": "make from source, {subject}",
  "step.closure": "modules for {subject}",
  "step.preflight": "building from the kit alone, {subject}",
  "step.cache": "warm cache, {subject}",
  "step.checksum": "checksum database",
  "step.sums-lines": "lines of go.sum",
  "step.sums-cache": "module cache",
  "step.sums-vendor": "vendored modules",
  "step.archive": "packing the archive",
  "step.package": "medkit's own executable",
  "step.drill": "drill",
  "step.faults": "faults",
  "step.vulndb": "vulnerability database",
} as const;
