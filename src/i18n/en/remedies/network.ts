/** Remedies of one family, by kind. */
export const networkRemedies = {} as const;
