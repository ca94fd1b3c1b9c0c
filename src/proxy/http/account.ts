import type { Ports } from "../../core/ports.ts";
import type { AccessRecord, Asked } from "../types.ts";
import type { Meter } from "./meter.ts";

/** A request, whatever read it. */
export interface Call {
  readonly method: string;
  /** As it was asked. */
  readonly url: string;
  /** The same without query and fragment. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The client's. */
  readonly address: string;
}

export function isRead({ method }: Pick<Call, "method">): boolean {
  return method === "GET" || method === "HEAD";
}

/** What is known of a request when it is over: measured, and told as a record. */
export class Account {
  kind = "other";
  asked: Asked | undefined;
  refused: string | undefined;
  user: string | undefined;
  /** Octets of the body, as they were handed over. */
  octets = 0;
  readonly #call: Call;
  readonly #clock: Ports["clock"];
  readonly #meter: Meter;
  readonly #onRequest: (record: AccessRecord) => void;
  readonly #started: number;

  constructor(call: Call, clock: Ports["clock"], meter: Meter, onRequest: (record: AccessRecord) => void) {
    this.#call = call;
    this.#clock = clock;
    this.#meter = meter;
    this.#onRequest = onRequest;
    this.#started = clock.monotonic();
    meter.open++;
  }

  end(status: number): void {
    const { method, target, headers, address } = this.#call;
    const milliseconds = this.#clock.monotonic() - this.#started;
    this.#meter.open--;
    this.#meter.count(this.kind, status, this.octets, milliseconds);
    const traceparent = headers["traceparent"];
    const trace = typeof traceparent === "string" ? /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent)?.[1] : undefined;
    this.#onRequest({
      time: this.#clock.now().toISOString(),
      client: address,
      method,
      path: target.slice(0, 2_048),
      kind: this.kind,
      status,
      octets: this.octets,
      milliseconds: Math.round(milliseconds * 10) / 10,
      ...moduleOf(this.asked),
      ...(this.user === undefined ? undefined : { user: this.user }),
      ...(this.refused === undefined ? undefined : { refused: this.refused }),
      ...(trace === undefined ? undefined : { trace }),
    });
  }
}

/** The module that was asked for, as records name it. */
function moduleOf(asked: Asked | undefined): { readonly module?: string; readonly version?: string } | undefined {
  if (asked === undefined || asked.kind === "database") return undefined;
  return "path" in asked ? { module: asked.path } : { module: asked.module.path, version: asked.module.version };
}
