import { systemCode } from "../../core/errors.ts";
import { EXIT } from "../../core/exit.ts";
import {
  keepUse,
  openAccessLog,
  serveModules,
  vulndbExtra,
  type AccessRecord,
  type ListenOn,
} from "../../proxy/index.ts";
import type { CommandContext } from "../context.ts";
import { openGuard } from "../proxy-login.ts";
import { openPage } from "../proxy-page.ts";
import { openProxy, planProxy, readProxyConfig } from "../proxy-job.ts";
import { reloadsPolicy } from "../proxy-policy.ts";
import { storeFacts } from "../proxy-store.ts";
import { sourceFacts, sourceLines } from "../proxy-upstream.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

function placeOf(on: ListenOn): string {
  return "descriptor" in on ? "systemd" : `${hostOf(on, on.host)}:${on.port}`;
}

/** The host as it stands in a URL. */
function hostOf(on: ListenOn, address: string): string {
  const host = "descriptor" in on ? address : on.host;
  return host.includes(":") ? `[${host}]` : host;
}

export async function run(context: CommandContext, { flags }: Input<"proxy serve">): Promise<CommandResult> {
  const { ports, flags: globals, t, streams } = context;
  const plan = await planProxy(context, flags);
  const { on, tls } = plan;
  const store = plan.store.shown;
  const where = placeOf(on);
  const facts = {
    ...storeFacts(plan.store),
    database: plan.database.verifier.name,
    offline: plan.upstream === undefined,
  };
  if (globals.dryRun)
    return {
      data: json({ plan: { ...on, ...facts, ...sourceFacts(plan.sources) } }),
      text: () =>
        [
          t.text("proxy.plan", { where, store }),
          ...sourceLines(plan.sources, t),
          t.text("kit.build.plan.nothing"),
        ].join("\n"),
    };
  const proxy = await openProxy(context, plan);
  const say = (line: string): void => void streams.stderr.write(`${line}\n`);
  const path = plan.accessLog ?? "";
  const onChange: Parameters<typeof openAccessLog>[1]["onChange"] = (change) =>
    say(
      "failed" in change
        ? t.text("proxy.log.failed", { path, problem: systemCode(change.failed) ?? change.failed.message })
        : t.text("proxy.log.lost", { path, count: change.lost }),
    );
  await using log = path === "" ? undefined : await openAccessLog(path, { onChange });
  if (!proxy.isShared) say(t.text("proxy.notShared", { store }));
  await using guard = await openGuard(context, plan.login, say);
  const useKept = keepUse(proxy.use, ports.clock, ports.signal);
  const quotaKept = proxy.quota?.run(ports.signal);
  const page = await openPage(context, plan, proxy);
  const { gate, vulndb } = proxy;
  using _ = reloadsPolicy(context, { gate, vulndb, read: () => readProxyConfig(context) });
  const count = { requests: 0, refused: 0 };
  const serving = await serveModules({
    ports,
    mirror: proxy.mirror,
    on,
    tls,
    drain: plan.config.drain,
    guard: guard.guard,
    tell: ({ code, params }) => t.error(code, params).message,
    extras: [vulndbExtra(vulndb), ...(page === undefined ? [] : [page.extra])],
    onCertificate: (problem, pair) =>
      say(
        problem === undefined
          ? t.text("proxy.certificate.renewed", { until: pair?.validTo.toISOString().slice(0, 10) ?? "" })
          : t.text("proxy.certificate.kept", { code: problem.code, file: String(problem.params["file"]) }),
      ),
    gate,
    onRequest: (record: AccessRecord) => {
      count.requests++;
      if (record.status >= 400) count.refused++;
      proxy.use.note(record);
      page?.note(record);
      log?.note(record);
    },
  });
  const url = `${tls === undefined ? "http" : "https"}://${hostOf(on, serving.address.address)}:${serving.address.port}`;
  say(`${t.text("proxy.serving", { url, store })}\n${t.text("proxy.use", { url })}`);
  await serving.ended;
  await Promise.all([useKept, quotaKept]);
  await proxy.use.flush();
  await proxy.close();
  return {
    data: json({ url, ...facts, ...count }),
    // A server is ended by a signal: that is no interruption.
    exit: EXIT.done,
    text: () => t.text("proxy.ended", { count: count.requests, refused: count.refused }),
  };
}
