import { z } from "zod";

/** The pages for people. `clients: false` keeps from them who asked. */
export const pageSchema = z.strictObject({
  enabled: z.boolean().default(true),
  clients: z.boolean().default(true),
});
