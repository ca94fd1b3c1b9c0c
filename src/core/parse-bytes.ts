const units: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Parses `50GiB`, `1.5 TB`, `1000` (octets) to octets; `kB` to `TB` are powers of 1000, `KiB` to `TiB` of 1024. Undefined where the text is none. */
export function parseBytes(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,15}(?:\.\d{1,9})?) ?([A-Za-z]{1,3})?$/.exec(text.trim()) ?? [];
  const factor = units[unit ?? "B"];
  return amount === undefined || factor === undefined ? undefined : Math.floor(Number(amount) * factor);
}
