import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { FakeEntry } from "../../src/module/__fixtures__/zip-writer.ts";
import { tarGz, type TarMember } from "./tar-members.ts";
import { toolchainFiles, type ToolchainWorld } from "./toolchain-world.ts";

/** A module proxy, a relay of the checksum database and a download site, all in one server that may lie about one toolchain. */

export const version = "1.22.5";
export const moduleVersion: string = `v0.0.1-go${version}.linux-amd64`;
/** What the entries of an honest zip begin with. */
export const prefix: string = `golang.org/toolchain@${moduleVersion}/`;
export const zipPath: string = `golang.org/toolchain/@v/${moduleVersion}.zip`;
export const archivePath: string = `dl/go${version}.linux-amd64.tar.gz`;
export const lookupPath: string = `lookup/golang.org/toolchain@${moduleVersion}`;

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly honest: Buffer;
  /** How often this path was asked for before. */
  readonly before: number;
}
export type Lie = (exchange: Exchange) => void;

/** Answers with these bytes, as if they were the file. */
export const bytes =
  (data: (honest: Buffer) => Buffer | string, headers: Record<string, string | number> = {}, status = 200): Lie =>
  ({ response, honest }) =>
    void response.writeHead(status, headers).end(data(honest));

export const honestEntries = (): FakeEntry[] =>
  Object.entries(toolchainFiles(version, "linux/amd64")).map(([path, content]) => ({
    name: prefix + path.replace(/(^|\/)go\.mod$/, "$1_go.mod"),
    content,
  }));
export const honestMembers = (): TarMember[] =>
  Object.entries(toolchainFiles(version, "linux/amd64")).map(([path, content]) => ({ name: `go/${path}`, content }));

export interface LyingMirror {
  readonly base: string;
  /** By path below the server's root; of the database, by its own path (`latest`, `lookup/…`). */
  readonly lies: Map<string, Lie>;
  readonly asked: readonly IncomingMessage[];
  honestAnswer(path: string): Buffer | undefined;
  close(): void;
}

/** Serves what the world has published, but where it lies. */
export async function startLyingMirror(world: ToolchainWorld): Promise<LyingMirror> {
  const lies = new Map<string, Lie>();
  const asked: IncomingMessage[] = [];
  const sumdb = `sumdb/${world.log.name}/`;
  const honestAnswer = (path: string): Buffer | undefined => {
    if (path === `${sumdb}supported`) return Buffer.alloc(0);
    if (path.startsWith(sumdb)) return world.log.answer(path.slice(sumdb.length));
    if (path === archivePath) return tarGz(honestMembers());
    const file = join(world.proxy, path);
    return existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined;
  };
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1);
    const before = asked.filter((each) => each.url === request.url).length;
    asked.push(request);
    const honest = honestAnswer(path);
    const lie = lies.get(path.replace(sumdb, ""));
    if (lie !== undefined) lie({ request, response, honest: honest ?? Buffer.alloc(0), before });
    else if (honest === undefined) response.writeHead(404).end("not here");
    else response.end(honest);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lies,
    asked,
    honestAnswer,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
