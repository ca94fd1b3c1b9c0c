import { readFile } from "node:fs/promises";
import { freemem } from "node:os";

const names: Readonly<Record<string, string>> = {
  "Max open files": "open files",
  "Max processes": "processes",
  "Max address space": "address space",
  "Max file size": "file size",
};

/** Reads /proc/self/limits (proc(5)). */
export function parseLimits(text: string): Record<string, { readonly soft: number; readonly hard: number }> {
  const value = (word: string | undefined): number => (word === "unlimited" ? Number.POSITIVE_INFINITY : Number(word));
  const found: Record<string, { soft: number; hard: number }> = {};
  for (const line of text.split("\n")) {
    const match = /^(Max [a-z ]+?)\s{2,}(\S+)\s+(\S+)/.exec(line);
    const name = names[match?.[1] ?? ""];
    if (name !== undefined) found[name] = { soft: value(match?.[2]), hard: value(match?.[3]) };
  }
  return found;
}

async function readNumber(path: string): Promise<number | undefined> {
  const text = (await readFile(path, "utf8").catch(() => "")).trim();
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Free memory, and the limit of the control group (version 2, else 1) that this process is in. */
export async function gatherMemory(): Promise<{ readonly available: number; readonly limit: number | undefined }> {
  const info = await readFile("/proc/meminfo", "utf8").catch(() => "");
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(info)?.[1];
  const available = kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  const groups = await readFile("/proc/self/cgroup", "utf8").catch(() => "");
  const unified = /^0::(\/.*)$/m.exec(groups)?.[1];
  const memory = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/m.exec(groups)?.[1];
  const limits = [
    unified === undefined ? undefined : await readNumber(`/sys/fs/cgroup${unified}/memory.max`),
    await readNumber("/sys/fs/cgroup/memory.max"),
    memory === undefined ? undefined : await readNumber(`/sys/fs/cgroup/memory${memory}/memory.limit_in_bytes`),
  ].filter((each): each is number => each !== undefined && each < 2 ** 60);
  return { available, limit: limits.length === 0 ? undefined : Math.min(...limits) };
}
