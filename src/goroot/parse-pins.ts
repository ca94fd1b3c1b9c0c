/** What the files and the variable that can name a Go version say; text to data, no file is read here. */

/** What a place asks for. `minimum`: anything not older will do, as with go.mod's `go` line. */
export interface PinText {
  /** A selector as a person writes it: `1.22.5`, `1.22`, `latest`. */
  readonly version: string;
  readonly kind: "exact" | "minimum";
}

function withoutGo(text: string): string {
  return text.replace(/^go(?=\d)/, "");
}

/**
 * GOTOOLCHAIN: `local` takes the Go at hand, `go1.22.5` that one, `go1.22.5+auto` at least that one; `auto` and `path` leave it to go.mod.
 * Source: https://go.dev/doc/toolchain#select.
 */
export function parseGotoolchain(text: string): PinText | "local" | undefined {
  const [name = "", suffix] = text.trim().split("+", 2);
  if (name === "local" && suffix === undefined) return "local";
  if (!/^go\d/.test(name)) return undefined;
  return { version: withoutGo(name.replace(/-.*$/, "")), kind: suffix === undefined ? "exact" : "minimum" };
}

/** The `toolchain` and `go` lines of a go.mod or go.work. `toolchain default` says nothing. */
export function parseGoDirectives(text: string): {
  readonly toolchain: PinText | undefined;
  readonly go: PinText | undefined;
} {
  const line = (verb: string): string | undefined =>
    new RegExp(String.raw`^[ \t]*${verb}[ \t]+"?([^\s/"]+)"?[ \t]*(?://.*)?$`, "m").exec(text)?.[1];
  const [toolchain, go] = [line("toolchain"), line("go")];
  return {
    toolchain:
      toolchain === undefined || toolchain === "default"
        ? undefined
        : { version: withoutGo(toolchain.replace(/-.*$/, "")), kind: "exact" },
    go: go === undefined ? undefined : { version: go, kind: "minimum" },
  };
}

/** `.go-version` (goenv): the first line that is no comment. */
export function parseGoVersionFile(text: string): PinText | undefined {
  const line = text
    .split("\n")
    .map((each) => each.replace(/#.*$/, "").trim())
    .find((each) => each !== "");
  return line === undefined ? undefined : { version: withoutGo(line), kind: "exact" };
}

/** `.tool-versions` (asdf, mise): the line of `golang` or `go`; the first version of several. */
export function parseToolVersions(text: string): PinText | undefined {
  const version = /^[ \t]*(?:golang|go)[ \t]+([^\s#]+)/m.exec(text)?.[1];
  return version === undefined ? undefined : { version: withoutGo(version), kind: "exact" };
}

/** `mise.toml`: `go` under `[tools]`, as a text, a list of texts, or a table with `version`. */
export function parseMiseToml(text: string): PinText | undefined {
  let inTools = false;
  for (const line of text.split("\n")) {
    const section = /^\s*\[([^\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1]?.trim();
    if (section !== undefined) {
      inTools = section === "tools";
      continue;
    }
    const key = inTools ? String.raw`"?(?:core:)?go(?:lang)?"?` : String.raw`tools\.go`;
    const value = new RegExp(String.raw`^\s*${key}\s*=\s*(.+)$`).exec(line)?.[1];
    if (value === undefined) continue;
    const version =
      /^\{.*?\bversion\s*=\s*["']([^"']+)["']/.exec(value)?.[1] ?? /^\[?\s*["']([^"']+)["']/.exec(value)?.[1];
    if (version !== undefined) return { version: withoutGo(version), kind: "exact" };
  }
  return undefined;
}
