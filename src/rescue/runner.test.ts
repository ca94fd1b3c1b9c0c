import { expect, test } from "vitest";
import type { Ports } from "../core/ports.ts";
import { CommandRunner } from "./runner.ts";

test("a command is not started once medkit was asked to end", async () => {
  const ports = { signal: AbortSignal.abort(), clock: { monotonic: () => 0 } } as unknown as Ports;
  const output = { stdoutTerminal: false, stderrTerminal: false, same: false };
  const runner = new CommandRunner(ports, { output, mayRepeat: () => Promise.resolve(false) });
  const command = { argv: ["true"], cwd: "/", env: {}, limits: {} } as const;
  await expect(runner.run(command)).rejects.toMatchObject({ code: "INTERRUPTED" });
  expect(runner.attempts).toBe(0);
});
