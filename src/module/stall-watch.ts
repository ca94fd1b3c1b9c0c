/** Aborts its signal once nothing was seen for a while. */
export class StallWatch {
  readonly seconds: number;
  readonly #limit: number;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout;

  constructor(limit: number) {
    this.#limit = limit;
    this.seconds = Math.round(limit / 1000);
    this.#timer = this.#start();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isOver(): boolean {
    return this.#controller.signal.aborted;
  }

  seen(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): NodeJS.Timeout {
    return setTimeout(() => this.#controller.abort(), this.#limit);
  }
}
