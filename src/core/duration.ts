const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const grammar = /^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;

/**
 * Parses a duration as Go's time.ParseDuration has it (`300ms`, `1.5h`, `1h30m`, `0`), without a sign, to milliseconds;
 * undefined where the text is none.
 */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!grammar.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g))
    total += Number(amount) * (units[unit ?? ""] ?? 0);
  return total;
}
