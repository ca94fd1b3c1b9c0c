import type { CauseTexts } from "../../types.ts";

export const networkCauses = {} as const satisfies Partial<CauseTexts>;
