import { formatDuration } from "./format.ts";
import type { Distribution } from "./statistics.ts";

/** A common scale for all steps: logarithmic, since a step takes from one millisecond to minutes. */
export interface Scale {
  readonly from: number;
  readonly to: number;
}

const width = 320;
const height = 26;
const margin = 6;

/** Whole powers of ten around all values. */
export function scaleFor(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0);
  const exponent = (value: number): number => Math.log10(Math.max(1, value));
  const from = Math.floor(Math.min(...positive.map(exponent), 0));
  const to = Math.ceil(Math.max(...positive.map(exponent), 1));
  return { from: 10 ** from, to: 10 ** Math.max(to, from + 1) };
}

/** Position of a value in the drawing, in its own units. */
export function position(scale: Scale, value: number): number {
  const share =
    (Math.log10(Math.max(scale.from, value)) - Math.log10(scale.from)) /
    (Math.log10(scale.to) - Math.log10(scale.from));
  return Math.round((margin + share * (width - 2 * margin)) * 10) / 10;
}

const escapeLess = (text: string): string => text.replaceAll("<", "&lt;");

/** One dot a run, a line from least to most, a tick at the median and one at the 95th percentile. */
export function distributionSvg(scale: Scale, values: readonly number[], distribution: Distribution): string {
  const middle = height / 2;
  const x = (value: number): number => position(scale, value);
  const dots = [...new Set(values.map(x))].map((at) => `<circle cx="${at}" cy="${middle}" r="2.2"/>`).join("");
  const tick = (value: number, kind: string, size: number): string =>
    `<line class="${kind}" x1="${x(value)}" x2="${x(value)}" y1="${middle - size}" y2="${middle + size}"/>`;
  const label = escapeLess(
    `least ${formatDuration(distribution.min)}, median ${formatDuration(distribution.median)}, 95th percentile ${formatDuration(distribution.p95)}, most ${formatDuration(distribution.max)}`,
  );
  const range = `<line class="range" x1="${x(distribution.min)}" x2="${x(distribution.max)}" y1="${middle}" y2="${middle}"/>`;
  return `<svg class="spread" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">${range}<g class="dots">${dots}</g>${tick(distribution.p95, "p95", 6)}${tick(distribution.median, "median", 9)}</svg>`;
}

/** The scale itself, for the head of the column. */
export function axisSvg(scale: Scale): string {
  const labels: string[] = [];
  for (let value = scale.from; value <= scale.to * 1.0001; value *= 10) {
    const anchor = value === scale.from ? "start" : value >= scale.to ? "end" : "middle";
    labels.push(
      `<text x="${position(scale, value)}" y="12" text-anchor="${anchor}">${value < 1000 ? `${value} ms` : `${value / 1000} s`}</text>`,
    );
  }
  return `<svg class="axis" viewBox="0 0 ${width} 16" width="${width}" height="16" aria-hidden="true">${labels.join("")}</svg>`;
}
