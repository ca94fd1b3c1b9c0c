import { createWriteStream, type WriteStream } from "node:fs";
import { once } from "node:events";
import { fromSystemError } from "../../core/errors.ts";
import { EXIT } from "../../core/exit.ts";
import { serveModules, type AccessRecord } from "../../proxy/index.ts";
import type { CommandContext } from "../context.ts";
import { openProxy, planProxy } from "../proxy-job.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

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

export async function run(context: CommandContext, { flags }: Input<"proxy serve">): Promise<CommandResult> {
  const { ports, flags: globals, t, streams } = context;
  const plan = await planProxy(context, flags);
  const { host, port, store } = plan;
  const facts = { store, database: plan.database.verifier.name, offline: plan.upstream === undefined };
  if (globals.dryRun)
    return {
      data: json({ plan: { host, port, ...facts } }),
      text: () => [t.text("proxy.plan", { host, port, store }), t.text("kit.build.plan.nothing")].join("\n"),
    };
  const proxy = await openProxy(context, plan);
  const log = await openLog(plan.accessLog);
  const count = { requests: 0, refused: 0 };
  const serving = await serveModules({
    ports,
    mirror: proxy.mirror,
    host,
    port,
    onRequest: (record: AccessRecord) => {
      count.requests++;
      if (record.status >= 400) count.refused++;
      log?.write(`${JSON.stringify(record)}\n`);
    },
  });
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${serving.address.port}`;
  streams.stderr.write(`${t.text("proxy.serving", { url, store })}\n${t.text("proxy.use", { url })}\n`);
  await serving.ended;
  proxy.close();
  log?.end();
  return {
    data: json({ url, ...facts, ...count }),
    // A server is ended by a signal: that is no interruption.
    exit: EXIT.done,
    text: () => t.text("proxy.ended", { count: count.requests, refused: count.refused }),
  };
}
