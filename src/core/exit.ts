/**
 * Exit statuses, fixed for scripts that call medkit.
 * Each name says what the caller can conclude; `docs/reference/exit-statuses.md` says what to do.
 */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  answerIsNo: 3,
  integrity: 4,
  unavailable: 5,
  hostUnfit: 6,
  locked: 7,
  failedRestored: 8,
  failedNotRestored: 9,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];
