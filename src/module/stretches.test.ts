import { expect, test } from "vitest";
import { Stretches } from "./stretches.ts";

const MiB = 1024 * 1024;

test("what is there is joined, and no octet counts twice", () => {
  const file = new Stretches();
  file.add(10, 20);
  file.add(30, 40);
  file.add(15, 30);
  file.add(5, 5);
  expect([file.there, file.count]).toEqual([[{ start: 10, end: 40 }], 30]);
  file.add(50, 60);
  expect([file.gap(70), file.gap(undefined)]).toEqual([
    { start: 0, end: 10 },
    { start: 0, end: 10 },
  ]);
  file.add(0, 10);
  expect(file.gap(70)).toEqual({ start: 40, end: 50 });
  file.add(40, 50);
  expect(file.gap(60)).toBeUndefined();
  expect(file.gap(undefined)).toEqual({ start: 60, end: Number.POSITIVE_INFINITY });
  file.clear();
  expect([file.count, file.gap(1)]).toEqual([0, { start: 0, end: 1 }]);
});

test("what lies behind the end that is asked about counts for nothing", () => {
  const file = new Stretches([
    { start: 0, end: 50 },
    { start: 60, end: 70 },
  ]);
  expect([file.gap(40), file.gap(55), file.isTaken(30, 40)]).toEqual([undefined, { start: 50, end: 55 }, true]);
});

test("claims come off the end, shrink, never overlap, and leave a last piece to the first connection", () => {
  const total = 64 * MiB;
  const file = new Stretches();
  file.add(0, MiB);
  let end = total;
  let size = total;
  for (let claimed = file.claim(total, 4, MiB); claimed !== undefined; claimed = file.claim(total, 4, MiB)) {
    expect(claimed.end).toBe(end);
    expect(claimed.end - claimed.start).toBeLessThanOrEqual(size);
    ({ start: end } = claimed);
    size = claimed.end - claimed.start;
  }
  expect(size).toBe(MiB);
  expect(end - MiB).toBeGreaterThan(0);
  expect(end - MiB).toBeLessThan(2 * MiB);
});

test("holes are claimed from the last one on, and what was given back is free again", () => {
  const file = new Stretches([
    { start: 0, end: 10 * MiB },
    { start: 12 * MiB, end: 20 * MiB },
  ]);
  const first = file.claim(24 * MiB, 1, MiB);
  expect(first).toEqual({ start: 21 * MiB, end: 24 * MiB });
  const second = file.claim(24 * MiB, 1, MiB);
  expect(second).toEqual({ start: 20 * MiB, end: 21 * MiB });
  if (first !== undefined) file.release(first);
  expect(file.claim(24 * MiB, 1, MiB)).toEqual({ start: 22 * MiB - MiB / 2, end: 24 * MiB });
});

test("a claim is relied on only once its answer was confirmed", () => {
  const total = 4 * MiB;
  const file = new Stretches();
  const claimed = file.claim(total, 1, MiB);
  expect(claimed).toEqual({ start: 2 * MiB, end: total });
  file.add(0, 2 * MiB);
  expect(file.isTaken(2 * MiB, total)).toBe(false);
  if (claimed !== undefined) file.confirm(claimed);
  expect(file.isTaken(2 * MiB, total)).toBe(true);
  if (claimed !== undefined) file.release(claimed);
  expect(file.isTaken(2 * MiB, total)).toBe(false);
});
