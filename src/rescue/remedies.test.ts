import { describe, expect, test } from "vitest";
import { MedkitError } from "../core/errors.ts";
import type { KitAccess } from "./kit-access.ts";
import type { Probes } from "./probes/types.ts";
import { splitGoflags } from "../core/goflags.ts";
import { editGoflagWords, goflagName, joinGoflags, useKitModules } from "./remedies.ts";
import type { CaseFile } from "./types.ts";

describe("GOFLAGS", () => {
  test.each([
    ["", []],
    ["-mod=mod -tags=a,b", ["-mod=mod", "-tags=a,b"]],
    [`  '-ldflags=-s -w'   "-gcflags=all=-N -l" -v`, ["-ldflags=-s -w", "-gcflags=all=-N -l", "-v"]],
    [`-x='a b'`, ["-x='a", "b'"]],
    [`'open`, [`'open`]],
  ])("splits %j as the go command does", (text, words) => {
    expect(splitGoflags(text)).toEqual(words);
  });

  test("joins so that it splits the same", () => {
    for (const words of [["-ldflags=-s -w", "-v"], ["-x=it's so"], ["-tags=a"]])
      expect(splitGoflags(joinGoflags(words))).toEqual(words);
  });

  test("takes out whole words, and leaves others of the same flag", () => {
    const words = ["-tags=a", "b", "-mod=local", "-mod=mod", "-v"];
    expect(editGoflagWords(words, { dropWords: ["b", "-mod=local"] })).toEqual(["-tags=a", "-mod=mod", "-v"]);
  });

  test("takes out by name, and lets a new word take the place of its name", () => {
    const words = ["-tags=a", "-mod=vendor", "--mod=mod", "-v"];
    expect(editGoflagWords(words, { drop: ["v"], add: ["-mod=mod"] })).toEqual(["-tags=a", "-mod=mod"]);
  });

  test("names", () => {
    expect(["-mod=vendor", "--mod=mod", "-v"].map(goflagName)).toEqual(["mod", "mod", "v"]);
  });
});

describe("modules of the kit", () => {
  const remedyOf = async (
    env: Readonly<Record<string, string>>,
    privatePatterns: readonly string[],
    gosumdb: string,
  ) => {
    const verify = (): Promise<void> => Promise.reject(new MedkitError("INTERRUPTED"));
    const kit: Partial<KitAccess> = { folder: "/kit", goproxy: "file:///kit/modules", gosumdb, privatePatterns, verify }; // prettier-ignore
    const probes: Partial<Probes> = {
      setting: (name) =>
        Promise.resolve({ name, value: env[name] ?? "", origin: "environment", file: undefined, line: undefined }),
      // As go env says it: GOPRIVATE stands in for what is unset.
      goEnv: () => Promise.resolve({ GONOSUMDB: env["GOPRIVATE"] ?? "", ...env }),
    };
    return useKitModules({ kit, probes } as unknown as CaseFile, { only: false });
  };
  const modulesOf = async (env: Readonly<Record<string, string>>, privatePatterns: readonly string[]) =>
    (await remedyOf(env, privatePatterns, "sum.golang.org"))?.environment;

  test("what is the kit's own word is verified before anything takes it", async () => {
    expect((await remedyOf({}, [], "sum.golang.org"))?.precondition).toBeUndefined();
    for (const remedy of [
      await remedyOf({}, ["*"], "sum.golang.org"),
      await remedyOf({}, [], "sum.example.org+033de0ae+AAAA"),
      await remedyOf({ GOPRIVATE: "git.example.org" }, [], "sum.golang.org"),
    ])
      await expect(remedy?.precondition?.()).rejects.toThrow();
  });

  test("a kit without private modules touches no exemption", async () => {
    expect(await modulesOf({ GOPRIVATE: "git.example.org", GOPROXY: "https://goproxy.internal" }, [])).toEqual({
      GOPROXY: "file:///kit/modules,https://goproxy.internal",
      GOSUMDB: "sum.golang.org",
    });
  });

  test("what GOPRIVATE keeps from the checksum database stays away from it", async () => {
    const laid = await modulesOf({ GOPRIVATE: "git.example.org", GOPROXY: "off" }, ["kit.example.org"]);
    expect(laid).toHaveProperty("GONOSUMDB", "git.example.org,kit.example.org");
  });
});
