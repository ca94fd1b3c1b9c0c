import { describe, expect, it } from "vitest";
import { MedkitError } from "../core/errors.ts";
import { SourceRefusal } from "../module/index.ts";
import { chainUpstream, type ChainLink } from "./chain.ts";
import type { Upstream } from "./types.ts";

type Says = "has" | "absent" | "absent with reason" | "fails" | "stalls";

function link(name: string, says: Says, fallOn: ChainLink["fallOn"], asked: string[]): ChainLink {
  const answer = async (): Promise<readonly string[] | undefined> => {
    asked.push(name);
    if (says === "has") return [name];
    if (says === "absent") return undefined;
    if (says === "stalls") throw new MedkitError("PROXY_STALLED", { url: name, seconds: 1 });
    const params = { module: "m", reasons: `${name}: ${says}` };
    if (says === "absent with reason") throw new MedkitError("MODULE_UNAVAILABLE", params);
    throw new MedkitError("MODULE_UNAVAILABLE", params, { cause: new SourceRefusal("HTTP 500", 500) });
  };
  return { name, fallOn, upstream: { list: answer } as unknown as Upstream };
}

describe("chainUpstream", () => {
  it.each<[string, [Says, ChainLink["fallOn"]][], string, string]>([
    [
      "goes on behind a comma where it is not there",
      [
        ["absent", "absent"],
        ["has", "absent"],
      ],
      "b",
      "ab",
    ],
    [
      "goes on where absence has a reason",
      [
        ["absent with reason", "absent"],
        ["has", "absent"],
      ],
      "b",
      "ab",
    ],
    [
      "stops behind a comma at a failure",
      [
        ["fails", "absent"],
        ["has", "absent"],
      ],
      "MODULE_UNAVAILABLE",
      "a",
    ],
    [
      "goes on behind a bar after a failure",
      [
        ["fails", "any"],
        ["has", "absent"],
      ],
      "b",
      "ab",
    ],
    [
      "goes on behind a bar after a stall",
      [
        ["stalls", "any"],
        ["has", "absent"],
      ],
      "b",
      "ab",
    ],
    [
      "tells the failure where the rest has it not",
      [
        ["stalls", "any"],
        ["absent", "absent"],
      ],
      "PROXY_STALLED",
      "ab",
    ],
    [
      "asks no further than it has to",
      [
        ["has", "any"],
        ["has", "any"],
      ],
      "a",
      "a",
    ],
    [
      "is absent where all say so",
      [
        ["absent", "any"],
        ["absent", "absent"],
      ],
      "absent",
      "ab",
    ],
  ])("%s", async (_, says, expected, order) => {
    const asked: string[] = [];
    const links = says.map(([word, fallOn], index) => link("ab".charAt(index), word, fallOn, asked));
    const result = await chainUpstream(links)
      .list("m")
      .then(
        (found) => found?.[0] ?? "absent",
        (error: unknown) => (error as MedkitError).code,
      );
    expect([result, asked.join("")]).toEqual([expected, order]);
  });

  it("gives every source's reason, and no cause where none has failed", async () => {
    const asked: string[] = [];
    const two = [link("a", "absent", "any", asked), link("b", "absent with reason", "any", asked)];
    await expect(chainUpstream(two).list("m")).rejects.toMatchObject({
      params: { reasons: "a: not there; b: absent with reason" },
      cause: undefined,
    });
  });
});

it("asks for a zip as it was asked, and tells how the zip came", async () => {
  const wishes: unknown[] = [];
  const upstream = {
    zip: (_: unknown, __: unknown, wish: unknown) => {
      wishes.push(wish);
      return Promise.resolve({ from: "a", isPutTogether: true });
    },
  } as unknown as Upstream;
  const chain = chainUpstream([{ name: "a", fallOn: "absent", upstream }]);
  const zip = await chain.zip({ path: "example.org/m", version: "v1.0.0" }, "target", { whole: true });
  expect([wishes, zip]).toEqual([[{ whole: true }], { from: "a", isPutTogether: true }]);
});
