import { describe, expect, it } from "vitest";
import { Guard } from "./guard.ts";
import { loginsText, parseLogins } from "./login-file.ts";
import { keepPassword, makeToken } from "./secret.ts";

const basic = (name: string, secret: string): string => `Basic ${Buffer.from(`${name}:${secret}`).toString("base64")}`;

async function world() {
  const token = makeToken();
  const text = loginsText([
    { name: "ana", text: await keepPassword("pass:word ü") },
    { name: "ci", text: token.kept },
  ]);
  let now = 0;
  const guard = new Guard({ monotonic: () => now }, parseLogins(`# people\n\n${text}`, "logins"));
  return { guard, token: token.token, text, pass: (milliseconds: number) => void (now += milliseconds) };
}

describe("Guard", () => {
  it("lets in who has the password or the token, and says who it is", async () => {
    const { guard, token } = await world();
    expect(await guard.admit(basic("ana", "pass:word ü"), "a")).toEqual({ admitted: true, user: "ana" });
    expect(await guard.admit(basic("ana", "pass:word u\u0308"), "a")).toEqual({ admitted: true, user: "ana" });
    expect(await guard.admit(basic("ci", token), "a")).toEqual({ admitted: true, user: "ci" });
    expect(await guard.admit(`bearer ${token}`, "a")).toEqual({ admitted: true, user: "ci" });
  });

  it.each([
    basic("ana", "pass:word"),
    basic("ana", ""),
    basic("nobody", "pass:word ü"),
    basic("ci", "mk_"),
    "Bearer pass:word",
    "Basic !!!!",
    "Basic",
    "Digest x",
    "",
  ])("keeps %j out", async (header) => {
    const { guard } = await world();
    expect(await guard.admit(header, "a")).toEqual({ admitted: false, why: "wrong" });
  });

  it("makes an address that guesses wait, but nobody who is known, and no other address", async () => {
    const { guard, token, pass } = await world();
    const right = basic("ci", token);
    await guard.admit(right, "a");
    for (let tries = 0; tries < 10; tries++) await guard.admit(`Bearer ${tries}`, "a");
    expect(await guard.admit("Bearer next", "a")).toEqual({ admitted: false, why: "waiting", wait: 60 });
    expect(await guard.admit(`Bearer ${token}`, "a")).toMatchObject({ admitted: false, why: "waiting" });
    expect(await guard.admit(right, "a")).toMatchObject({ admitted: true });
    expect(await guard.admit(`Bearer ${token}`, "b")).toMatchObject({ admitted: true });
    pass(60_001);
    expect(await guard.admit("bearer  x", "a")).toEqual({ admitted: false, why: "wrong" });
    expect(await guard.admit(`bearer ${token}`, "a")).toMatchObject({ admitted: true });
  });

  it("forgets what was proven when the logins are others", async () => {
    const { guard, token, text } = await world();
    const header = basic("ci", token);
    await guard.admit(header, "a");
    guard.replace(parseLogins(text.replace(/^ci:.*\n/m, ""), "logins"));
    expect(await guard.admit(header, "a")).toEqual({ admitted: false, why: "wrong" });
  });

  it("does not hash without bound: who comes while many wait is told to come again", async () => {
    const { guard } = await world();
    const all = await Promise.all(
      Array.from({ length: 80 }, (_, index) => guard.admit(basic("ci", `${index}`), `${index}`)),
    );
    expect(all.filter((each) => !each.admitted && each.why === "busy")).toHaveLength(80 - 2 - 64);
  });
});

describe("parseLogins", () => {
  it.each([
    ["ana\n", 1],
    ["# x\n:secret\n", 2],
    ["ana:plain-password\n", 1],
    ["ana:$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", 1],
    [`a:$sha256$${"0".repeat(64)}\na:$sha256$${"0".repeat(64)}\n`, 2],
  ])("refuses %j with its line", (text, line) => {
    let error: unknown;
    try {
      parseLogins(text, "logins");
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "LOGIN_FILE_INVALID", params: { line } });
    expect(JSON.stringify(error)).not.toContain("plain-password");
  });
});
