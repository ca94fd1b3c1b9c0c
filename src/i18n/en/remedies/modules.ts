/** Remedies of one family, by kind. */
export const moduleRemedies = {
  "rescue.remedy.copied-go-sum":
    "copies of go.mod and go.sum that go completes, each hash proven by the checksum database",
  "rescue.remedy.copied-go-mod":
    "copies of go.mod and go.sum that go completes, each new hash proven by the checksum database",
  "rescue.remedy.completed-in-place": "{file} itself completed, each new hash proven by the checksum database",
  "rescue.remedy.fresh-module-cache": "a module cache of its own, {path}; yours stays as it is",
} as const;
