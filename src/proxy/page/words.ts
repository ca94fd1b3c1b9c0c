import { escapeHtml } from "../../core/html.ts";
import type { Say } from "./types.ts";

/** `3 h ago`, with the moment in UTC when pointed at. */
export function when(say: Say, now: Date, moment: Date | undefined): string {
  if (moment === undefined || Number.isNaN(moment.getTime()))
    return `<span class="soft">${escapeHtml(say("never"))}</span>`;
  const iso = moment.toISOString();
  const utc = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
  const gone = now.getTime() - moment.getTime();
  const text = gone < 60_000 ? say("ago.now") : say("ago", { age: age(say, gone) });
  return `<time datetime="${iso}" title="${utc}">${escapeHtml(text)}</time>`;
}

/** How long something has been, in one unit. */
export function age(say: Say, milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return say("ago.minutes", { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return say("ago.hours", { count: hours });
  const days = Math.floor(hours / 24);
  return days < 730 ? say("ago.days", { count: days }) : say("ago.years", { count: Math.floor(days / 365.25) });
}

/** A whole number with thin groups of three digits, as ISO 80000-1 has it. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, "\u202f");
}

/** A path as HTML that may break after a slash, and anywhere in what is long. */
export function breakable(path: string): string {
  return path
    .split("/")
    .map((part) => (part.match(/.{1,40}/gsu) ?? [""]).map(escapeHtml).join("<wbr>"))
    .join("/<wbr>");
}
