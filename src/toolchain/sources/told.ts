import { MedkitError } from "../../core/errors.ts";
import { platformText } from "../../core/go-version.ts";
import { redactUrl, SourceRefusal } from "../../module/index.ts";
import type { ToolchainRequest } from "../types.ts";

/** A source's refusal as the error that says most: its own code where it has one, else TOOLCHAIN_UNAVAILABLE. Anything else comes back unchanged. */
export function told(error: unknown, request: ToolchainRequest): unknown {
  const refusal = error instanceof MedkitError && error.code === "MODULE_UNAVAILABLE" ? error.cause : error;
  const isAbsent = error instanceof MedkitError && error.code === "MODULE_UNAVAILABLE";
  if (!isAbsent && !(refusal instanceof SourceRefusal)) return error;
  const reasons = isAbsent ? String(error.params["reasons"]) : refusal instanceof SourceRefusal ? refusal.message : "";
  if (refusal instanceof SourceRefusal && refusal.detail !== undefined) {
    const { code, params } = refusal.detail;
    return new MedkitError(code, isAbsent ? { ...params, reasons } : params, { cause: error });
  }
  const { version, platform } = request;
  return new MedkitError(
    "TOOLCHAIN_UNAVAILABLE",
    { version, platform: platformText(platform), reasons },
    { cause: error },
  );
}

/** An address for people: no credentials. */
export function addressOf(list: string): string {
  return list
    .split(/(?=[,|])|(?<=[,|])/)
    .map((part) => (URL.canParse(part) ? redactUrl(part) : part))
    .join("");
}
