import { describe, expect, it } from "vitest";
import { addressKind } from "./addresses.ts";
import { AllowedHosts } from "./hosts.ts";

describe("addressKind", () => {
  it.each([
    ["169.254.169.254", "never"],
    ["::ffff:169.254.169.254", "never"],
    ["fe80::1", "never"],
    ["fd00:ec2::254", "never"],
    ["100.100.100.200", "never"],
    ["0.0.0.0", "never"],
    ["::", "never"],
    ["255.255.255.255", "never"],
    ["git.internal", "never"],
    ["127.0.0.1", "inside"],
    ["::ffff:127.0.0.1", "inside"],
    ["::1", "inside"],
    ["10.1.2.3", "inside"],
    ["64:ff9b::7f00:1", "inside"],
    ["fd12::1", "inside"],
    ["140.82.121.3", "public"],
    ["2606:50c0:8000::154", "public"],
  ])("of %s is %s", (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });
});

describe("AllowedHosts", () => {
  const trust = (patterns: string[], hosts: string[], any: boolean, host: string, port = 443) =>
    new AllowedHosts(patterns, { hosts, any }).trust(host, port);

  it("are those of patterns and of the list, at their port", () => {
    const patterns = ["git.internal/team/*", "*.corp.internal"];
    const hosts = ["storage.internal:8443"];
    expect(trust(patterns, hosts, false, "git.internal")).toBe("named");
    expect(trust(patterns, hosts, false, "GIT.internal.")).toBe("named");
    expect(trust(patterns, hosts, false, "a.b.corp.internal")).toBe("named");
    expect(trust(patterns, hosts, false, "storage.internal", 8443)).toBe("named");
    expect(trust(patterns, hosts, false, "storage.internal")).toBeUndefined();
    expect(trust(patterns, hosts, false, "git.internal", 22)).toBeUndefined();
    expect(trust(patterns, hosts, false, "corp.internal")).toBeUndefined();
    expect(trust(patterns, hosts, false, "git.internal.example.com")).toBeUndefined();
  });

  it("are all public names where every module may be fetched, and no bare address", () => {
    for (const [patterns, any] of [
      [[], true],
      [["*"], false],
      [["*/team"], false],
    ] as const) {
      expect(trust([...patterns], [], any, "github.com")).toBe("public");
      for (const host of ["140.82.121.3", "[::1]", "localhost", "metadata"])
        expect(trust([...patterns], [], any, host), host).toBeUndefined();
      expect(trust([...patterns], [], any, "github.com", 8080)).toBeUndefined();
    }
    expect(trust(["*.internal"], [], false, "github.com")).toBeUndefined();
    expect(trust(["10.0.0.*"], [], false, "10.0.0.1")).toBeUndefined();
    expect(trust(["10.0.0.1/team"], [], false, "10.0.0.1")).toBe("named");
  });
});
