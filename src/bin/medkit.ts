// Entry point. What a command needs is loaded when it is needed; the version needs next to nothing.

// The checkout's launcher sets it, for a quick start of our own files; programs that medkit runs must not inherit it.
delete process.env["NODE_COMPILE_CACHE"];

if (process.argv.length === 3 && process.argv[2] === "--version") {
  const { version } = await import("../cli/version.ts");
  const broken = await new Promise<Error | null | undefined>((resolve) => {
    process.stdout.on("error", resolve);
    process.stdout.write(`medkit ${version}\n`, resolve);
  });
  // A reader that goes away is no error; a full device is one.
  if (broken) await (await import("./process-host.ts")).tellFull(broken);
} else {
  const { runInProcess } = await import("./process-host.ts");
  await runInProcess(async () => (await import("../cli/main.ts")).main);
}
