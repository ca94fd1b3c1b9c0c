/** A `go-import` tag (https://go.dev/ref/mod#vcs-find): a module path prefix, and the repository that it lies in. */
export interface GoImport {
  readonly prefix: string;
  readonly vcs: string;
  readonly root: string;
  /** Go 1.25 and newer. */
  readonly folder: string | undefined;
}

const entities: Readonly<Record<string, string>> = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">" };

/** The tags in a page's head, as cmd/go/internal/vcs reads them: up to `</head>` or `<body`. */
export function parseGoImports(page: string): readonly GoImport[] {
  const head = page.replace(/<!--[\s\S]*?-->/g, "").split(/<\/head\b|<body\b/i, 1)[0] ?? "";
  return Array.from(head.matchAll(/<meta\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)).flatMap(([, inner = ""]) => {
    const attributes = new Map<string, string>();
    for (const [, name = "", double, single, bare] of inner.matchAll(
      /([^\s=/"'>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g,
    )) {
      if (!attributes.has(name.toLowerCase()))
        attributes.set(name.toLowerCase(), decode(double ?? single ?? bare ?? ""));
    }
    const [prefix, vcs, root, folder, more] = (attributes.get("content") ?? "").trim().split(/\s+/);
    const isWhole = prefix !== undefined && vcs !== undefined && root !== undefined && more === undefined;
    return attributes.get("name") === "go-import" && isWhole ? [{ prefix, vcs, root, folder }] : [];
  });
}

function decode(text: string): string {
  return text.replace(/&(amp|quot|apos|lt|gt);/g, (_, name: string) => entities[name] ?? "");
}

/** A page with nothing but these tags. */
export function formatGoImports(imports: readonly GoImport[]): string {
  const tags = imports.map(({ prefix, vcs, root, folder = "" }) => {
    const content = `${prefix} ${vcs} ${root} ${folder}`
      .trim()
      .replace(/[&"<>]/g, (each) => `&#${each.charCodeAt(0)};`);
    return `<meta name="go-import" content="${content}">`;
  });
  return `<html><head>${tags.join("")}</head></html>\n`;
}
