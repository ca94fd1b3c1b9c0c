import { z } from "zod";

/** A mirrored Go vulnerability database, served below `/vulndb/`. */
export const vulndbConfigSchema = z.strictObject({
  /** Folder that it lies in, relative to this file; default: `vulndb` in the store. */
  folder: z.string().min(1).optional(),
  /** Where `proxy vulndb sync` takes it from: a URL, a folder, a zip, or `golang.org/x/vulndb`. */
  source: z.string().min(1).optional(),
});
