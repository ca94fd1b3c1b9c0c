import type { Probes } from "../../probes/types.ts";

/** The C compiler that the go command takes where CC names none, and this host has; undefined where it has none. */
export async function usualCompiler({ which }: Pick<Probes, "which">): Promise<string | undefined> {
  return (await which("gcc")) ?? (await which("clang"));
}

/** The program in a setting of CC, which may hold flags too. */
export function compilerProgram(setting: string): string {
  return setting.split(" ")[0] ?? "";
}
