import type { Fault } from "../types.ts";

export const goMissing: Fault = {
  id: "go-missing",
  title: "No go on PATH, nor anywhere else",
  cause: "GO_MISSING",
  expect: "recovered",
  environment: () => ({ PATH: "/usr/bin:/bin" }),
  mounts: ({ inside }) => [{ kind: "tmpfs", to: inside.go }],
};
