import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createNoteSigner, ed25519FromSeed } from "../module/index.ts";
import { MedkitError } from "../core/errors.ts";
import { parseKitConfig } from "./config.ts";
import { planKit } from "./plan.ts";

const least = `schema: medkit/kit-config/v1\nversion: "1.2"\ntoolchains:\n  - version: 1.21.13\n    platforms: [linux/amd64]\n`;

const key = (name: string): string => createNoteSigner(name, ed25519FromSeed(Buffer.alloc(32, 7))).verifierKey;
const withPath = key("sum.corp.example/team");
const withPort = key("sum.corp.example:8080");

function failure(text: string): MedkitError {
  try {
    parseKitConfig(text, "medkit.yaml");
  } catch (error) {
    if (error instanceof MedkitError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

describe("parseKitConfig", () => {
  it("accepts the reference kit", () => {
    const config = parseKitConfig(
      readFileSync(new URL("../../examples/reference-kit.yaml", import.meta.url), "utf8"),
      "reference-kit.yaml",
    );
    expect(config.version).toBe("1.2");
    expect(config.toolchains.map((toolchain) => toolchain.version)).toEqual(["1.21.13", "1.22.5"]);
  });

  it("fills in what was left out", () => {
    expect(parseKitConfig(least, "f")).toMatchObject({
      name: "go-emergency-kit",
      sumdb: "sum.golang.org",
      tests: true,
      sources: ["proxy", "download", "local", "rebuild"],
    });
  });

  it.each([
    ["an unknown key", `${least}colour: red\n`, 6],
    ["a nested unknown key", `${least}cache:\n  enabled: true\n  warmth: 3\n`, 8],
    ["a duplicate key", `${least}version: "1.3"\n`, 6],
    ["a language version", least.replace("1.21.13", '"1.21"'), 4],
    ["a platform without a slash", least.replace("linux/amd64", "linux"), 5],
    ["broken YAML", `${least}modules: ]\n`, 6],
  ])("refuses %s and names the line", (_, text, line) => {
    const error = failure(text);
    expect(error.code).toBe("CONFIG_INVALID");
    expect(error.params["line"]).toBe(line);
  });
});

describe("planKit", () => {
  const facts = {
    configFile: "/conf/medkit.yaml",
    goproxy: "https://goproxy.internal",
    host: { os: "linux", arch: "amd64" },
    platforms: undefined,
  };

  it("resolves module versions for each toolchain", () => {
    const config = parseKitConfig(
      `${least.replace("[linux/amd64]", "[linux/arm64, linux/amd64]")}  - version: 1.22.5\n    platforms: [darwin/arm64]\nmodules:\n  - module: golang.org/x/net\n    versions: {"1.21": v0.34.0, "1.22": v0.35.0}\n  - gomod: service/go.mod\n`,
      "f",
    );
    const plan = planKit(config, facts);
    expect(plan.archive).toBe("go-emergency-kit-v1.2.tgz");
    expect(plan.toolchains.map(({ version, platform }) => `${version} ${platform.os}/${platform.arch}`)).toEqual([
      "1.21.13 linux/amd64",
      "1.21.13 linux/arm64",
      "1.22.5 darwin/arm64",
    ]);
    expect(plan.moduleSets.map((set) => set.modules)).toEqual([
      [{ path: "golang.org/x/net", version: "v0.34.0" }],
      [{ path: "golang.org/x/net", version: "v0.35.0" }],
    ]);
    expect(plan.moduleSets[0]?.mainModules).toEqual(["/conf/service"]);
  });

  it("refuses a checksum database that is off, unknown, or of a name that no kit can hold", () => {
    for (const sumdb of ["off", "sum.unknown.example", withPort]) {
      const config = parseKitConfig(`${least}sumdb: "${sumdb}"\n`, "f");
      expect(() => planKit(config, facts)).toThrow(expect.objectContaining({ code: "DATABASE_KEY_INVALID" }));
    }
    for (const sumdb of ["sum.golang.google.cn", `${withPath} https://mirror.example.org/db`])
      expect(planKit(parseKitConfig(`${least}sumdb: "${sumdb}"\n`, "f"), facts).sumdb).toBe(sumdb);
  });

  it("refuses a wish that leaves no toolchain", () => {
    const config = parseKitConfig(least, "f");
    expect(() => planKit(config, { ...facts, platforms: ["linux/riscv64"] })).toThrow(
      expect.objectContaining({ code: "KIT_NO_TOOLCHAIN" }),
    );
  });
});
