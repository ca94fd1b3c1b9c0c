/** Remedies of one family, by kind. */
export const hostRemedies = {} as const;
