/** Bytes a second. Below it a toolchain would take a day, and a source that drips could keep a command for ever. */
const LEAST = 1024;

/** Aborts its signal once nothing was seen for a while, or too little in that time. */
export class StallWatch {
  readonly seconds: number;
  /** Bytes that have to come in that time. */
  readonly least: number;
  readonly #limit: number;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout;
  #since = performance.now();
  #bytes = 0;
  #isSlow = false;

  constructor(limit: number) {
    this.#limit = limit;
    this.seconds = Math.round(limit / 1000);
    this.least = Math.floor((LEAST * limit) / 1000);
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isOver(): boolean {
    return this.#controller.signal.aborted;
  }

  /** It is over because of what came, which was too little. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  /** Something came: an answer, whose first byte starts the count, or so many bytes of it. */
  seen(bytes = 0): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
    const now = performance.now();
    this.#bytes += bytes;
    const isTimeUp = now - this.#since >= this.#limit;
    if (bytes > 0 && !isTimeUp) return;
    if (bytes > 0 && this.#bytes < this.least) {
      this.#isSlow = true;
      this.#controller.abort();
    }
    this.#since = now;
    this.#bytes = 0;
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => this.#controller.abort(), this.#limit);
  }
}
