import { createHash } from "node:crypto";
import { escapeHtml } from "../../core/html.ts";
import { pageStyle } from "../../core/page-style.ts";
import type { PageKey, PageLang, Say } from "./types.ts";

const style = `${pageStyle}
body { display: flex; flex-direction: column; min-height: 100vh; }
main { width: 100%; max-width: 1240px; padding-top: 28px; flex: 1; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 3px; } a:hover { text-decoration-color: currentColor; }
a:focus-visible, input:focus-visible, button:focus-visible { outline: 2px solid var(--good); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 12px; top: 12px; background: var(--card); padding: 8px 12px; }
.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top div { max-width: 1240px; margin: 0 auto; padding: 14px 24px; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 26px; }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 650; letter-spacing: -0.01em; text-decoration: none; } .brand svg { width: 22px; height: 22px; flex: none; }
nav { display: flex; gap: 20px; } nav a { text-decoration: none; color: var(--soft); padding: 2px 0; border-bottom: 2px solid transparent; } nav a[aria-current] { color: var(--ink); border-color: var(--good); }
.lang { margin-left: auto; color: var(--soft); font-size: 13px; } .lang a { text-decoration: none; }
form { display: flex; gap: 8px; margin: 26px 0 14px; } form label { flex: 1; max-width: 560px; }
input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; } input { width: 100%; } button { cursor: pointer; }
thead th { white-space: nowrap; } th a { text-decoration: none; } th[aria-sort] { color: var(--ink); }
td.p { min-width: 200px; } td.p a { text-decoration: none; font-weight: 550; } td.p a:hover { text-decoration: underline; }
td.c { color: var(--soft); font-size: 13px; max-width: 260px; overflow-wrap: anywhere; } td.w { color: var(--soft); font-size: 13px; white-space: nowrap; } td.why { min-width: 260px; overflow-wrap: anywhere; } td time { white-space: nowrap; }
tbody tr:hover { background: var(--track); }
h1 { overflow-wrap: anywhere; } .note { color: var(--soft); margin: 6px 0 20px; } .empty { padding: 34px 18px; color: var(--soft); text-align: center; margin: 0; }
.h1 { font-size: 12px; color: var(--soft); white-space: nowrap; display: block; }
.pages { display: flex; gap: 18px; align-items: baseline; color: var(--soft); font-size: 13px; margin: 12px 2px; }
pre.use { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 18px; margin: 0; overflow-x: auto; white-space: pre; }
.status { font-variant-numeric: tabular-nums; color: var(--bad); }
footer { max-width: 1240px; width: 100%; margin: 0 auto; padding: 18px 24px 28px; }
@media (max-width: 700px) { .top div, footer { padding-left: 14px; padding-right: 14px; } .tiles { grid-template-columns: 1fr 1fr; gap: 10px; } .tile { padding: 12px 14px; } .tile b { font-size: 22px; } td.p { min-width: 160px; } }
@media print { .top nav, form, .lang, .pages { display: none; } body { background: #fff; } }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** Headers of every page: nothing from elsewhere, nothing in a frame, nothing kept by others. */
export const pageHeaders: readonly string[] = [
  "Content-Security-Policy",
  `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "Referrer-Policy",
  "same-origin",
  "Vary",
  "Accept-Language, Cookie",
];

const cross = `<svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6" fill="#14784a"/><path d="M10 5h4v5h5v4h-5v5h-4v-5H5v-4h5z" fill="#fff"/></svg>`;
const icon = `data:image/svg+xml,${encodeURIComponent(cross.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))}`;

export type Room = "stored" | "refused" | "about";

const rooms: readonly (readonly [Room, string])[] = [
  ["stored", "/"],
  ["refused", "/refused"],
  ["about", "/about"],
];

export interface Frame {
  readonly say: Say;
  readonly lang: PageLang;
  readonly room: Room;
  readonly heading: string;
  /** This page in the other language. */
  readonly otherLang: string;
  readonly version: string;
}

/** A whole page around a content that is HTML already. */
export function renderFrame({ say, lang, room, heading, otherLang, version }: Frame, content: string): string {
  const text = (key: PageKey): string => escapeHtml(say(key));
  const links = rooms.map(
    ([each, href]) => `<a href="${href}"${each === room ? ' aria-current="page"' : ""}>${text(each)}</a>`,
  );
  const other = lang === "en" ? ["zh-CN", "中文"] : ["en", "English"];
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(heading)} · ${text("title")}</title><link rel="icon" href="${icon}"><style>${style}</style></head>
<body><a class="skip" href="#content">${text("skip")}</a>
<header class="top"><div><a class="brand" href="/">${cross}${text("title")}</a><nav aria-label="${text("title")}">${links.join("")}</nav>
<span class="lang"><a href="${escapeHtml(otherLang)}" lang="${other[0] ?? ""}" hreflang="${other[0] ?? ""}">${other[1] ?? ""}</a></span></div></header>
<main id="content">${content}</main>
<footer>${escapeHtml(say("footer", { version }))}</footer></body></html>
`;
}
