import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, read as readInto, writeSync } from "node:fs";

/** Both ends of a pipe(2), as descriptors of this process. */
export interface RealPipe {
  readonly read: number;
  readonly write: number;
}

/** Two pipes, made by a shell's own pipelines and held by a process that says its number and waits. */
const script = ": | { exec 3<&0; : | /bin/sh -c 'echo \"$$\"; exec sleep 5'; }";

/** Opens a pipe that another process holds (proc(5)): whatever end that is, the kernel gives the one that is asked for. */
function openBoth(path: string): RealPipe | undefined {
  let read: number | undefined;
  try {
    read = openSync(path, constants.O_RDONLY);
    const write = openSync(path, constants.O_WRONLY);
    if (fstatSync(read).isFIFO()) return { read, write };
    closeSync(write);
  } catch {
    // No /proc, or not ours to look into.
  }
  if (read !== undefined) closeSync(read);
  return undefined;
}

/**
 * Makes two real pipes. The runtime gives children sockets in their place: a program that opens `/dev/stderr` cannot open a socket, and one that writes
 * to a reader that is gone hears of a reset connection. Linux only; undefined where it cannot be done. Takes a few milliseconds.
 */
export function makePipes(): Promise<readonly [RealPipe, RealPipe] | undefined> {
  if (process.platform !== "linux") return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const helper = spawn("/bin/sh", ["-c", script], {
      stdio: ["ignore", "pipe", "ignore"],
      env: { PATH: "/usr/bin:/bin" },
    });
    const giveUp = setTimeout(() => finish(undefined), 1000);
    const finish = (pid: number | undefined): void => {
      clearTimeout(giveUp);
      helper.removeAllListeners();
      helper.on("error", () => undefined);
      helper.stdout.destroy();
      const [first, second] = pid === undefined ? [] : [openBoth(`/proc/${pid}/fd/0`), openBoth(`/proc/${pid}/fd/3`)];
      try {
        if (pid !== undefined) process.kill(pid, "SIGKILL");
      } catch {
        // It has ended by itself.
      }
      helper.kill("SIGKILL");
      if (first !== undefined && second !== undefined) return resolve([first, second]);
      for (const pipe of [first, second]) if (pipe !== undefined) closePipe(pipe);
      resolve(undefined);
    };
    helper.once("error", () => finish(undefined));
    helper.stdout.once("data", (data: Buffer) => {
      const pid = Number(data.toString().trim());
      finish(Number.isInteger(pid) && pid > 1 ? pid : undefined);
    });
    helper.once("exit", () => finish(undefined));
  });
}

export function closePipe(pipe: RealPipe): void {
  closeSync(pipe.read);
  closeSync(pipe.write);
}

/** Takes one piece of a stream; the next is read when it is done. False: nobody wants more. */
export type TakeChunk = (chunk: Buffer) => Promise<boolean>;

export interface PipeReader {
  /** Reads to the end of the stream, or to where {@link finish} cut it. Called once. */
  read(take: TakeChunk): Promise<void>;
  /** All that was written until now is still read; what writers that are left write later is not waited for. */
  finish(): void;
}

/** How often a full pipe is tried again, in milliseconds. */
const retry = 20;

/**
 * Reads the one end of a pipe, and closes it at the end. A read that waits cannot be called off, and no question tells whether a pipe is empty; so the end
 * is a mark of random bytes that we write into the pipe ourselves: what comes before it was written before it (pipe(7): writes up to PIPE_BUF are whole).
 */
export function readPipe(fd: number): PipeReader {
  const mark = randomBytes(32);
  let finishing = false;
  let closed = false;
  const sign = (): void => {
    if (closed) return;
    let write: number | undefined;
    try {
      write = openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
      writeSync(write, mark);
    } catch {
      // It is full: its reader is slow, and no read waits.
      setTimeout(sign, retry);
    }
    if (write !== undefined) closeSync(write);
  };
  return {
    async read(take) {
      const buffer = Buffer.allocUnsafe(64 * 1024);
      /** What may be the beginning of the mark, until the next bytes tell. */
      let held: Buffer = Buffer.alloc(0);
      try {
        for (;;) {
          const size = await readSome(fd, buffer);
          if (size === 0) break;
          let chunk: Buffer = Buffer.concat([held, buffer.subarray(0, size)]);
          held = Buffer.alloc(0);
          const end = finishing ? chunk.indexOf(mark) : -1;
          if (finishing && end < 0) {
            const keep = overlap(chunk, mark);
            held = chunk.subarray(chunk.length - keep);
            chunk = chunk.subarray(0, chunk.length - keep);
          }
          if (end >= 0) chunk = chunk.subarray(0, end);
          if (chunk.length > 0 && !(await take(chunk))) return;
          if (end >= 0) return;
        }
        if (held.length > 0) await take(held);
      } finally {
        closed = true;
        closeSync(fd);
      }
    },
    finish() {
      finishing = true;
      sign();
    },
  };
}

function readSome(fd: number, buffer: Buffer): Promise<number> {
  return new Promise((resolve) => {
    readInto(fd, buffer, 0, buffer.length, null, (error, size) => resolve(error === null ? size : 0));
  });
}

/** How many bytes at the end of `chunk` are the beginning of `mark`. */
function overlap(chunk: Buffer, mark: Buffer): number {
  for (let size = Math.min(mark.length - 1, chunk.length); size > 0; size--)
    if (chunk.subarray(chunk.length - size).equals(mark.subarray(0, size))) return size;
  return 0;
}
