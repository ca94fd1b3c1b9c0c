import { FAMILIES, type Recording } from "./types.ts";

/** A command that said what its fixture holds, and the full versions of Go with which it did, oldest first. */
export interface FixtureRun {
  readonly variant: string;
  readonly command: string;
  readonly go: readonly string[];
}

/**
 * A fixture is a text: a header of `name: value` lines, then what was written to each stream. Runs of a cause that differ in nothing
 * but the command and the release's own number share one file, in which `{go}` stands for that number.
 */
export interface Fixture extends Omit<Recording, "variant" | "command" | "go"> {
  readonly runs: readonly FixtureRun[];
}

const PLACEHOLDER = "{go}";
const NO_LINE_FEED = "\n\\ no line feed at the end\n";

export function sortVersions(versions: readonly string[]): string[] {
  return versions.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function withPlaceholder(text: string, go: string): string {
  return go === "any" ? text : text.replaceAll(go, PLACEHOLDER);
}

/** Puts together what says the same. All are of one cause; the order of variants is kept. */
export function groupRecordings(recordings: readonly Recording[]): Fixture[] {
  const groups = new Map<string, Recording[]>();
  for (const each of recordings) {
    const texts = [each.stdout, each.stderr].map((text) => withPlaceholder(text, each.go));
    const key = JSON.stringify([each.exit, each.env, ...texts]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((group) => fixtureOf(group));
}

function fixtureOf(group: readonly Recording[]): Fixture {
  const [first] = group;
  if (first === undefined) throw new RangeError("a group holds at least one recording");
  const { variant: _, command: __, go, stdout, stderr, ...rest } = first;
  const runs = [...Map.groupBy(group, (each) => each.variant)].map(([variant, of]) => ({
    variant,
    command: of[0]?.command ?? "",
    go: sortVersions(of.map((each) => each.go)),
  }));
  return { ...rest, runs, stdout: withPlaceholder(stdout, go), stderr: withPlaceholder(stderr, go) };
}

/** By the first command and the oldest release that say so: `go-sum-missing.build.go1.20.txt`. */
export function fixtureName({ cause, runs }: Pick<Fixture, "cause" | "runs">): string {
  const [{ variant, go } = { variant: "", go: [] }] = runs;
  const oldest = go[0] ?? "any";
  const release = oldest === "any" ? "any" : `go${oldest.split(".").slice(0, 2).join(".")}`;
  return `${cause}.${variant}.${release}.txt`;
}

function section(name: string, text: string): string {
  if (text === "") return "";
  return `--- ${name}\n${text}${text.endsWith("\n") ? "" : NO_LINE_FEED}`;
}

export function formatFixture(fixture: Fixture): string {
  const header: (readonly [string, string])[] = [
    ["fault", fixture.fault],
    ...Object.entries(fixture.env).map(([name, value]) => ["env", `${name}=${value}`] as const),
    ...fixture.runs.map(({ variant, command, go }) => ["run", `${variant} (${go.join(" ")}): ${command}`] as const),
    ["exit", fixture.exit],
  ];
  const lines = header.map(([name, value]) => `${name}: ${value.replaceAll("\n", "\\n")}\n`).join("");
  return `${lines}${section("stdout", fixture.stdout)}${section("stderr", fixture.stderr)}`;
}

function stream(body: string, name: string): string {
  const found = new RegExp(`^--- ${name}\\n([\\s\\S]*?)(?=^--- stderr\\n|(?![\\s\\S]))`, "m").exec(body)?.[1] ?? "";
  return found.endsWith(NO_LINE_FEED) ? found.slice(0, -NO_LINE_FEED.length) : found;
}

function runOf(path: string, value: string): FixtureRun {
  const [, variant, go, command] = /^([a-z0-9-]+) \(([a-z0-9. ]+)\): (.+)$/.exec(value) ?? [];
  if (variant === undefined || go === undefined || command === undefined)
    throw new Error(`${path}: not a run: ${value}`);
  return { variant, command, go: go.split(" ") };
}

/** Reads what formatFixture wrote; `path` is `<family>/<name>`. Throws where it is not of that form. */
export function parseFixture(path: string, text: string): Fixture {
  const place = /^([a-z]+)\/([a-z0-9-]+)\.[a-z0-9-]+\.(?:any|go\d+\.\d+)\.txt$/.exec(path);
  const family = FAMILIES.find((each) => each === place?.[1]);
  if (place === null || family === undefined) throw new Error(`${path}: not a fixture's name`);
  const split = text.search(/^--- (?:stdout|stderr)\n/m);
  const head = split === -1 ? text : text.slice(0, split);
  const body = split === -1 ? "" : text.slice(split);
  const values = new Map<string, string[]>();
  for (const line of head.split("\n").slice(0, -1)) {
    const [, name = "", value = ""] = /^([a-z]+): (.*)$/.exec(line) ?? [];
    if (name === "") throw new Error(`${path}: not a header line: ${line}`);
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const one = (name: string): string => {
    const value = values.get(name)?.[0];
    if (value === undefined) throw new Error(`${path}: no ${name} in its header`);
    return value;
  };
  return {
    family,
    cause: place[2] ?? "",
    fault: one("fault"),
    env: Object.fromEntries((values.get("env") ?? []).map((pair) => splitPair(pair))),
    runs: (values.get("run") ?? []).map((value) => runOf(path, value)),
    exit: one("exit"),
    stdout: stream(body, "stdout"),
    stderr: stream(body, "stderr"),
  };
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return [pair.slice(0, at), pair.slice(at + 1)];
}

/** The runs that a fixture stands for, each with its release's number in place. */
export function expandFixture({ runs, ...fixture }: Fixture): Recording[] {
  return runs.flatMap(({ variant, command, go }) =>
    go.map((version) => ({
      ...fixture,
      variant,
      command,
      go: version,
      stdout: fixture.stdout.replaceAll(PLACEHOLDER, version),
      stderr: fixture.stderr.replaceAll(PLACEHOLDER, version),
    })),
  );
}
