/** Milliseconds for people: `<1 ms`, `3 ms`, `0.68 s`, `24.3 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0.95) return "<1 ms";
  if (milliseconds < 99.5)
    return `${milliseconds < 9.95 && milliseconds % 1 !== 0 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function formatMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Skipped cells, told once a scenario and reason. */
export function groupSkipped(
  cells: readonly { readonly scenario: string; readonly shell: string; readonly reason: string }[],
): readonly { readonly scenario: string; readonly shells: readonly string[]; readonly reason: string }[] {
  const groups = new Map<string, { scenario: string; shells: string[]; reason: string }>();
  for (const { scenario, shell, reason } of cells) {
    const key = `${scenario}\n${reason}`;
    const group = groups.get(key) ?? { scenario, shells: [], reason };
    if (!group.shells.includes(shell)) group.shells.push(shell);
    groups.set(key, group);
  }
  return [...groups.values()];
}
