import { formatBytes } from "../../core/format-bytes.ts";
import type { ProgressEvent } from "../../core/events.ts";
import { displayWidth, type Translator } from "../../i18n/index.ts";
import type { OutputStream } from "../context.ts";
import { formatDuration } from "./format.ts";
import { printableLine } from "./printable.ts";
import type { Style } from "./style.ts";

export interface ProgressRenderer {
  emit(event: ProgressEvent): void;
  /** One look at the clock: announces steps that take long, and draws the live line. A timer does it; tests do it by hand. */
  tick(): void;
  /** Takes what is drawn off the terminal; called before anything else is printed, and at the end. */
  close(): void;
}

export interface ProgressOptions {
  readonly mode: "auto" | "plain" | "json" | "none";
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly t: Translator;
  readonly style: Style;
  readonly now?: () => number;
}

interface Step {
  readonly name: string;
  readonly started: number;
  announced: number | undefined;
  detail: string;
  done: number;
  total: number | undefined;
  unit: string;
}

/** Milliseconds after which a step is worth a word. */
const worthAWord = 1000;
/** Milliseconds between two plain lines about the same step. */
const plainInterval = 10_000;
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;

/** Lines for people where no terminal is, a live line where there is one, NDJSON for programs. */
export function createProgress(options: ProgressOptions): ProgressRenderer {
  const { mode, stderr, env } = options;
  const idle = { tick: () => undefined, close: () => undefined };
  if (mode === "none") return { emit: () => undefined, ...idle };
  if (mode === "json") return { emit: (event) => void stderr.write(`${JSON.stringify(event)}\n`), ...idle };
  const live = mode === "auto" && stderr.isTTY === true && (env["CI"] ?? "") === "" && env["TERM"] !== "dumb";
  return new StepProgress(options, live);
}

class StepProgress implements ProgressRenderer {
  readonly #options: ProgressOptions;
  readonly #live: boolean;
  readonly #now: () => number;
  readonly #steps = new Map<string, Step>();
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;
  #drawn = false;

  constructor(options: ProgressOptions, live: boolean) {
    this.#options = options;
    this.#live = live;
    this.#now = options.now ?? (() => performance.now());
  }

  emit(event: ProgressEvent): void {
    switch (event.type) {
      case "step-start":
        this.#start(event.step, event.detail ?? "");
        break;
      case "step-progress": {
        const step = this.#steps.get(event.step) ?? this.#start(event.step, "");
        step.done = event.done;
        step.total = event.total ?? step.total;
        step.unit = event.unit;
        break;
      }
      case "step-end":
        this.#end(event.step, event.milliseconds, event.detail ?? "");
        break;
      case "note":
        this.#print(`${this.#noteLabel(event.level)} ${this.#noteText(event)}`);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#clear();
  }

  tick(): void {
    const now = this.#now();
    if (this.#live) return this.#draw(now);
    for (const step of this.#steps.values()) {
      const silent = now - (step.announced ?? step.started);
      if (silent >= (step.announced === undefined ? worthAWord : plainInterval)) {
        this.#print(this.#line(step, step.announced === undefined ? undefined : now));
        step.announced = now;
      }
    }
  }

  #start(name: string, detail: string): Step {
    const step: Step = {
      name,
      started: this.#now(),
      announced: undefined,
      detail,
      done: 0,
      total: undefined,
      unit: "",
    };
    this.#steps.set(name, step);
    // Held open by nothing: the clock of a progress line must not keep the process alive.
    this.#timer ??= setInterval(() => this.tick(), this.#live ? 100 : 250).unref();
    return step;
  }

  #end(name: string, milliseconds: number, detail: string): void {
    const step = this.#steps.get(name);
    this.#steps.delete(name);
    if (milliseconds < worthAWord && step?.announced === undefined) return;
    const { t, style } = this.#options;
    const text = t.text("progress.done", { step: this.#label(name), duration: formatDuration(milliseconds) });
    this.#print(`${style.green("✓")} ${text}${detail === "" ? "" : style.dim(` ${detail}`)}`);
  }

  #label(name: string): string {
    const [id = "", ...subject] = name.split(" ");
    const { t } = this.#options;
    return t.lookup(`step.${id}`, subject.length === 0 ? {} : { subject: subject.join(" ") }) ?? name;
  }

  #noteLabel(level: "info" | "warning"): string {
    const { t, style } = this.#options;
    return level === "warning" ? style.yellow(t.text("progress.warning")) : style.dim("·");
  }

  #noteText(event: Extract<ProgressEvent, { type: "note" }>): string {
    return event.text.startsWith("@")
      ? (this.#options.t.lookup(`note.${event.text.slice(1)}`, event.params ?? {}) ?? event.text)
      : event.text;
  }

  #amount(step: Step): string {
    const { t } = this.#options;
    if (step.unit === "") return "";
    const number = (value: number): string => (step.unit === "bytes" ? formatBytes(value) : String(value));
    const unit = step.unit === "bytes" ? "" : ` ${t.lookup(`unit.${step.unit}`) ?? step.unit}`;
    if (step.total === undefined || step.total === 0) return `${number(step.done)}${unit}`;
    return `${Math.floor((step.done / step.total) * 100)}% (${number(step.done)}/${number(step.total)}${unit})`;
  }

  #line(step: Step, now: number | undefined): string {
    const parts = [
      this.#label(step.name),
      this.#amount(step),
      step.detail,
      now === undefined ? "" : this.#rest(step, now),
    ];
    return `${this.#options.style.dim("·")} ${parts.filter((part) => part !== "").join("  ")}`;
  }

  /** The time that is left where the end is known, else the time that has gone. */
  #rest(step: Step, now: number): string {
    const gone = now - step.started;
    const { t } = this.#options;
    if (step.total !== undefined && step.done > 0 && step.done < step.total && gone > 2 * worthAWord)
      return t.text("progress.left", { duration: formatDuration((gone / step.done) * (step.total - step.done)) });
    return formatDuration(gone);
  }

  #draw(now: number): void {
    const step = [...this.#steps.values()].at(-1);
    if (step === undefined || now - step.started < worthAWord / 3) return this.#clear();
    const others = this.#steps.size - 1;
    const frame = frames[this.#frame++ % frames.length] ?? "";
    const parts = [
      frame,
      this.#label(step.name),
      this.#amount(step),
      this.#rest(step, now),
      step.detail,
      others > 0 ? `+${others}` : "",
    ];
    // A terminal that does not know its width says 0: those that recorders and CI runners make.
    const width = (this.#options.stderr.columns || 80) - 1;
    let text = parts.filter((part) => part !== "").join("  ");
    while (text !== "" && displayWidth(text) > width) text = text.slice(0, -1);
    this.#options.stderr.write(`\r\u001B[2K${printableLine(text, this.#options.style)}`);
    this.#drawn = true;
  }

  #clear(): void {
    if (!this.#drawn) return;
    this.#drawn = false;
    this.#options.stderr.write("\r\u001B[2K");
  }

  #print(text: string): void {
    this.#clear();
    this.#options.stderr.write(`${printableLine(text, this.#options.style)}\n`);
  }
}
