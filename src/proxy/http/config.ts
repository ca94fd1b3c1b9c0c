import { z } from "zod";
import { parseDuration } from "../../core/duration.ts";

const path = z.string().min(1);
const duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue({ code: "custom", message: "must be a duration such as 300ms or 30s" });
  return z.NEVER;
});

/** PEM files, relative to the configuration. With `clientCa` clients have to show a certificate. */
export const tlsSchema = z.strictObject({ cert: path, key: path, clientCa: path.optional() });

/** A file of logins, as `medkit proxy login add` writes it. */
export const loginSchema = z.strictObject({ file: path });

/** How the server ends: `delay` for a load balancer to notice that `/readyz` says no, `deadline` for replies in progress. */
export const drainSchema = z.strictObject({
  delay: duration.default(0),
  deadline: duration.default(30_000),
});
