// npm run check: every check, each one run even when another failed, and one list at the end.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./node-path.mjs";

const service = join(root, "examples/service");

function onPath(command) {
  return (process.env.PATH ?? "").split(":").some((folder) => folder !== "" && existsSync(join(folder, command)));
}

function tracked(...patterns) {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...patterns];
  const run = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return run.status === 0 ? run.stdout.split("\0").filter((path) => path !== "" && existsSync(join(root, path))) : [];
}

function pinned(...args) {
  return [process.execPath, [join(root, "tools/with-node.mjs"), ...args]];
}

const scripts = [...tracked("*.sh"), ...tracked("medkit", ".ci/run", "completions/medkit.bash")];
const shellcheck = (severity, files) => ({
  run: ["shellcheck", [`--severity=${severity}`, "--external-sources", "--source-path=SCRIPTDIR", ...files]],
  absent: files.length === 0 ? "there are none" : onPath("shellcheck") ? undefined : "shellcheck is not installed",
});
const isTest = (path) => path.startsWith("test/");

/** name, command, and why it cannot run here (undefined where it can). `quiet` checks fail by printing anything. */
const checks = [
  { name: "format", run: pinned("oxfmt", "--check", ".") },
  { name: "lint", run: pinned("oxlint", "--deny-warnings", "--report-unused-disable-directives", ".") },
  { name: "types", run: pinned("tsc", "-p", ".") },
  { name: "dead code and dependencies", run: pinned("knip", "--no-config-hints") },
  { name: "own rules", run: pinned(join(root, "tools/lint/run.ts")) },
  {
    name: "shell scripts",
    ...shellcheck(
      "warning",
      scripts.filter((path) => !isTest(path)),
    ),
  },
  { name: "shell scripts of tests", ...shellcheck("error", scripts.filter(isTest)) },
  {
    name: "go format",
    run: ["gofmt", ["-l", "."]],
    cwd: service,
    quiet: true,
    absent: !existsSync(service) ? "there is no examples/service" : onPath("gofmt") ? undefined : "Go is not installed",
  },
  {
    name: "go vet",
    run: ["go", ["vet", "./..."]],
    cwd: service,
    absent:
      !existsSync(service) || !readdirSync(service).includes("go.mod")
        ? "there is no examples/service"
        : onPath("go")
          ? undefined
          : "Go is not installed",
  },
];

const results = [];
for (const { name, run, cwd = root, quiet = false, absent } of checks) {
  if (absent !== undefined) {
    // Where everything is meant to be installed, a check that did not run has not passed. Go comes with no installer of ours.
    const excused = process.env.CI !== "true" || name.startsWith("go ");
    results.push({ name, passed: excused, note: `skipped: ${absent}` });
    continue;
  }
  const [command, args] = run;
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  const passed = status === 0 && !(quiet && stdout !== "");
  if (!passed)
    process.stdout.write(
      `\n== ${name}\n${stdout ?? ""}${stderr ?? ""}${error === undefined ? "" : `${error.message}\n`}`,
    );
  results.push({ name, passed, note: `${((performance.now() - started) / 1000).toFixed(1)} s` });
}

process.stdout.write("\n");
for (const { name, passed, note } of results) process.stdout.write(`${passed ? "ok  " : "FAIL"} ${name} (${note})\n`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
