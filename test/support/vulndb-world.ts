import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import { indexFiles } from "../../src/proxy/vulndb/index-files.ts";
import { parseEntry } from "../../src/proxy/vulndb/osv.ts";

export interface EntryOptions {
  readonly modified?: string;
  readonly events?: readonly object[];
  readonly aliases?: readonly string[];
  readonly summary?: string;
  readonly withdrawn?: string;
  /** Packages, and the symbols in them. */
  readonly imports?: readonly { readonly path: string; readonly symbols: readonly string[] }[];
}

/** The text of an entry as the Go vulnerability database has it. */
export function entryText(id: string, module: string, options: EntryOptions = {}): string {
  const { modified = "2026-01-01T00:00:00Z", events = [{ introduced: "0" }], imports = [] } = options;
  return JSON.stringify({
    schema_version: "1.3.1",
    id,
    modified,
    published: "2025-12-01T00:00:00Z",
    ...(options.withdrawn === undefined ? {} : { withdrawn: options.withdrawn }),
    aliases: options.aliases ?? [],
    summary: options.summary ?? `A hole in ${module}`,
    details: "It was made up for a test.",
    affected: [
      {
        package: { name: module, ecosystem: "Go" },
        ranges: [{ type: "SEMVER", events }],
        ecosystem_specific: { imports },
      },
    ],
    references: [{ type: "WEB", url: "https://example.org/advisory" }],
    database_specific: { url: `https://pkg.go.dev/vuln/${id}`, review_status: "REVIEWED" },
  });
}

/** A database by path, in the layout of vuln.go.dev. */
export function databaseFiles(entries: Readonly<Record<string, string>>): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const put = (name: string, text: string): void => {
    files.set(name, Buffer.from(text));
    files.set(`${name}.gz`, gzipSync(text));
  };
  for (const [id, text] of Object.entries(entries)) put(`ID/${id}.json`, text);
  const parsed = Object.entries(entries).map(([id, text]) => parseEntry(Buffer.from(text), id));
  for (const [name, text] of Object.entries(indexFiles(parsed))) put(`index/${name}`, text);
  return files;
}

export function databaseZip(files: ReadonlyMap<string, Buffer | string>, prefix = ""): Buffer {
  return makeZip([...files].map(([name, content]) => ({ name: `${prefix}${name}`, content })));
}

/** A server of such a database, which can be changed while it runs. */
export interface VulndbServer extends AsyncDisposable {
  readonly url: string;
  files: ReadonlyMap<string, Buffer>;
  /** Paths that were asked for. */
  readonly asked: string[];
}

export async function serveDatabase(entries: Readonly<Record<string, string>>): Promise<VulndbServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? "").slice(1);
    asked.push(path);
    const bytes = world.files.get(path);
    if (bytes === undefined) response.writeHead(404).end("not found");
    else response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const world: VulndbServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: databaseFiles(entries),
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return world;
}
