import type { CauseTexts } from "../types.ts";
import { hostCauses } from "./causes/host.ts";
import { moduleCauses } from "./causes/modules.ts";
import { networkCauses } from "./causes/network.ts";
import { toolchainCauses } from "./causes/toolchain.ts";

/** A cause without a text here does not compile. */
export const causes = {
  ...toolchainCauses,
  ...moduleCauses,
  ...networkCauses,
  ...hostCauses,
} satisfies CauseTexts;
