import type { CauseTexts } from "../../types.ts";

export const hostCauses = {} as const satisfies Partial<CauseTexts>;
