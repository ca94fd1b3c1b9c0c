import type { Environment, Run } from "../../types.ts";
import { all } from "../dependencies.ts";

/** What a captive portal or gateway shows in place of what was asked. */
export const page =
  "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form>User: <input></form></body></html>\n";
export const html = { "content-type": "text/html; charset=utf-8" } as const;

/** Commands that need the checksum database: go.sum does not know the module. */
export const unsummed = {
  tidy: all.tidy,
  download: all.download,
  get: "go get example.com/greet@v1.1.0",
  install: "go install example.com/greet@latest",
} as const;

/** `go mod download` with one variable set, by a name for the variant. */
export function through(
  variable: string,
  values: Readonly<Record<string, string>>,
  more: Environment = {},
): Record<string, Run> {
  return Object.fromEntries(
    Object.entries(values).map(([variant, value]) => [
      variant,
      { command: all.download, env: { ...more, [variable]: value } },
    ]),
  );
}
