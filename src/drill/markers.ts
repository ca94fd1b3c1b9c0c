import type { StepTiming } from "./types.ts";

/** What a session says on its marker descriptor, one line each. */
export type Marker =
  | { readonly kind: "begin"; readonly step: string }
  | { readonly kind: "end" }
  | { readonly kind: "fail" | "skip"; readonly reason: string }
  | { readonly kind: "told"; readonly name: string; readonly value: string }
  | { readonly kind: "left"; readonly what: string }
  | { readonly kind: "exit"; readonly status: number };

/** undefined for lines that are no markers: what a shell itself writes when it cannot start. */
export function parseMarker(line: string): Marker | undefined {
  const match = /^(begin|end|fail|skip|told|left|exit)(?: (.*))?$/.exec(line);
  if (match === null) return undefined;
  const rest = match[2] ?? "";
  switch (match[1]) {
    case "begin":
      return { kind: "begin", step: rest };
    case "end":
      return { kind: "end" };
    case "fail":
      return { kind: "fail", reason: rest };
    case "skip":
      return { kind: "skip", reason: rest };
    case "told": {
      const cut = rest.indexOf(" ");
      return cut < 0 ? undefined : { kind: "told", name: rest.slice(0, cut), value: rest.slice(cut + 1) };
    }
    case "left":
      return { kind: "left", what: rest };
    default:
      return /^\d+$/.test(rest) ? { kind: "exit", status: Number(rest) } : undefined;
  }
}

/** Times the steps of one session by the clock of the process that reads its markers. */
export class StepClock {
  readonly #now: () => number;
  readonly steps: StepTiming[] = [];
  readonly told: Record<string, string> = {};
  readonly left: string[] = [];
  /** Lines that are no markers. */
  readonly noise: string[] = [];
  failure: string | undefined;
  lack: string | undefined;
  exit: number | undefined;
  /** Milliseconds from the beginning of `unpack` to the end of `healthz`. */
  recovery: number | undefined;
  #open: { readonly step: string; readonly since: number } | undefined;
  #first: number | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The step that began last; the one to blame when nothing followed. */
  step = "start of the session";

  get unfinished(): string | undefined {
    return this.#open?.step;
  }

  line(text: string): void {
    const marker = parseMarker(text);
    const now = this.#now();
    switch (marker?.kind) {
      case "begin":
        this.#first ??= now;
        this.#open = { step: marker.step, since: now };
        this.step = marker.step;
        break;
      case "end":
        if (this.#open === undefined) break;
        this.steps.push({ step: this.#open.step, milliseconds: now - this.#open.since });
        if (this.#open.step === "healthz") this.recovery = now - (this.#first ?? now);
        this.#open = undefined;
        break;
      case "fail":
        this.failure ??= marker.reason;
        break;
      case "skip":
        this.lack ??= marker.reason;
        break;
      case "told":
        this.told[marker.name] = marker.value;
        break;
      case "left":
        this.left.push(marker.what);
        break;
      case "exit":
        this.exit = marker.status;
        break;
      case undefined:
        if (text.trim() !== "") this.noise.push(text);
    }
  }
}
