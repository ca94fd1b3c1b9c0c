import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { countLine, skipReason } from "./count-reporter.ts";
import { root } from "./node-path.mjs";

/** Runs one fixture by a vitest of its own, and gives the last lines and the status. */
function run(fixture: string, env: Readonly<Record<string, string>>) {
  const program = `
    import { startVitest } from "vitest/node";
    import { CountReporter } from ${JSON.stringify(`${root}tools/count-reporter.ts`)};
    const options = { run: true, config: false, include: ["tools/__fixtures__/${fixture}.case.ts"], reporters: [new CountReporter()] };
    const vitest = await startVitest("test", [], options);
    await vitest?.close();
  `;
  const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", ...env },
    encoding: "utf8",
  });
  return {
    status,
    lines: stdout
      .trimEnd()
      .split("\n")
      .filter((line) => line !== ""),
  };
}

test("counts", () => {
  expect(countLine({ passed: 3, failed: 0, skipped: [] })).toBe("3 passed, 0 failed");
  expect(countLine({ passed: 3, failed: 1, skipped: ["a"] })).toBe("3 passed, 1 failed, 1 skipped");
  expect(skipReason("x [skipped: no root]")).toBe("no root");
  expect(skipReason("x")).toBe("no reason given");
});

test("a run ends with its count, and each skip with its reason", () => {
  expect(run("sample", {})).toEqual({
    status: 1,
    lines: [
      "skipped: group > absent: zsh is not installed",
      "skipped: group > noted: no root",
      "skipped: group > silent: no reason given",
      "1 passed, 1 failed, 3 skipped",
    ],
  });
});

test("a skip is a failure with CI=true, and only there", () => {
  expect(run("skipping", {})).toMatchObject({ status: 0 });
  const { status, lines } = run("skipping", { CI: "true" });
  expect(status).toBe(1);
  expect(lines.at(-1)).toBe("1 passed, 0 failed, 1 skipped");
});
