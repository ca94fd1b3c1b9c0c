/** Remedies of one family, by kind. */
export const toolchainRemedies = {} as const;
