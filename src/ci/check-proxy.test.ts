import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { runInProcess } from "../../test/support/in-process.ts";
import { checkProxy } from "./check-proxy.ts";
import type { CiSettings } from "./types.ts";
import { FakeLog } from "../module/__fixtures__/fake-log.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

const log = new FakeLog();
log.add("example.org/m", "v1.0.0", "example.org/m v1.0.0 h1:AAAA\n");
const { name } = log.verifier;

type Answers = Readonly<Record<string, readonly [status: number, body: string]>>;

/** What a mirror in order answers. */
const sound: Answers = {
  "/readyz": [200, "ok"],
  "/example.org/m/@v/list": [200, "v1.0.0\nv1.2.0\nv1.1.0\n"],
  "/example.org/m/@v/v1.2.0.info": [200, '{"Version":"v1.2.0"}'],
  "/example.org/m/@v/v1.2.0.mod": [200, "module example.org/m\n"],
  [`/sumdb/${name}/supported`]: [200, ""],
  [`/sumdb/${name}/latest`]: [200, String(log.answer("latest"))],
};

async function serve(changes: Answers): Promise<string> {
  const answers: Answers = { ...sound, ...changes };
  server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ""] ?? answers["*"] ?? [404, "not found"];
    response.writeHead(status).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function check(changes: Answers) {
  const settings: CiSettings = { proxy: await serve(changes), fallback: "direct", sumdb: log.verifier.text, private: [], privateFrom: "direct", ca: undefined, netrc: false, go: "1.26" }; // prettier-ignore
  const ports = { fetch, signal: new AbortController().signal };
  const checks = await checkProxy(ports, { settings, module: "example.org/m", netrc: new Map() });
  return { checks, no: checks.filter((each) => each.state === "no").map((each) => each.code) };
}

test("a mirror in order passes", async () => {
  const { checks } = await check({});
  expect(checks.map(({ step, state }) => `${step} ${state}`)).toEqual([
    "ready ok", "list ok", "info ok", "mod ok", "sumdb ok", "sumdbLatest ok", "absent ok",
  ]); // prettier-ignore
});

const other = new FakeLog("other.example");
other.add("example.org/m", "v1.0.0", "example.org/m v1.0.0 h1:AAAA\n");

test.each<[string, Answers, string]>([
  ["that is not ready", { "/readyz": [503, "starting"] }, "notReady"],
  ["without the module", { "/example.org/m/@v/list": [410, "gone"] }, "moduleAbsent"],
  ["with a login page", { "/example.org/m/@v/list": [200, "<!DOCTYPE html><html>"] }, "html"],
  ["that forbids", { "/example.org/m/@v/list": [403, "forbidden"] }, "failed"],
  ["without versions", { "/example.org/m/@v/list": [200, ""] }, "listEmpty"],
  ["with another version's .info", { "/example.org/m/@v/v1.2.0.info": [200, '{"Version":"v1.0.0"}'] }, "infoWrong"],
  ["with another module's go.mod", { "/example.org/m/@v/v1.2.0.mod": [200, "module example.org/other\n"] }, "modWrong"],
  ["that fails for the database", { [`/sumdb/${name}/supported`]: [502, ""] }, "failed"],
  ["whose tree head another key has signed", { [`/sumdb/${name}/latest`]: [200, String(other.answer("latest"))] }, "sumdbForged"],
  ["that keeps go from going on", { "*": [403, "not on the list"] }, "staysStuck"],
  ["that answers everything with a page", { "*": [200, "<html>"] }, "html"],
  ["that invents modules", { "*": [200, "v1.0.0\n"] }, "inventsVersions"],
])("a mirror %s does not", async (_, changes, code) => expect((await check(changes)).no).toContain(code)); // prettier-ignore

test("what a mirror need not have is only noted", async () => {
  const { checks, no } = await check({ "/readyz": [404, ""], [`/sumdb/${name}/supported`]: [404, ""] });
  expect(checks.filter((each) => each.state === "note").map((each) => each.code)).toEqual(["noReadyPage", "sumdbUnsupported"]); // prettier-ignore
  expect(no).toEqual([]);
});

test("the command says no for it, and offline asks nobody", async () => {
  const proxy = await serve({ "/example.org/m/@v/list": [200, "<!DOCTYPE html>"] });
  const argv = ["module", "ci-config", "--for", "docker", "--proxy", proxy, "--module", "example.org/m", "--check"];
  const env = { HOME: "/nowhere", PATH: "/nowhere", GOENV: "off" };
  const told = await runInProcess(env, "/", [...argv, "--lang", "en"]);
  expect(told).toMatchObject({ exit: 3 });
  expect(told.stdout).toContain("it answers with a web page");
  expect(await runInProcess(env, "/", [...argv, "--offline", "--json"])).toMatchObject({ exit: 5, code: "OFFLINE" });
});
