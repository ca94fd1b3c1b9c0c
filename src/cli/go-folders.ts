import { join } from "node:path";
import { goSetting } from "../goroot/index.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** First folder of the go command's GOPATH: the variable, what `go env -w` wrote, else `go` in the user's folder; undefined where there is none. */
export async function gopathOf(env: Env): Promise<string | undefined> {
  const gopath = (await goSetting(env, "GOPATH"))?.value.split(":")[0];
  return gopath ?? (env["HOME"] ? join(env["HOME"], "go") : undefined);
}

/** The go command's GOMODCACHE, by the same rule; undefined where there is none. */
export async function moduleCacheOf(env: Env): Promise<string | undefined> {
  const given = (await goSetting(env, "GOMODCACHE"))?.value;
  const gopath = await gopathOf(env);
  return given ?? (gopath === undefined ? undefined : join(gopath, "pkg", "mod"));
}
