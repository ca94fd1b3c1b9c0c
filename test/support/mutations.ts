import {
  appendFileSync,
  chmodSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** A change that somebody, or a bad disk, could make to a kit. `undo` puts the kit back exactly. */
export interface Mutation {
  readonly text: string;
  readonly undo: () => void;
}

/** A small seeded generator (mulberry32): the same seed makes the same mutations. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function keep(path: string): () => void {
  const { mode } = lstatSync(path);
  const bytes = readFileSync(path);
  return () => {
    rmSync(path, { recursive: true, force: true });
    writeFileSync(path, bytes);
    chmodSync(path, mode & 0o7777);
  };
}

type Mutate = (root: string, pick: () => string, random: (below: number) => number) => Mutation | undefined;

const kinds: readonly Mutate[] = [
  (root, pick, random) => {
    const path = pick();
    const undo = keep(join(root, path));
    const bytes = readFileSync(join(root, path));
    if (bytes.length === 0) return undefined;
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    writeFileSync(join(root, path), bytes);
    return { text: `flip one bit of ${path} at ${at}`, undo };
  },
  (root, pick, random) => {
    const path = pick();
    const undo = keep(join(root, path));
    const { size } = lstatSync(join(root, path));
    if (size === 0) return undefined;
    truncateSync(join(root, path), size - 1 - random(Math.min(size, 4096)));
    return { text: `truncate ${path}`, undo };
  },
  (root, pick, random) => {
    const path = pick();
    const undo = keep(join(root, path));
    appendFileSync(join(root, path), ["\n", "\0", " ", "x", "\r\n"][random(5)] ?? "\n");
    return { text: `extend ${path}`, undo };
  },
  (root, pick) => {
    const [a, b] = [pick(), pick()];
    if (a === b || readFileSync(join(root, a)).equals(readFileSync(join(root, b)))) return undefined;
    const swap = (): void => {
      renameSync(join(root, a), join(root, ".swap"));
      renameSync(join(root, b), join(root, a));
      renameSync(join(root, ".swap"), join(root, b));
    };
    swap();
    return { text: `swap ${a} and ${b}`, undo: swap };
  },
  (root, pick, random) => {
    const folder = pick().split("/").slice(0, -1).join("/");
    const path = join(
      root,
      folder,
      ["new", ".hidden", "-rf", "a b", "x\ny", "zh-中", "new.sha256sum"][random(7)] ?? "new",
    );
    writeFileSync(path, "");
    return { text: `add ${JSON.stringify(path.slice(root.length))}`, undo: () => rmSync(path) };
  },
  (root, pick) => {
    const path = pick();
    const undo = keep(join(root, path));
    rmSync(join(root, path));
    return { text: `remove ${path}`, undo };
  },
  (root, pick) => {
    const path = pick();
    renameSync(join(root, path), join(root, `${path}.1`));
    return { text: `rename ${path}`, undo: () => renameSync(join(root, `${path}.1`), join(root, path)) };
  },
  (root, pick, random) => {
    const path = pick();
    const mode = lstatSync(join(root, path)).mode & 0o7777;
    const changed =
      [mode ^ 0o100, mode ^ 0o111, mode | 0o4000, mode | 0o2000, mode | 0o002, mode | 0o1000][random(6)] ?? mode;
    chmodSync(join(root, path), changed);
    return {
      text: `mode of ${path} from ${mode.toString(8)} to ${changed.toString(8)}`,
      undo: () => chmodSync(join(root, path), mode),
    };
  },
  (root, pick, random) => {
    const path = pick();
    const undo = keep(join(root, path));
    const target = ["/etc/hostname", "../../outside", join(root, path) + ".real"][random(3)] ?? "/etc/hostname";
    if (target.endsWith(".real")) renameSync(join(root, path), target);
    else rmSync(join(root, path));
    symlinkSync(target, join(root, path));
    return {
      text: `${path} is a link to ${target.endsWith(".real") ? "its own copy" : target}`,
      undo: () => {
        rmSync(`${join(root, path)}.real`, { force: true });
        undo();
      },
    };
  },
];

/** Changes the kit at `root` in one random way. `paths` are its files. */
export function mutate(root: string, paths: readonly string[], random: (below: number) => number): Mutation {
  const sums = paths.filter((path) => /^[^/]+\.sha256sum$/.test(path));
  for (;;) {
    // Every tenth mutation is of a sum file: there are few, and they are what everything else rests on.
    const pick = (): string =>
      (random(10) === 0 ? sums[random(sums.length)] : paths[random(paths.length)]) ?? "manifest.json";
    const made = kinds[random(kinds.length)]?.(root, pick, random);
    if (made !== undefined) return made;
  }
}
