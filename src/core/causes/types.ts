/** Which room of the house a cause belongs to. `code` are faults of the program itself, which are recognised and left alone. */
export type CauseFamily = "toolchain" | "modules" | "network" | "host";

/** What is fixed about a cause, whatever the host: where it belongs, and how bad it is when the doctor finds it without a failing command. */
export interface CauseFacts {
  readonly family: CauseFamily;
  /** `error`: go commands fail by it; `warning`: some do, or it will bite later; `note`: worth knowing. */
  readonly severity: "error" | "warning" | "note";
  /** A refusal by the host's own security policy, or bytes that are not what they claim: named, never got around. */
  readonly barrier?: "denied" | "integrity";
}

export type CauseTable = Readonly<Record<string, CauseFacts>>;
