import { z } from "zod";
import { parseBytes } from "../../core/parse-bytes.ts";
import { parseDuration } from "../../core/duration.ts";

/** How much a proxy keeps. Whatever was used least recently goes first. */
export const quotaSchema = z.strictObject({
  /** Octets of modules that may stay: `50GiB`, `200GB`. */
  size: z
    .string()
    .refine((text) => (parseBytes(text) ?? 0) > 0, "a size such as 50GiB or 200GB")
    .optional(),
  /** What nobody asked for so long goes too: `2160h`. */
  unusedFor: z
    .string()
    .refine((text) => (parseDuration(text) ?? 0) > 0, "a duration such as 2160h")
    .optional(),
});

export type QuotaConfig = z.infer<typeof quotaSchema>;
