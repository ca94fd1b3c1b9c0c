import { goMain, goTest } from "../../projects.ts";
import type { Files } from "../../types.ts";

export const runs = { build: "go build ./..." } as const;

/** Every command that compiles. */
export const compiling = {
  build: "go build ./...",
  test: "go test ./...",
  vet: "go vet ./...",
  run: "go run .",
  install: "go install ./...",
} as const;

/** A program with this body of main(). */
export const main = (body: string, imports?: readonly string[]): Files => ({ "main.go": goMain(body, imports) });

/** A program with this text after its package clause. */
export const mainText = (text: string): Files => ({ "main.go": `package main\n\n${text}` });

/** A test with this body. */
export const test = (body: string, imports?: readonly string[]): Files => ({ "main_test.go": goTest(body, imports) });
