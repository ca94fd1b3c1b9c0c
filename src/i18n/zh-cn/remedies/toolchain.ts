/** 一类原因的办法，按种类. */
export const toolchainRemedies = {} as const;
