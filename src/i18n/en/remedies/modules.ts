/** Remedies of one family, by kind. */
export const moduleRemedies = {
  "rescue.remedy.copied-go-sum":
    "copies of go.mod and go.sum that go completes, each hash proven by the checksum database",
} as const;
