/**
 * The canonical form of a kit's `*.sha256sum` files: `<64 hex>  <path>`, LF after every line, strictly ascending paths.
 * `sha256sum -c` forgives a lost newline or a malformed line; this does not.
 */
export interface SumLine {
  readonly path: string;
  /** SHA-256, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

const pathGrammar = /^[A-Za-z0-9._+~!@=,-]+(?:\/[A-Za-z0-9._+~!@=,-]+)*$/;

/** Whether a path may stand in a kit: the alphabet of docs/reference/kit-format.md, relative, no `.` or `..` component. */
export function isKitPath(path: string): boolean {
  return pathGrammar.test(path) && !path.split("/").some((part) => part === "." || part === "..");
}

/** Byte order of ASCII paths, as `LC_ALL=C sort` has it. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function formatSumFile(lines: readonly SumLine[]): string {
  return lines
    .toSorted((a, b) => comparePaths(a.path, b.path))
    .map((line) => `${line.sha256}  ${line.path}\n`)
    .join("");
}

/** What is wrong with a sum file's form, for a person; `line` counts from 1. */
export interface SumFileFault {
  readonly line: number;
  readonly problem: "empty" | "form" | "path" | "order" | "newline";
}

export type ParsedSumFile = { readonly lines: readonly SumLine[] } | { readonly fault: SumFileFault };

function fault(line: number, problem: SumFileFault["problem"]): ParsedSumFile {
  return { fault: { line, problem } };
}

export function parseSumFile(text: string): ParsedSumFile {
  if (text === "") return fault(1, "empty");
  const rows = text.split("\n");
  if (rows.pop() !== "") return fault(rows.length + 1, "newline");
  const lines: SumLine[] = [];
  for (const [index, row] of rows.entries()) {
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(row);
    const [, sha256, path] = match ?? [];
    if (sha256 === undefined || path === undefined) return fault(index + 1, "form");
    if (!isKitPath(path)) return fault(index + 1, "path");
    const previous = lines.at(-1);
    if (previous !== undefined && comparePaths(previous.path, path) >= 0) return fault(index + 1, "order");
    lines.push({ path, sha256 });
  }
  return { lines };
}

/** Which sum file of the kit's root covers a path; undefined for sum files themselves and for `state/`. */
export function sumFileFor(path: string): string | undefined {
  if (/^[^/]+\.sha256sum$/.test(path)) return undefined;
  const top = path.split("/", 1)[0] ?? "";
  switch (top) {
    case "state":
      return undefined;
    case "toolchains":
    case "cache":
    case "bin":
      return `${top}.sha256sum`;
    case "modules":
    case "modules-by-go":
      return "modules.sha256sum";
    case "manifest.json":
    case "manifest.json.sig":
    case "signer.pem":
      return "manifest.sha256sum";
    default:
      return "kit.sha256sum";
  }
}
