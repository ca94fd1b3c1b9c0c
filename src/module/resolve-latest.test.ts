import { expect, it } from "vitest";
import { resolveLatest } from "./resolve-latest.ts";

const path = "example.org/m";
const source = (mods: Record<string, string>, latest?: string): Parameters<typeof resolveLatest>[0] => ({
  list: async () => Object.keys(mods),
  latest: async () => (latest === undefined ? undefined : { version: latest, time: undefined }),
  mod: async ({ version }) => {
    const text = mods[version];
    return text === undefined ? undefined : Buffer.from(text);
  },
});
const plain = `module ${path}\n\ngo 1.21\n`;

it("is the highest release that its own go.mod does not retract", async () => {
  const mods = { "v1.0.0": plain, "v1.1.0": plain, "v1.2.0": `${plain}retract [v1.1.0, v1.2.0] // by mistake\n` };
  expect(await resolveLatest(source(mods), path)).toBe("v1.0.0");
  expect(await resolveLatest(source(mods), path, ["v1.0.0"])).toBeUndefined();
});

it("reaches the old +incompatible tags only of modules without a go.mod", async () => {
  expect(await resolveLatest(source({ "v1.0.0": plain, "v2.0.0+incompatible": `module ${path}\n` }), path)).toBe(
    "v1.0.0",
  );
  expect(
    await resolveLatest(source({ "v1.0.0": `module ${path}\n`, "v2.0.0+incompatible": `module ${path}\n` }), path),
  ).toBe("v2.0.0+incompatible");
});

it("is what the source says where nothing is tagged", async () => {
  const pseudo = "v0.0.0-20180314180146-1d60e4601c6f";
  expect(await resolveLatest(source({}, pseudo), path)).toBe(pseudo);
  expect(await resolveLatest(source({}), path)).toBeUndefined();
});
