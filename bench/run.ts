// npm run bench -- NAME [OPTIONS]: side-by-side measurements. Results go to bench/results/NAME.json; a table to standard output.
const benches: Readonly<
  Record<string, () => Promise<{ readonly bench: (args: readonly string[]) => Promise<number> }>>
> = {
  recovery: () => import("./recovery.ts"),
  download: () => import("./download.ts"),
  proxy: () => import("./proxy.ts"),
  "start-up": () => import("./start-up.ts"),
  toolchain: () => import("./toolchain.ts"),
};

const [name = "", ...args] = process.argv.slice(2);
const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (load === undefined) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join("|")} [options]\n`);
  process.exitCode = 2;
} else {
  const { bench } = await load();
  process.exitCode = await bench(args);
}
