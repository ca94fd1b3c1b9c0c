import { expect, test } from "vitest";
import { loadTranslator } from "../i18n/index.ts";
import { splitGlobals } from "./parse-globals.ts";
import { parseLine } from "./parse.ts";
import { routeSpec, routeIds, routes, loadCommand } from "./routes.ts";
import { globalFlags } from "./global-flags.ts";
import { commandWords } from "./words.ts";

const t = await loadTranslator("en");

test.each(routeIds)("%s: its words fit its row, and its file loads", async (id) => {
  const { flags = {}, positionals = [] } = routeSpec(id);
  const words = commandWords(t, id);
  expect(Object.keys(words.flags ?? {}).toSorted()).toEqual(Object.keys(flags).toSorted());
  expect(Object.keys(words.args ?? {}).toSorted()).toEqual(positionals.map(({ name }) => name).toSorted());
  expect(await loadCommand(id)).toBeTypeOf("function");
});

test.each(routeIds)("%s: no flag hides a global one, and only the last argument takes the rest", (id) => {
  const { flags = {}, positionals = [] } = routeSpec(id);
  for (const name of Object.keys(flags)) expect(Object.keys(globalFlags)).not.toContain(name);
  for (const positional of positionals.slice(0, -1)) expect(positional.rest ?? positional.optional).toBeUndefined();
});

const examples = routeIds.flatMap((id) => (commandWords(t, id).examples ?? []).map(({ line }) => [line, id] as const));

test.each(examples)("the example `%s` is a line of %s", async (line, id) => {
  const [name, ...argv] = line.split(" ");
  expect(name).toBe("medkit");
  const { words, rest, problem } = splitGlobals(argv, "/");
  expect(problem).toBeUndefined();
  expect(await parseLine(routes, words, rest, "/")).toMatchObject({ kind: "command", id });
});
