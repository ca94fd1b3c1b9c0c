import { delimiter, isAbsolute, join } from "node:path";
import { findSetting, goenvPath, readLines } from "../core/go-env-file.ts";
import { splitGoflags } from "../core/goflags.ts";
import { redactUrl } from "../module/index.ts";
import { SETTING_NAMES, type Setting, type SettingName, type Settings } from "./types.ts";

type Env = Readonly<Record<string, string | undefined>>;

interface SettingsFile {
  readonly path: string;
  readonly lines: readonly string[];
}

export interface SettingSources {
  readonly env: Env;
  /** What `go env -w` wrote. */
  readonly user: SettingsFile | undefined;
  /** `go.env` of GOROOT, read since Go 1.21. */
  readonly goroot: SettingsFile | undefined;
  /** Go's own platform names of this host. */
  readonly platform: { readonly os: string; readonly arch: string };
}

async function readSettingsFile(path: string | undefined): Promise<SettingsFile | undefined> {
  const lines = path === undefined ? undefined : await readLines(path);
  return path === undefined || lines === undefined ? undefined : { path, lines };
}

const plainFlags = /^--?(?:mod|modfile|overlay|tags|modcacherw|trimpath|buildvcs|race|v)(?:=|$)/;

/** A value for people: addresses without their credentials, and of GOFLAGS the values of those flags only that can have none (`-ldflags` sets anything). */
export function shownValue(name: string, value: string): string {
  if (name === "GOFLAGS")
    return splitGoflags(value).map((word) => (plainFlags.test(word) ? word : word.replace(/=[\s\S]*$/, "=…"))).join(" "); // prettier-ignore
  return value.split(/([,|\s])/).map(redactUrl).join(""); // prettier-ignore
}

/** One variable as cmd/go/internal/cfg.Getenv has it; undefined where it is nowhere set, or set empty. */
export function lookUp(name: string, { env, user, goroot }: SettingSources): Setting | undefined {
  const set = env[name];
  if (set !== undefined && set !== "")
    return { value: set, evidence: { where: "environment", text: `${name}=${shownValue(name, set)}` } };
  for (const file of [user, goroot]) {
    const found = file === undefined ? undefined : findSetting(file.lines, name);
    if (file === undefined || found === undefined) continue;
    // Set empty in the user's file, it still keeps GOROOT's from counting.
    if (found.value === "") return undefined;
    const text = `${name}=${shownValue(name, found.value)}`;
    return { value: found.value, evidence: { where: file.path, line: found.line, text } };
  }
  return undefined;
}

function defaultOf(name: SettingName, sources: SettingSources): string {
  switch (name) {
    case "GOPATH":
      return sources.env["HOME"] ? join(sources.env["HOME"], "go") : "";
    case "GOTOOLCHAIN":
      // Only a go.env says `auto`; where that line is not there, no switch happens (cmd/go/internal/toolchain.Select).
      return sources.goroot === undefined ? "auto" : "";
    case "GOPROXY":
      // cmd/go/internal/cfg of Go before 1.21; since then it stands in go.env.
      return ["https://proxy", "golang", "org,direct"].join(".");
    case "GOSUMDB":
      return "sum.golang.org";
    case "GOOS":
      return sources.platform.os;
    case "GOARCH":
      return sources.platform.arch;
    case "CGO_ENABLED":
      return "1";
    default:
      return "";
  }
}

/** All settings with where they stand. Pure. */
export function judgeSettings(sources: SettingSources): Settings {
  const read = (name: SettingName): Setting => {
    const found = lookUp(name, sources);
    if (found !== undefined) return found;
    const value = defaultOf(name, sources);
    return { value, evidence: { where: "default", text: `${name}=${value}` } };
  };
  const settings = Object.fromEntries(SETTING_NAMES.map((name) => [name, read(name)])) as Record<SettingName, Setting>;
  const derived = (name: SettingName, from: SettingName, value: string): void => {
    if (settings[name].value !== "" || value === "") return;
    settings[name] = { value, evidence: { ...settings[from].evidence } };
  };
  const gopath = settings.GOPATH.value.split(delimiter)[0] ?? "";
  if (settings.GOMODCACHE.value === "" && isAbsolute(gopath)) {
    const value = join(gopath, "pkg", "mod");
    settings.GOMODCACHE = { value, evidence: { where: "default", text: `GOMODCACHE=${value}` } };
  }
  derived("GONOPROXY", "GOPRIVATE", settings.GOPRIVATE.value);
  derived("GONOSUMDB", "GOPRIVATE", settings.GOPRIVATE.value);
  return settings;
}

/** Reads the two files of settings. `goroot`: whose go.env counts. */
export async function readSettingSources(
  env: Env,
  platform: SettingSources["platform"],
  goroot: string | undefined,
): Promise<SettingSources> {
  const user = await readSettingsFile(goenvPath(env, platform.os));
  return {
    env,
    user,
    goroot: await readSettingsFile(goroot === undefined ? undefined : join(goroot, "go.env")),
    platform,
  };
}
