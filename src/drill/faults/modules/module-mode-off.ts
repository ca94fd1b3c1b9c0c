import { addGoenv } from "../goenv.ts";
import type { Fault } from "../types.ts";

export const moduleModeOff: Fault = {
  id: "module-mode-off",
  title: "GO111MODULE=off in a module",
  cause: "MODULE_MODE_OFF",
  expect: "recovered",
  environment: () => ({ GO111MODULE: "off" }),
};

export const moduleModeOffForGood: Fault = {
  id: "module-mode-off-goenv",
  title: "GO111MODULE=off from `go env -w`",
  cause: "MODULE_MODE_OFF",
  expect: "recovered",
  setUp: (stage) => addGoenv(stage, "GO111MODULE=off\nGOPRIVATE=git.example.org\n"),
};
