import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemCode } from "../core/errors.ts";
import { findSetting, goenvPath, readLines } from "../core/go-env-file.ts";
import { compareGoVersions, parseGoVersion } from "../core/go-version.ts";
import {
  parseGoDirectives,
  parseGotoolchain,
  parseGoVersionFile,
  parseMiseToml,
  parseToolVersions,
  type PinText,
} from "./parse-pins.ts";
import { parseSelector } from "./select.ts";

/** Where a version can be asked for, in order of precedence; docs/how-to/switch-toolchains.md says the rule. */
export type PinPlace = "GOTOOLCHAIN" | "toolchain" | "go" | ".go-version" | ".tool-versions" | "mise.toml" | "current";

export interface Pin {
  readonly place: PinPlace;
  /** The file, or the variable's name. */
  readonly where: string;
  /** As it stands there; `local` of GOTOOLCHAIN. */
  readonly version: string;
  readonly kind: "exact" | "minimum" | "local";
}

export interface JudgedPin extends Pin {
  /**
   * `chosen` decides; `satisfied` is a minimum that the chosen one fulfils; `too-old` is below a minimum that stands above it; `overruled` stands
   * below what decides; `unreadable` is no Go version.
   */
  readonly state: "chosen" | "satisfied" | "too-old" | "overruled" | "unreadable";
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EISDIR", "EACCES"].includes(systemCode(error) ?? "")) return undefined;
    throw error;
  }
}

/** The nearest of these files, from a folder upwards. */
export async function nearestFile(
  cwd: string,
  names: readonly string[],
): Promise<{ path: string; text: string } | undefined> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const name of names) {
      const text = await readIfThere(join(folder, name));
      if (text !== undefined) return { path: join(folder, name), text };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** A setting of the go command: the variable, else what `go env -w` wrote; undefined where neither is there. */
export async function goSetting(env: Env, name: string): Promise<{ value: string; where: string } | undefined> {
  const set = env[name];
  if (set !== undefined && set !== "") return { value: set, where: name };
  const path = goenvPath(env, process.platform);
  if (path === undefined) return undefined;
  const value = findSetting((await readLines(path)) ?? [], name)?.value.trim() ?? "";
  return value === "" ? undefined : { value, where: path };
}

/** The files beside go.mod that name one version. */
const files: readonly { place: PinPlace; names: readonly string[]; parse: (text: string) => PinText | undefined }[] = [
  { place: ".go-version", names: [".go-version"], parse: parseGoVersionFile },
  { place: ".tool-versions", names: [".tool-versions"], parse: parseToolVersions },
  { place: "mise.toml", names: ["mise.toml", ".mise.toml"], parse: parseMiseToml },
];

/** go.work where there is one and GOWORK does not forbid it, else go.mod: the go command reads the one or the other. */
async function goFile(cwd: string, env: Env): Promise<{ path: string; text: string } | undefined> {
  const gowork = env["GOWORK"] ?? "";
  if (gowork !== "" && gowork !== "off") {
    const text = await readIfThere(gowork);
    if (text !== undefined) return { path: gowork, text };
  }
  return (gowork === "off" ? undefined : await nearestFile(cwd, ["go.work"])) ?? (await nearestFile(cwd, ["go.mod"]));
}

/** Everything that asks for a Go version in a folder, in order of precedence; `current` is the version that the user switched to. */
export async function gatherPins(cwd: string, env: Env, current: string | undefined): Promise<readonly Pin[]> {
  const pins: Pin[] = [];
  const setting = await goSetting(env, "GOTOOLCHAIN");
  const asked = setting === undefined ? undefined : parseGotoolchain(setting.value);
  if (setting !== undefined && asked !== undefined)
    pins.push({
      place: "GOTOOLCHAIN",
      where: setting.where,
      ...(asked === "local" ? { version: "local", kind: "local" } : asked),
    });
  const modFile = await goFile(cwd, env);
  if (modFile !== undefined) {
    const { toolchain, go } = parseGoDirectives(modFile.text);
    if (toolchain !== undefined) pins.push({ place: "toolchain", where: modFile.path, ...toolchain });
    if (go !== undefined) pins.push({ place: "go", where: modFile.path, ...go });
  }
  for (const { place, names, parse } of files) {
    const file = await nearestFile(cwd, names);
    const pin = file === undefined ? undefined : parse(file.text);
    if (file !== undefined && pin !== undefined) pins.push({ place, where: file.path, ...pin });
  }
  if (current !== undefined) pins.push({ place: "current", where: "current", version: current, kind: "exact" });
  return pins;
}

/** Whether what a selector can mean is older than a minimum: of a language version its newest patch counts. */
function isOlder(version: string, minimum: string): boolean {
  const selector = parseSelector(version);
  const [a, b] = [parseGoVersion(version), parseGoVersion(minimum)];
  if (a === undefined || b === undefined || selector === undefined) return false;
  if (selector.kind === "language") return a.major < b.major || (a.major === b.major && a.minor < b.minor);
  return compareGoVersions(a, b) < 0;
}

/**
 * Which pin decides: the first that names a version, unless a minimum above it is newer. Where only minimums are there, the newest of them is the
 * version. GOTOOLCHAIN=local leaves only the user's own `current`. Pure.
 */
export function judgePins(pins: readonly Pin[]): readonly JudgedPin[] {
  const local = pins.some((pin) => pin.kind === "local");
  let chosen: Pin | undefined;
  let minimum: Pin | undefined;
  const states = pins.map((pin): JudgedPin["state"] => {
    if (pin.kind === "local") return "satisfied";
    if (local && pin.place !== "current") return "overruled";
    if (parseSelector(pin.version) === undefined) return "unreadable";
    if (chosen !== undefined) {
      const fulfilled = pin.kind === "minimum" && !isOlder(chosen.version, pin.version);
      return fulfilled ? "satisfied" : "overruled";
    }
    if (pin.kind === "minimum") {
      if (minimum === undefined || isOlder(minimum.version, pin.version)) minimum = pin;
      return "satisfied";
    }
    if (minimum !== undefined && isOlder(pin.version, minimum.version)) return "too-old";
    chosen = pin;
    return "chosen";
  });
  chosen ??= minimum;
  return pins.map((pin, index) => ({ ...pin, state: pin === chosen ? "chosen" : (states[index] ?? "overruled") }));
}
