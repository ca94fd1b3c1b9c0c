import type { Ports } from "../../core/ports.ts";
import { MedkitError } from "../../core/errors.ts";
import { unescapePath } from "../../module/index.ts";
import type { BytesReply, Extra, ExtraRequest } from "../types.ts";
import type { UseLedger } from "../use/types.ts";
import { pageHeaders, renderFrame, type Room } from "./frame.ts";
import { renderModule } from "./module-page.ts";
import { renderAbout, renderRefused } from "./other-pages.ts";
import { findRows, readWanted, renderOverview } from "./overview.ts";
import type { StoreIndex } from "./store-index.ts";
import type { PageLang, Say, ServerFacts } from "./types.ts";

export interface PageOptions {
  readonly clock: Pick<Ports["clock"], "now">;
  readonly index: StoreIndex;
  readonly use: UseLedger;
  readonly server: ServerFacts;
  readonly texts: Readonly<Record<PageLang, Say>>;
}

interface Content {
  readonly room: Room;
  readonly heading: string;
  readonly html: string;
  readonly status?: number;
}

/** The pages for people, and the same facts as JSON below `/api/`. Made on the server, without a script. */
export function storePage(options: PageOptions): Extra {
  return {
    answer: async (request) => {
      if (request.path.startsWith("/api/")) return await answerApi(options, request);
      const lang = langOf(request);
      const content = await contentOf(options, request, options.texts[lang]);
      return content === undefined ? undefined : htmlReply(options, request, lang, content);
    },
  };
}

async function contentOf(options: PageOptions, request: ExtraRequest, say: Say): Promise<Content | undefined> {
  const { index, use, server } = options;
  const { showsClients } = server;
  const now = options.clock.now();
  const { path } = request;
  if (path === "/") {
    const database = await server.database();
    const html = renderOverview({ say, now, index, use, database, showsClients }, readWanted(request.query));
    return { room: "stored", heading: say("stored"), html };
  }
  if (path === "/refused")
    return { room: "refused", heading: say("refused"), html: renderRefused(say, now, use.refusals(), showsClients) };
  if (path === "/about") {
    const facts = {
      say,
      now,
      server,
      database: await server.database(),
      index,
      address: addressOf(request, server.secure),
    };
    return { room: "about", heading: say("about"), html: renderAbout(facts) };
  }
  const module = modulePathOf(path, "/module/");
  if (module === undefined) return undefined;
  const versions = await index.details(module);
  const html = renderModule({ say, now, path: module, versions, use, showsClients });
  return { room: "stored", heading: module, html, ...(versions.length === 0 ? { status: 404 } : {}) };
}

function htmlReply(
  options: PageOptions,
  { path, query, headers }: ExtraRequest,
  lang: PageLang,
  content: Content,
): BytesReply {
  const other = new URLSearchParams(query);
  other.set("lang", lang === "en" ? "zh-CN" : "en");
  const frame = {
    say: options.texts[lang],
    lang,
    room: content.room,
    heading: content.heading,
    otherLang: `${path}?${other.toString()}`,
    version: options.server.version,
  };
  const chosen = query.get("lang") === lang && cookieLang(headers["cookie"]) !== lang;
  const cookie = chosen ? ["Set-Cookie", `lang=${lang}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`] : [];
  return {
    status: content.status ?? 200,
    type: "text/html; charset=utf-8",
    keep: "never",
    bytes: Buffer.from(renderFrame(frame, content.html)),
    more: [...pageHeaders, ...cookie],
  };
}

async function answerApi(
  { index, use, server }: PageOptions,
  { path, query }: ExtraRequest,
): Promise<BytesReply | undefined> {
  const withClients = (value: object): object => (server.showsClients ? value : { ...value, clients: undefined });
  if (path === "/api/modules") {
    const { modules, versions, octets } = index.totals;
    const rows = findRows(index, use, readWanted(query)).map((row) =>
      withClients({
        path: row.path,
        versions: row.versions.map(({ version, size, by }) => ({ version, size, by })),
        size: row.size,
        storedAt: new Date(row.storedAt).toISOString(),
        lastUsed: row.lastUsed?.toISOString(),
        clients: row.clients,
      }),
    );
    return jsonReply({ whole: index.isWhole, totals: { modules, versions, octets }, modules: rows });
  }
  if (path === "/api/refusals") {
    const rows = use.refusals().map((each) => (server.showsClients ? each : { ...each, client: undefined }));
    return jsonReply({ refusals: rows });
  }
  const module = modulePathOf(path, "/api/module/");
  if (module === undefined) return undefined;
  const versions = (await index.details(module)).map((each) => {
    const used = use.use(each);
    return withClients({ ...each, lastUsed: used?.last, count: used?.count ?? 0, clients: used?.clients ?? [] });
  });
  return jsonReply({ path: module, versions }, versions.length === 0 ? 404 : 200);
}

function jsonReply(data: object, status = 200): BytesReply {
  const bytes = Buffer.from(`${JSON.stringify({ schema: "medkit/proxy-page/v1", ok: status === 200, data })}\n`);
  return { status, type: "application/json", keep: "never", bytes };
}

function modulePathOf(path: string, prefix: string): string | undefined {
  if (!path.startsWith(prefix)) return undefined;
  try {
    return unescapePath(decodeURIComponent(path.slice(prefix.length)));
  } catch (error) {
    if (error instanceof MedkitError || error instanceof URIError) return undefined;
    throw error;
  }
}

const cookieLang = (cookie: unknown): string | undefined =>
  typeof cookie === "string" ? /(?:^|;\s*)lang=(en|zh-CN)(?:;|$)/.exec(cookie)?.[1] : undefined;

/** `?lang=`, else what was chosen before, else what the browser prefers. */
function langOf({ query, headers }: ExtraRequest): PageLang {
  const named = query.get("lang") ?? cookieLang(headers["cookie"]);
  if (named === "en" || named === "zh-CN") return named;
  const accepted = headers["accept-language"];
  const weights = (typeof accepted === "string" ? accepted : "").split(",").flatMap((each) => {
    const [tag = "", weight] = each
      .trim()
      .toLowerCase()
      .split(/;\s*q=/);
    const lang = /^zh\b/.test(tag) ? "zh-CN" : /^en\b/.test(tag) ? "en" : undefined;
    return lang === undefined ? [] : [{ lang, weight: weight === undefined ? 1 : Number(weight) || 0 }];
  });
  const best = weights.toSorted((a, b) => b.weight - a.weight)[0];
  return best?.lang === "zh-CN" ? "zh-CN" : "en";
}

/** The address by which the reader came, if it is plain. It is shown, never used. */
function addressOf({ headers }: ExtraRequest, secure: boolean): string | undefined {
  const host = headers["host"] ?? headers[":authority"];
  const scheme = secure || headers["x-forwarded-proto"] === "https" ? "https" : "http";
  return typeof host === "string" && /^[\w.-]+(?::\d{1,5})?$|^\[[0-9a-fA-F:]+\](?::\d{1,5})?$/.test(host)
    ? `${scheme}://${host}`
    : undefined;
}
