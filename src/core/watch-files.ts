import { stat } from "node:fs/promises";

async function stateOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeMs } = await stat(path);
    return `${dev} ${ino} ${size} ${mtimeMs}`;
  } catch {
    return "absent";
  }
}

/**
 * Looks at files every `every` milliseconds, and tells when one is another than before. A look is cheap and sees what a watch does not: a link that
 * now leads elsewhere (as secrets of a cluster are renewed), a network file system. `onChange` runs alone; what it throws is its own affair.
 */
export function watchFiles(paths: readonly string[], every: number, onChange: () => Promise<void>): Disposable {
  const look = async (): Promise<string> => (await Promise.all(paths.map(stateOf))).join("\n");
  let last: string | undefined;
  let busy = false;
  const tick = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      const now = await look();
      if (last !== undefined && now !== last) await onChange();
      last = now;
    } finally {
      busy = false;
    }
  };
  void tick();
  const timer = setInterval(() => void tick(), every);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
