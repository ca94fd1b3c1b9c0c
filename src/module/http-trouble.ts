import { MedkitError, systemCode } from "../core/errors.ts";
import { EXIT } from "../core/exit.ts";
import { redactUrl } from "./goproxy-list.ts";
import { Busy, SourceRefusal } from "./http-answer.ts";
import type { StallWatch } from "./stall-watch.ts";

type Params = Readonly<Record<string, string | number>>;

export function misbehaved(
  code:
    | "PROXY_ENCODED"
    | "PROXY_HEADERS_TOO_BIG"
    | "PROXY_TOO_BIG"
    | "PROXY_LENGTH"
    | "PROXY_STALLED"
    | "PROXY_TOO_SLOW"
    | "PROXY_REDIRECTS",
  params: Params,
): SourceRefusal {
  const error = new MedkitError(code, params);
  return new SourceRefusal(error.message, undefined, error);
}

/** Why a redirect is not followed. */
export type RedirectFault = "PROXY_REDIRECT_REFUSED" | "PROXY_REDIRECT_DOWNGRADE" | "PROXY_REDIRECT_LOGIN";

/** A refusal that whoever asked this source alone can be told more of. */
export function detailed(
  reason: string,
  code: "PROXY_PART_UNASKED" | "PROXY_BROKEN_OFF" | RedirectFault,
  params: Params,
  status?: number,
): SourceRefusal {
  return new SourceRefusal(reason, status, undefined, new MedkitError(code, params));
}

/** Whether the same request may go better a moment later. */
export function mayRetry(refusal: SourceRefusal): boolean {
  if (refusal instanceof Busy && refusal.isTooLong) return false;
  if (refusal.error !== undefined) return ["PROXY_STALLED", "PROXY_LENGTH"].includes(refusal.error.code);
  return refusal.status === undefined || refusal.status === 429 || refusal.status >= 500;
}

/** An error of this machine's disk: no other source and no new try would help. */
export function isFileError(error: unknown): error is Error {
  if (error instanceof MedkitError) return error.exit === EXIT.hostUnfit;
  const calls = ["open", "write", "close", "ftruncate"];
  return error instanceof Error && "syscall" in error && calls.includes(String(error.syscall));
}

/** What ended a transfer, as the error to throw. `received` is undefined where there was no answer. */
export function troubleOf(error: unknown, name: string, stall: StallWatch, received: number | undefined): unknown {
  if (stall.isSlow) return misbehaved("PROXY_TOO_SLOW", { url: name, seconds: stall.seconds, least: stall.least });
  if (stall.isOver) return misbehaved("PROXY_STALLED", { url: name, seconds: stall.seconds });
  if (error instanceof SourceRefusal) return error;
  if (isFileError(error)) return error;
  if (error instanceof MedkitError) return new SourceRefusal(error.code, undefined, error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (systemCode(cause) === "UND_ERR_HEADERS_OVERFLOW") return misbehaved("PROXY_HEADERS_TOO_BIG", { url: name });
  const reason = cause instanceof Error ? redactUrl(cause.message || cause.name) : String(cause);
  return received === undefined
    ? new SourceRefusal(reason, undefined)
    : detailed(reason, "PROXY_BROKEN_OFF", { url: name, received, reason });
}
