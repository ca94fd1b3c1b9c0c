import { describe, expect, it } from "vitest";
import type { ProcessResult, ProcessSpec } from "../../core/ports.ts";
import { goAuth, parseUserAuth } from "./go-auth.ts";

const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString("base64")}` });

/** GOAUTH with programs that print `printed`, by the command's name. */
function logins(goauth: string, printed: Readonly<Record<string, string>> = {}) {
  const runs: ProcessSpec[] = [];
  const run = async (spec: ProcessSpec): Promise<ProcessResult> => {
    runs.push(spec);
    const stdout = printed[spec.command];
    const status = stdout === undefined ? undefined : 0;
    return { status, signal: undefined, stdout: Buffer.from(stdout ?? ""), stderr: "", timedOut: false };
  };
  const netrc = new Map([["git.internal", { login: "robot", password: "s3cr3t" }]]);
  return { of: goAuth({ process: { run }, env: { PATH: "/bin" }, goauth, netrc, gitConfig: undefined }), runs };
}

const page = new URL("https://git.internal/team/mod?go-get=1");

describe("goAuth", () => {
  it("gives a login of netrc to its host only", async () => {
    const { of } = logins("netrc");
    expect(await of.headers(page)).toEqual(basic("robot:s3cr3t"));
    expect(await of.headers(new URL("https://git.internal.example.com/x"))).toBeUndefined();
    expect(await logins("off").of.headers(page)).toBeUndefined();
  });

  it("asks git after a refusal, without a prompt, and believes no answer for another host", async () => {
    const said = "protocol=https\nhost=git.internal\nusername=a\npassword=b=c\n";
    const { of, runs } = logins("git /srv/repository", { git: said });
    expect(await of.headers(page)).toBeUndefined();
    expect(await of.headers(page, 401)).toEqual(basic("a:b=c"));
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ cwd: "/srv/repository", input: "url=https://git.internal/team/mod\n" });
    expect(runs[0]?.env).toMatchObject({ GIT_TERMINAL_PROMPT: "0", GIT_ASKPASS: "" });
    const lured = logins("git /srv/repository", { git: said.replace("git.internal", "evil.example.com") });
    expect(await lured.of.headers(page, 401)).toBeUndefined();
    expect(await logins("git relative", { git: said }).of.headers(page, 401)).toBeUndefined();
  });

  it("takes the header of the longest URL that a command names, and runs it again with the page after a refusal", async () => {
    const printed =
      "https://git.internal\n\nX-Token: all\n\nhttps://git.internal/team\n\nX-Token: team\n\nhttps://git.internal/te\n\nX-Token: no\n\n";
    const { of, runs } = logins("helper --quiet; netrc", { helper: printed });
    expect(await of.headers(page)).toEqual({ "X-Token": "team" });
    expect(await of.headers(new URL("https://git.internal/other"))).toEqual({ "X-Token": "all" });
    expect(await of.headers(new URL("https://example.com/team"))).toBeUndefined();
    expect(await of.headers(page, 401)).toEqual({ "X-Token": "team" });
    expect(runs.map(({ args }) => args)).toEqual([["--quiet"], ["--quiet", page.href]]);
  });

  it("goes on to the next method where a command fails", async () => {
    expect(await logins("absent; netrc").of.headers(page)).toEqual(basic("robot:s3cr3t"));
  });
});

describe("parseUserAuth", () => {
  const header = { Authorization: "Basic YTpi" };
  it.each([
    ["", []],
    ["https://a.b\n\nAuthorization: Basic YTpi\n\n", [["https://a.b", header]]],
    [
      "https://a.b/x\nhttps://c.d\n\nAuthorization: Basic YTpi\n\nhttps://e.f\n\nX-Token: 1\nX-Other: 2\n\n",
      [
        ["https://a.b/x", header],
        ["https://c.d", header],
        ["https://e.f", { "X-Token": "1", "X-Other": "2" }],
      ],
    ],
    ["https://a.b\n\nAuthorization: Basic YTpi\n", []],
    ["http://a.b\n\nAuthorization: Basic YTpi\n\n", []],
    ["https://a.b\n\nAuthorization Basic\n\n", []],
    ["https://a.b\n\nA: b\rX: c\n\n", []],
  ] as const)("reads %j", (text, entries) => {
    expect([...parseUserAuth(text)]).toEqual(entries);
  });
});
