import { mkdir, writeFile } from "node:fs/promises";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Where a measurement took place: figures mean nothing without it. */
export function hostFacts(): Readonly<Record<string, string | number>> {
  const processors = cpus();
  return {
    kernel: release(),
    platform: `${process.platform}-${process.arch}`,
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

export async function writeResult(name: string, result: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = join(root, "bench", "results");
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  await writeFile(
    file,
    `${JSON.stringify({ schema: `medkit/bench/${name}/v1`, measured: new Date().toISOString(), host: hostFacts(), ...result }, null, 2)}\n`,
  );
  return file;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

export function hostLine(): string {
  return Object.entries(hostFacts())
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
