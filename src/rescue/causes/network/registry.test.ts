import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../engine.ts";
import { readSymptoms } from "../../symptoms/registry.ts";
import type { Answer, ServerFacts } from "../../probes/types.ts";
import type { CaseFile, Transcript } from "../../types.ts";
import { earlyNetworkCauses, networkCauses } from "./registry.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Said = Partial<Pick<Answer, "outcome" | "status" | "detail">>;

interface World {
  readonly stderr: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly goproxy?: string;
  /** What an address says when it is asked in an environment. */
  readonly answer: (url: string, env: Environment) => Said;
  readonly facts?: ServerFacts;
  readonly git?: string;
}

function caseOf({ stderr, env = {}, goproxy = "https://goproxy.internal", answer, facts, git }: World): CaseFile {
  const transcript: Transcript = { argv: ["go", "build"], status: 1, signal: undefined, startError: undefined, stdout: "", stderr, milliseconds: 0 }; // prettier-ignore
  const setting = { name: "", value: "", origin: "default", file: undefined, line: undefined };
  const probes = {
    goEnv: () => Promise.resolve({ GOPROXY: goproxy, GOMODCACHE: "/nowhere" }),
    setting: (name: string) => Promise.resolve({ ...setting, name, value: name === "GOSUMDB" ? "sum.golang.org" : "" }),
    ask: (url: string, laid: Environment = {}) => Promise.resolve({ url, outcome: "ok", status: undefined, detail: "", clockSkew: undefined, milliseconds: 1, ...answer(url, { ...env, ...laid }) }), // prettier-ignore
    serverFacts: () => Promise.resolve(facts),
    which: () => Promise.resolve(git),
    path: () => Promise.resolve({ kind: "absent" }),
    project: () => Promise.resolve({ root: undefined, goWorkFile: undefined }),
  };
  const command = { argv: ["go", "build"], cwd: "/nowhere", env, limits: {} };
  return { command, transcript, symptoms: readSymptoms(transcript), probes, kit: undefined, scratch: (name: string) => name } as unknown as CaseFile; // prettier-ignore
}

async function told(world: World): Promise<readonly (readonly [string, string])[]> {
  const found = await diagnose([...earlyNetworkCauses, ...networkCauses], caseOf(world));
  return found.map(({ code, confidence }) => [code, confidence] as const);
}

const zip = "https://goproxy.internal/golang.org/x/sync/@v/v0.11.0.zip";
const get = (what: string): string => `main.go:2:8: golang.org/x/sync@v0.11.0: Get "${zip}": ${what}`;
const read = (what: string): string => `main.go:2:8: golang.org/x/sync@v0.11.0: reading ${zip}: ${what}`;
const refused = get("dial tcp 192.0.2.1:443: connect: connection refused");
const expired = get("tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-27T22:12:48Z is after 2023-11-28T22:12:38Z"); // prettier-ignore
const unknown = get("tls: failed to verify certificate: x509: certificate signed by unknown authority");
const mismatch = "verifying golang.org/x/sync@v0.11.0/go.mod: checksum mismatch";
const proxied = { HTTPS_PROXY: "http://proxy.internal:3128" };
const facts = {
  validFrom: new Date("2020-01-01"),
  validTo: new Date("2023-01-01"),
  issuer: "Example Corp Root CA",
  ours: new Date("2026-01-01"),
  theirs: new Date("2026-01-01"),
};

// What is more general may follow: that the address does not answer holds, too.
describe("first told is what the probe shows", () => {
  test.each<[string, World]>([
    ["MODULES_UNREACHABLE", { stderr: refused, answer: () => ({ outcome: "refused" }) }],
    ["MODULES_UNREACHABLE", { stderr: get("EOF"), answer: () => ({ outcome: "timeout" }) }],
    ["PROXY_ANSWER_WRONG", { stderr: read("502 Bad Gateway"), answer: () => ({ outcome: "status", status: 502 }) }],
    ["PROXY_ANSWER_WRONG", { stderr: get("unexpected EOF"), answer: () => ({ outcome: "cut" }) }],
    ["PROXY_ANSWER_WRONG", { stderr: mismatch, answer: () => ({ outcome: "html" }) }],
    [
      "PROXY_CREDENTIALS_MISSING",
      { stderr: read("401 Unauthorized"), answer: () => ({ outcome: "status", status: 401 }) },
    ],
    ["PROXY_CREDENTIALS_MISSING", { stderr: get("Proxy Authentication Required"), env: proxied, answer: (_, env) => (env["HTTPS_PROXY"] ? { outcome: "proxy-status", status: 407 } : { outcome: "no-name" }) }], // prettier-ignore
    [
      "HTTP_PROXY_WRONG",
      { stderr: refused, env: proxied, answer: (_, env) => (env["HTTPS_PROXY"] ? { outcome: "proxy-refused" } : {}) },
    ],
    ["HTTP_PROXY_WRONG", { stderr: read("502 Bad Gateway"), env: proxied, answer: (_, env) => (env["HTTPS_PROXY"] ? { outcome: "status", status: 502 } : {}) }], // prettier-ignore
    ["HTTP_PROXY_WRONG", { stderr: refused, env: proxied, answer: (_, env) => ({ outcome: env["HTTPS_PROXY"] ? "proxy-refused" : "refused" }) }], // prettier-ignore
    ["NO_PROXY_WRONG", { stderr: refused, env: { ...proxied, no_proxy: ".internal" }, answer: (_, env) => (env["no_proxy"] ? { outcome: "refused" } : {}) }], // prettier-ignore
    ["AUTHORITY_UNKNOWN", { stderr: unknown, answer: () => ({ outcome: "tls-authority" }) }],
    ["CERTIFICATE_EXPIRED", { stderr: expired, facts, answer: () => ({ outcome: "tls-time" }) }],
    ["CERTIFICATE_EXPIRED", { stderr: expired, facts, answer: () => ({ outcome: "tls-authority" }) }],
    ["CLOCK_WRONG", { stderr: expired, facts: { ...facts, theirs: new Date("2021-01-01") }, answer: () => ({ outcome: "tls-time" }) }], // prettier-ignore
    ["GIT_MISSING", { stderr: 'git init --bare in /x: exec: "git": executable file not found in $PATH', goproxy: "direct", answer: () => ({}) }], // prettier-ignore
  ])("%s", async (code, world) => {
    expect((await told(world))[0]).toEqual([code, "certain"]);
  });

  test("nobody may be asked: what the text says is possible", async () => {
    const answer = (): Said => ({ outcome: "not-asked" });
    expect(await told({ stderr: refused, answer })).toEqual([["MODULES_UNREACHABLE", "possible"]]);
    expect(await told({ stderr: unknown, answer })).toEqual([["AUTHORITY_UNKNOWN", "possible"]]);
    expect(await told({ stderr: expired, answer })).toEqual([["CERTIFICATE_EXPIRED", "possible"]]);
    expect(await told({ stderr: read("401 Unauthorized"), answer })).toEqual([["PROXY_CREDENTIALS_MISSING", "possible"]]); // prettier-ignore
    expect(await told({ stderr: read("502 Bad Gateway"), answer })).toEqual([["PROXY_ANSWER_WRONG", "possible"]]);
    expect(await told({ stderr: mismatch, answer })).toEqual([]);
    const dead = get("proxyconnect tcp: dial tcp 192.0.2.1:3129: connect: connection refused");
    expect((await told({ stderr: dead, env: proxied, answer }))[0]).toEqual(["HTTP_PROXY_WRONG", "possible"]);
    expect((await told({ stderr: refused, env: proxied, answer }))[0]).toEqual(["MODULES_UNREACHABLE", "possible"]);
  });

  test("it answers well when it is asked again", async () => {
    const answer = (): Said => ({});
    expect(await told({ stderr: refused, answer })).toEqual([["MODULES_UNREACHABLE", "possible"]]);
    expect(await told({ stderr: read("502 Bad Gateway"), answer })).toEqual([["PROXY_ANSWER_WRONG", "possible"]]);
    expect(await told({ stderr: unknown, answer })).toEqual([]);
  });
});

describe("nothing is told", () => {
  test.each<[string, World]>([
    [
      "of a program's own connections, though no proxy can be reached",
      { stderr: '    main_test.go:9: Get "http://127.0.0.1:8080/": dial tcp 127.0.0.1:8080: connect: connection refused', answer: () => ({ outcome: "refused" }) }, // prettier-ignore
    ],
    [
      "of a module that is not there",
      { stderr: read("404 Not Found"), answer: () => ({ outcome: "status", status: 404 }) },
    ],
    ["of a checksum mismatch where the proxy has the file", { stderr: mismatch, answer: () => ({}) }],
    ["of one where the proxy fails now", { stderr: mismatch, answer: () => ({ outcome: "status", status: 502 }) }],
    ["of git that is there", { stderr: 'exec: "git": executable file not found in $PATH', git: "/usr/bin/git", answer: () => ({}) }], // prettier-ignore
  ])("%s", async (_, world) => {
    expect(await told(world)).toEqual([]);
  });
});

test("what the netrc knows is not shown, only whether it knows the host with its port", async () => {
  const folder = await mkdtemp(join(tmpdir(), "netrc-"));
  const NETRC = join(folder, "netrc");
  await writeFile(NETRC, "machine goproxy.internal login dev password hunter2hunter2\n");
  const evidenceOf = async (stderr: string, goproxy: string): Promise<string> => {
    const world: World = { stderr, goproxy, env: { NETRC }, answer: () => ({ outcome: "status", status: 401 }) };
    return JSON.stringify((await diagnose(networkCauses, caseOf(world)))[0]?.evidence);
  };
  const unauthorised = read("401 Unauthorized");
  const known = await evidenceOf(unauthorised, "https://goproxy.internal");
  expect(known).toContain('"has an entry for goproxy.internal"');
  expect(known).not.toContain("hunter2");
  const plain = unauthorised.replace("https://goproxy.internal", "http://goproxy.internal:8081");
  expect(await evidenceOf(plain, "http://goproxy.internal:8081")).toContain('"has no entry for goproxy.internal:8081; go sends it over https only"'); // prettier-ignore
  await rm(folder, { recursive: true });
});
