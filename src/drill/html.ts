import { escapeHtml } from "../core/html.ts";

/** Pieces of the report's page. */

/** Characters of a transcript that the page shows: its end, where the failure is. */
const transcriptLimit = 40_000;

export function tile(value: string, label: string, mood = ""): string {
  return `<div class="tile ${mood}"><b>${escapeHtml(value)}</b><span>${escapeHtml(label)}</span></div>`;
}

export function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>${content}</section>`;
}

/** A part that unfolds; title, note and reason in its head, a transcript inside. */
export function foldedTranscript(
  head: { readonly title: string; readonly name: string; readonly note: string; readonly reason: string },
  text: string | undefined,
): string {
  const shown = text === undefined ? "" : text.length > transcriptLimit ? `[…]\n${text.slice(-transcriptLimit)}` : text;
  return `<details><summary><b>${escapeHtml(head.title)}</b> ${escapeHtml(head.name)}<span class="soft">${escapeHtml(head.note)}</span><br><span class="bad">${escapeHtml(head.reason)}</span></summary><pre>${escapeHtml(shown)}</pre></details>`;
}
