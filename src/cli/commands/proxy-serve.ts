import { createWriteStream, type WriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { fromSystemError, MedkitError, systemCode } from "../../core/errors.ts";
import { EXIT } from "../../core/exit.ts";
import { goSetting } from "../../goroot/index.ts";
import {
  databaseFetcher,
  parseGosumdb,
  parseNetrc,
  parseProxyList,
  ProxyClient,
  type Credentials,
} from "../../module/index.ts";
import { DatabaseMirror, folderStore, ModuleMirror, serveModules, type AccessRecord } from "../../proxy/index.ts";
import { cleanStaging, ensureFolder, openHome } from "../../state/index.ts";
import { hostGoproxy } from "../../toolchain/index.ts";
import type { CommandContext } from "../context.ts";
import { parseListen } from "../listen-address.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

/** Where a client finds us when nothing else is said: this machine only. */
const defaultAddress = "127.0.0.1:3000";

/** Logins for upstream proxies: NETRC, else ~/.netrc. One that is not there has none. */
async function readNetrc(env: Readonly<Record<string, string | undefined>>): Promise<ReadonlyMap<string, Credentials>> {
  const path = env["NETRC"] || join(env["HOME"] || homedir(), ".netrc");
  try {
    return parseNetrc(await readFile(path, "utf8"));
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(systemCode(error) ?? "")) return new Map();
    throw fromSystemError(error, path);
  }
}

/** The upstream list: `--upstream`, else the host's GOPROXY; undefined with `--offline`, which asks nobody. */
async function upstreamList(context: CommandContext, given: string | undefined): Promise<string | undefined> {
  const { ports, flags } = context;
  if (given !== undefined) parseProxyList(given);
  if (flags.offline) return undefined;
  const list = given ?? (await goSetting(ports.env, "GOPROXY"))?.value ?? (await hostGoproxy(ports));
  if (list === undefined) throw new MedkitError("UPSTREAM_UNKNOWN");
  parseProxyList(list);
  return list;
}

async function openLog(path: string | undefined): Promise<WriteStream | undefined> {
  if (path === undefined) return undefined;
  const log = createWriteStream(path, { flags: "a", mode: 0o640 });
  try {
    await once(log, "open");
  } catch (error) {
    throw fromSystemError(error, path);
  }
  return log;
}

export async function run(context: CommandContext, input: Input<"proxy serve">): Promise<CommandResult> {
  const { ports, flags: globals, t, streams } = context;
  const { flags } = input;
  const { host, port } = parseListen(flags.listen ?? defaultAddress);
  const upstream = await upstreamList(context, flags.upstream);
  const setting = parseGosumdb(flags.sumdb ?? (await goSetting(ports.env, "GOSUMDB"))?.value ?? "sum.golang.org");
  if (setting.kind === "off")
    throw new MedkitError("DATABASE_KEY_INVALID", {
      key: "off",
      problem: "the proxy serves what the database has proven",
    });
  const root = flags.store ?? (await openHome(await context.home())).modules;
  const facts = { store: root, database: setting.verifier.name, offline: upstream === undefined };
  if (globals.dryRun)
    return {
      data: json({ plan: { host, port, ...facts } }),
      text: () => [t.text("proxy.plan", { host, port, store: root }), t.text("kit.build.plan.nothing")].join("\n"),
    };
  await ensureFolder(root);
  await cleanStaging(join(root, ".work"));
  const log = await openLog(flags.accessLog);
  // Replies that are being sent when the signal comes may still need upstream.
  const ending = new AbortController();
  const transfer = { fetch: ports.fetch, signal: ending.signal };
  const options = { netrc: await readNetrc(ports.env) };
  const client = upstream === undefined ? undefined : new ProxyClient(transfer, upstream, options);
  const relay =
    upstream === undefined
      ? undefined
      : databaseFetcher(transfer, upstream, setting.verifier.name, {
          ...options,
          ...(setting.url === undefined ? {} : { url: setting.url }),
        });
  const store = folderStore(root);
  const database = new DatabaseMirror(
    setting.verifier,
    store,
    relay ?? (() => Promise.reject(new MedkitError("OFFLINE", { what: setting.verifier.name }))),
  );
  const mirror = new ModuleMirror({ clock: ports.clock, store, database, upstream: client });
  const count = { requests: 0, refused: 0 };
  const serving = await serveModules({
    ports,
    mirror,
    host,
    port,
    onRequest: (record: AccessRecord) => {
      count.requests++;
      if (record.status >= 400) count.refused++;
      log?.write(`${JSON.stringify(record)}\n`);
    },
  });
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${serving.address.port}`;
  streams.stderr.write(`${t.text("proxy.serving", { url, store: root })}\n${t.text("proxy.use", { url })}\n`);
  await serving.ended;
  ending.abort(new Error("the server has ended"));
  log?.end();
  return {
    data: json({ url, ...facts, ...count }),
    // A server is ended by a signal: that is no interruption.
    exit: EXIT.done,
    text: () => t.text("proxy.ended", { count: count.requests, refused: count.refused }),
  };
}
