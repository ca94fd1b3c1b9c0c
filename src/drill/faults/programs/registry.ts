import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Fault } from "../types.ts";
import { PROGRAMS, type Program } from "./list.ts";

function faultOf({ id, title, files, command, healthy }: Program): Fault {
  return {
    id,
    title,
    cause: undefined,
    expect: "left-alone",
    pairs: false,
    ...(healthy === true ? { passes: true } : {}),
    command: () => command,
    setUp: async ({ host }) => {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(host.project, name)), { recursive: true });
        await writeFile(join(host.project, name), text);
      }
    },
  };
}

/** Projects that rescue has to leave alone: nothing is changed, no cause is told, and the command ends as it would without medkit. */
export const programFaults: readonly Fault[] = PROGRAMS.map(faultOf);
