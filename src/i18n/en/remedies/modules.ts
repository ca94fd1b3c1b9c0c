/** Remedies of one family, by kind. */
export const moduleRemedies = {} as const;
