// medkit's process frame around a main that does what its first argument says; for the tests of signals and pipes.
import { runInProcess } from "../process-host.ts";

await runInProcess(() =>
  Promise.resolve(async ({ argv, signal, streams }) => {
    switch (argv[0]) {
      case "polite":
        streams.stderr.write("ready\n");
        await new Promise<void>((resolve) => {
          const timer = setInterval(() => undefined, 1000);
          signal.addEventListener("abort", () => {
            clearInterval(timer);
            resolve();
          });
        });
        return 130;
      case "deaf":
        streams.stderr.write("ready\n");
        await new Promise(() => setInterval(() => undefined, 1000));
        return 0;
      case "broken":
        throw new Error("nobody caught this");
      case "chatty":
        for (let line = 0; line < 20_000; line++) await new Promise<void>((resolve) => streams.stdout.write(`line ${line}\n`, () => resolve()));
        return 3;
      default:
        void Promise.reject(new Error("nobody awaited this"));
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return 0;
    }
  }),
);
