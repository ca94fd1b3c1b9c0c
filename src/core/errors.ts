import { ERROR_CODES, type ErrorCode } from "./error-codes.ts";
import type { ExitStatus } from "./exit.ts";

export type ErrorParams = Readonly<Record<string, string | number>>;

/** Why one of several sources gave nothing. */
export interface SourceReason {
  /** Kind, and address without credentials. */
  readonly source: string;
  readonly code: ErrorCode;
  readonly reason: string;
}

/**
 * The one error type. It carries a code and its parameters, not a sentence: the sentence is chosen by
 * the person's language when it is printed. `message` is for logs and stack traces.
 */
export class MedkitError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  /** One entry a source, where several were asked. */
  readonly reasons: readonly SourceReason[];

  constructor(
    code: ErrorCode,
    params: ErrorParams = {},
    options?: { cause?: unknown; reasons?: readonly SourceReason[] },
  ) {
    const detail = Object.entries(params)
      .map(([key, value]) => `${key}=${value}`)
      .join(" ");
    super(detail === "" ? code : `${code} ${detail}`, options);
    this.name = "MedkitError";
    this.code = code;
    this.params = params;
    this.reasons = options?.reasons ?? [];
  }

  get exit(): ExitStatus {
    return ERROR_CODES[this.code];
  }
}

/** The `code` of a Node system error (`ENOENT`, `ENOSPC`…); undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Turns the operating system's refusals that a person can mend into errors that say how; anything else comes back unchanged. */
export function fromSystemError(error: unknown, path: string): unknown {
  switch (systemCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new MedkitError("HOST_NO_SPACE", { path }, { cause: error });
    case "EROFS":
    case "EACCES":
    case "EPERM":
      return new MedkitError("HOST_READ_ONLY", { path }, { cause: error });
    default:
      return error;
  }
}
