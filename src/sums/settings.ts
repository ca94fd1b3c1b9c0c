import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { present } from "../core/present.ts";
import { goSetting } from "../goroot/index.ts";
import type { GoSettings, Setting } from "./types.ts";

const names = [
  "GOMODCACHE", "GOPATH", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GOINSECURE", "GOFLAGS", "GOWORK",
] as const; // prettier-ignore
type Name = (typeof names)[number];

/** The `go` of PATH. Relative folders are passed over, as go does: what lies in a project must never start. */
async function findGo(path: string | undefined): Promise<string | undefined> {
  for (const folder of (path ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const file = join(folder, "go");
    const isFile = await stat(file).then(
      (facts) => facts.isFile(),
      () => false,
    );
    if (!isFile) continue;
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}

/** What `go env` says away from any project: defaults of this Go and its tree's go.env included. */
async function askGo(ports: Ports, go: string): Promise<Readonly<Record<string, string>>> {
  try {
    const env = { ...present(ports.env), GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off" };
    const spec = { command: go, args: ["env", "-json", ...names], cwd: "/", env, timeout: 20_000 };
    const { status, stdout } = await ports.process.run(spec);
    return status === 0 ? (JSON.parse(stdout.toString("utf8")) as Record<string, string>) : {};
  } catch (error) {
    if (error instanceof MedkitError && error.code === "INTERRUPTED") throw error;
    return {};
  }
}

/** Settings as the go command takes them: variable, then the user's file, then what the Go tree and Go itself say. Starts `go env` and nothing else. */
export async function gatherSettings(ports: Ports): Promise<GoSettings> {
  const go = await findGo(ports.env["PATH"]);
  const said = go === undefined ? {} : await askGo(ports, go);
  const read = async (name: Name, fallback: string): Promise<Setting> =>
    (await goSetting(ports.env, name)) ?? {
      // These two are given to go empty, since a project's own must not count there.
      value: name === "GOFLAGS" || name === "GOWORK" ? fallback : said[name] || fallback,
      where: "default",
    };
  const home = ports.env["HOME"];
  const gopath = (await read("GOPATH", home ? join(home, "go") : "")).value.split(delimiter)[0] || undefined;
  const cache = (await read("GOMODCACHE", gopath === undefined ? "" : join(gopath, "pkg", "mod"))).value;
  return {
    gomodcache: isAbsolute(cache) ? cache : undefined,
    gopath,
    goproxy: await read("GOPROXY", "direct"),
    gosumdb: await read("GOSUMDB", "sum.golang.org"),
    gonosumdb: await read("GONOSUMDB", ""),
    goprivate: await read("GOPRIVATE", ""),
    goinsecure: await read("GOINSECURE", ""),
    goflags: await read("GOFLAGS", ""),
    gowork: await read("GOWORK", ""),
    go,
  };
}
