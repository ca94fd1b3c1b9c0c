import { expect, test } from "vitest";
import { unknownParts } from "./port-unknown.ts";
import { withoutDebugPart } from "./setting-invalid.ts";

test("a part of GODEBUG goes, the others stay", () => {
  expect(withoutDebugPart("gotypesalias=1,fips140=maybe,netdns=go", "fips140=maybe")).toBe("gotypesalias=1,netdns=go");
  expect(withoutDebugPart("fips140=maybe", "fips140=maybe")).toBe("");
});

test("of a pair that is no port, the part that no port has is wrong", () => {
  const ports = ["linux/amd64", "linux/riscv64", "windows/amd64"];
  expect(unknownParts(ports, "Linux", "amd64")).toEqual(["GOOS"]);
  expect(unknownParts(ports, "", "x86_64")).toEqual(["GOARCH"]);
  expect(unknownParts(ports, "plan10", "x86_64")).toEqual(["GOOS", "GOARCH"]);
  expect(unknownParts(ports, "windows", "riscv64")).toEqual([]);
});
