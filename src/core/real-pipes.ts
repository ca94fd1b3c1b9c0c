import { spawn } from "node:child_process";
import { closeSync, constants, createReadStream, fstatSync, openSync, writeSync } from "node:fs";
import type { Readable } from "node:stream";

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

export interface PipeReader {
  readonly stream: Readable;
  /** Stops reading although a writer is still there: a blocked read would keep this process from ending. */
  abandon(): void;
}

/** Reads the one end of a pipe, and closes it at the end. */
export function readPipe(fd: number): PipeReader {
  const stream = createReadStream("", { fd, highWaterMark: 64 * 1024 });
  stream.on("error", () => stream.destroy());
  return {
    stream,
    abandon: () => {
      if (stream.destroyed || stream.readableEnded) return;
      stream.removeAllListeners("data");
      stream.unpipe();
      try {
        // One byte of our own ends the read that waits for one.
        const write = openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
        writeSync(write, "\n");
        closeSync(write);
      } catch {
        // The pipe is full, so no read waits; or it is gone.
      }
      stream.destroy();
    },
  };
}
