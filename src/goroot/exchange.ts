import { lstat } from "node:fs/promises";
import { MedkitError } from "../core/errors.ts";
import type { Ports, ProcessSpec } from "../core/ports.ts";

/** Lets two names of one file system change places in one step. False where this host cannot; nothing has changed then. */
export type Exchange = (one: string, other: string) => Promise<boolean>;

/** renameat2(2) by its number in Linux's table; RENAME_EXCHANGE is 2, AT_FDCWD -100. */
const systemCall: Readonly<Record<string, number>> = { amd64: 316, arm64: 276 };
const perl = "exit(syscall($ARGV[0] + 0, -100, $ARGV[1], -100, $ARGV[2], 2) == 0 ? 0 : 1)";

/**
 * By the host's `mv --exchange` (GNU coreutils 9.5 on), else by perl, which nearly every Linux has: Node has no renameat2(2), and without it a folder
 * cannot become a link at one moment. What counts is what is there afterwards, not what the program says: an older `mv` refuses the flag.
 */
export function hostExchange(ports: Pick<Ports, "process" | "env" | "platform">): Exchange {
  const call = ports.platform.os === "linux" ? systemCall[ports.platform.arch] : undefined;
  return async (one, other) => {
    const before = (await lstat(one)).ino;
    const programs: Pick<ProcessSpec, "command" | "args">[] = [
      { command: "mv", args: ["--exchange", "--no-copy", "-T", "--", one, other] },
      ...(call === undefined ? [] : [{ command: "perl", args: ["-e", perl, String(call), one, other] }]),
    ];
    const env = { PATH: ports.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C" };
    for (const program of programs) {
      try {
        await ports.process.run({ ...program, env, timeout: 10_000 });
      } catch (error) {
        if (error instanceof MedkitError && error.code === "INTERRUPTED") throw error;
        // Not installed: the next one is tried.
        continue;
      }
      if ((await lstat(one)).ino !== before) return true;
    }
    return false;
  };
}
