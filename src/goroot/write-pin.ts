import { MedkitError } from "../core/errors.ts";
import { compareGoVersions, parseGoVersion } from "../core/go-version.ts";
import type { PinFile } from "../core/toolchain-words.ts";
import { parseGoDirectives } from "./parse-pins.ts";

/** The first release whose go command knows the `toolchain` line, and so the first that can be pinned by it. */
const firstWithToolchainLine = "1.21";

function isOlder(version: string, than: string): boolean {
  const [a, b] = [parseGoVersion(version), parseGoVersion(than)];
  return a !== undefined && b !== undefined && compareGoVersions(a, b) < 0;
}

function pinGoMod(text: string, version: string): string {
  const { go } = parseGoDirectives(text);
  const unfit = (problem: string): MedkitError =>
    new MedkitError("TOOLCHAIN_PIN_UNFIT", { version, problem, go: go?.version ?? "" });
  if (isOlder(version, firstWithToolchainLine)) throw unfit("@pin.beforeToolchainLine");
  if (go !== undefined && isOlder(version, go.version)) throw unfit("@pin.olderThanGoLine");
  const line = `toolchain go${version}`;
  const existing = /^[ \t]*toolchain[ \t]+\S.*$/m;
  if (existing.test(text)) return text.replace(existing, line);
  const after = /^[ \t]*go[ \t]+\S.*$/m.test(text) ? /^[ \t]*go[ \t]+\S.*$/m : /^[ \t]*module[ \t]+\S.*$/m;
  if (!after.test(text)) throw unfit("@pin.noModuleLine");
  return text.replace(after, (found) => `${found}\n\n${line}`);
}

function pinToolVersions(text: string, version: string): string {
  const existing = /^([ \t]*(?:golang|go)[ \t]+)[^\s#]+/m;
  if (existing.test(text)) return text.replace(existing, `$1${version}`);
  return `${text === "" || text.endsWith("\n") ? text : `${text}\n`}golang ${version}\n`;
}

function pinMise(text: string, version: string): string {
  const lines = text.split("\n");
  let section = "";
  let tools = -1;
  for (const [index, line] of lines.entries()) {
    const name = /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim();
    if (name !== undefined && /^\s*\[[^\]]+\]\s*(?:#.*)?$/.test(line)) section = name;
    if (section === "tools" && tools === -1) tools = index;
    const key = section === "tools" ? /^(\s*"?(?:core:)?go(?:lang)?"?\s*=\s*)/ : /^(\s*tools\.go\s*=\s*)/;
    const start = key.exec(line)?.[1];
    if (start === undefined) continue;
    lines[index] = `${start}"${version}"`;
    return lines.join("\n");
  }
  if (tools !== -1) return lines.toSpliced(tools + 1, 0, `go = "${version}"`).join("\n");
  return `${text === "" || text.endsWith("\n") ? text : `${text}\n`}[tools]\ngo = "${version}"\n`;
}

/**
 * A file's text with this version pinned in it; everything else in it stays as it is. `version` is one release, without `go`; `text` is empty where there is
 * no file yet. TOOLCHAIN_PIN_UNFIT where go.mod cannot say it. Pure.
 */
export function pinInText(file: PinFile, text: string, version: string): string {
  switch (file) {
    case "go.mod":
      return pinGoMod(text, version);
    case ".go-version":
      return `${version}\n`;
    case ".tool-versions":
      return pinToolVersions(text, version);
    case "mise.toml":
      return pinMise(text, version);
  }
}
