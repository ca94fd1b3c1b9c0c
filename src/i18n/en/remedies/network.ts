/** Remedies of one family, by kind. */
export const networkRemedies = {
  "rescue.remedy.trust-authority": "the authority in {file} trusted too, for this command",
} as const;
