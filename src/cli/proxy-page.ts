import { setTimeout as sleep } from "node:timers/promises";
import { loadTranslator, type Lang } from "../i18n/index.ts";
import { redactUrl } from "../module/index.ts";
import { StoreIndex, storePage, type AccessRecord, type Extra, type Say } from "../proxy/index.ts";
import type { CommandContext } from "./context.ts";
import type { OpenProxy, ProxyPlan } from "./proxy-job.ts";
import { version } from "./version.ts";

/** Milliseconds between two walks through the store, at least; a walk never takes more than a fiftieth of the time. */
const walkEvery = 600_000;

export interface OpenPage {
  readonly extra: Extra;
  note(record: AccessRecord): void;
}

async function sayIn(lang: Lang): Promise<Say> {
  const t = await loadTranslator(lang);
  return (key, params) => t.text(`page.${key}`, params ?? {});
}

/** The pages of a proxy, and the walks that keep them true; undefined where they are switched off. */
export async function openPage(
  { ports }: CommandContext,
  plan: ProxyPlan,
  proxy: OpenProxy,
): Promise<OpenPage | undefined> {
  const { enabled = true, clients = true } = plan.config.page ?? {};
  if (!enabled) return undefined;
  const index = new StoreIndex(proxy.store);
  const { database } = proxy.mirror;
  const extra = storePage({
    clock: ports.clock,
    index,
    use: proxy.use,
    texts: { en: await sayIn("en"), "zh-CN": await sayIn("zh-CN") },
    server: {
      version,
      started: ports.clock.now(),
      secure: plan.tls !== undefined,
      store: plan.store.shown,
      upstream: plan.upstream?.split(/[,|]/).map((each) => redactUrl(each.trim())) ?? [],
      showsClients: clients,
      database: async () => {
        const head = await database.knownHead();
        return { name: database.name, size: head?.size, seenAt: head?.storedAt };
      },
    },
  });
  void keepWalking(index, ports);
  return { extra, note: (record) => index.note(record) };
}

async function keepWalking(index: StoreIndex, { signal, clock }: CommandContext["ports"]): Promise<void> {
  while (!signal.aborted) {
    const started = clock.monotonic();
    // A store that cannot be read is told by what is asked of it.
    await index.walk(signal).catch(() => undefined);
    const wait = Math.max(walkEvery, 50 * (clock.monotonic() - started));
    await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
