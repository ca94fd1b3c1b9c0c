/** Milliseconds: bounds of the buckets in which durations are counted. */
const bounds = [1, 5, 25, 100, 500, 2_500, 10_000, 60_000];

/** Counts for `/metrics`, in the Prometheus text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export class Meter {
  /** By kind, then by status. */
  readonly #requests = new Map<string, Map<number, number>>();
  /** Each request in the one bucket that it falls into. */
  readonly #buckets = new Float64Array(bounds.length + 1);
  #seconds = 0;
  #total = 0;
  #sent = 0;
  open = 0;

  /** `kind` is what was asked, `milliseconds` until its last octet was handed to the system. */
  count(kind: string, status: number, octets: number, milliseconds: number): void {
    let statuses = this.#requests.get(kind);
    if (statuses === undefined) {
      statuses = new Map<number, number>();
      this.#requests.set(kind, statuses);
    }
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    let bucket = 0;
    while (milliseconds > (bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket++;
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#total++;
    this.#seconds += milliseconds / 1000;
    this.#sent += octets;
  }

  text(): string {
    const lines = ["# TYPE medkit_proxy_requests_total counter"];
    for (const [kind, statuses] of this.#requests)
      for (const [status, value] of statuses)
        lines.push(`medkit_proxy_requests_total{kind="${kind}",code="${status}"} ${value}`);
    lines.push("# TYPE medkit_proxy_request_seconds histogram");
    let below = 0;
    bounds.forEach((bound, index) => {
      below += this.#buckets[index] ?? 0;
      lines.push(`medkit_proxy_request_seconds_bucket{le="${bound / 1000}"} ${below}`);
    });
    lines.push(
      `medkit_proxy_request_seconds_bucket{le="+Inf"} ${this.#total}`,
      `medkit_proxy_request_seconds_sum ${this.#seconds}`,
      `medkit_proxy_request_seconds_count ${this.#total}`,
      "# TYPE medkit_proxy_sent_bytes_total counter",
      `medkit_proxy_sent_bytes_total ${this.#sent}`,
      "# TYPE medkit_proxy_requests_open gauge",
      `medkit_proxy_requests_open ${this.open}`,
      "# TYPE process_resident_memory_bytes gauge",
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    );
    return `${lines.join("\n")}\n`;
  }
}
