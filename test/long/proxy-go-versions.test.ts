import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { removeTree } from "../../src/state/index.ts";
import { goClient, useModules } from "../support/go-client.ts";
import { root } from "../support/medkit.ts";
import { startServer } from "../support/proxy-server.ts";
import { requires } from "../support/requirements.ts";

/** The last release of each language version that we vouch for. `local`: the host's own. */
const toolchains = ["go1.20.14", "go1.21.13", "go1.22.12", "go1.23.12", "go1.24.13", "go1.25.5", "local"];
/** What takes its time besides: a program whose newest version every one of them can build, one of a fixed version, and our own. */
const installs = [
  ["install", "github.com/fzipp/gocyclo/cmd/gocyclo@latest"],
  ["install", "github.com/BurntSushi/toml/cmd/tomlv@v1.4.0"],
  ["run", "."],
];
/** A go.mod that asks for another Go than the one that runs. */
const otherGo = "module example.com/m\n\ngo 1.22.0\n\ntoolchain go1.22.12\n";
const headPath = "sumdb/sum.golang.org/latest";

const work = mkdtempSync(join(tmpdir(), "medkit-proxy-versions-"));
const at = (name: string): string => join(work, name);
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", work]);
  return removeTree(work);
}, 300_000);

/** Records of the newest tree head that a folder knows. */
function headOf(file: string): number {
  return Number(readFileSync(file, "utf8").split("\n")[1]);
}

const goEnv = (name: string): string => spawnSync("go", ["env", name], { encoding: "utf8" }).stdout.trim();
const upstream = goEnv("GOPROXY").split(/[,|]/)[0] ?? "";
const read = async (path: string): Promise<string> => await (await fetch(`${upstream}/${path}`)).text();

/** The upstream as it was when the database's newest head was the one that came with this old record. */
async function openPast() {
  const script = `${root}test/support/past-upstream.ts`;
  const child = spawn(process.execPath, [script, upstream, "golang.org/x/text@v0.3.0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { url: line.toString().trim(), close: () => child.kill() };
}

requires({ commands: ["go"], upstream: true }).describe("the go command, each version, through the proxy", () => {
  beforeAll(async () => {
    const past = await openPast();
    const online = await startServer(["--store", at("store"), "--upstream", past.url], work);
    for (const toolchain of toolchains) useModules(goClient(online.url, toolchain, at(`on-${toolchain}`)), installs);
    const switching = goClient(online.url, "go1.21.13+auto", at("switch"));
    writeFileSync(join(switching.project, "go.mod"), otherGo);
    expect(switching.go("version").said).toContain("go1.22.12");
    expect(await online.stop()).toBe(0);
    past.close();
  }, 3_600_000);

  it("works offline, on a machine that has never seen a module", async () => {
    const offline = await startServer(["--offline", "--store", at("store")], work);
    for (const toolchain of toolchains) useModules(goClient(offline.url, toolchain, at(`off-${toolchain}`)), installs);
    const again = goClient(offline.url, "go1.21.13+auto", at("switch-off"));
    writeFileSync(join(again.project, "go.mod"), otherGo);
    expect(again.go("version").said).toContain("go1.22.12");
    expect(await offline.stop()).toBe(0);
  }, 3_600_000);

  it("works offline, on a machine that knows a newer tree head than the proxy has ever seen", async () => {
    const newest = await read(headPath);
    const other = await startServer(["--store", at("other-store")], work);
    const offline = await startServer(["--offline", "--store", at("store")], work);
    for (const toolchain of toolchains) {
      const gopath = at(`newer-${toolchain}`);
      const known = join(gopath, "pkg", headPath);
      mkdirSync(dirname(known), { recursive: true });
      writeFileSync(known, newest);
      expect(goClient(other.url, "local", gopath).go("mod", "download", "golang.org/x/text@v0.3.0").status).toBe(0);
      useModules(goClient(offline.url, toolchain, gopath), installs);
      expect(headOf(known)).toBeGreaterThan(headOf(join(at("store"), headPath)));
    }
    expect(await other.stop()).toBe(0);
    expect(await offline.stop()).toBe(0);
  }, 3_600_000);
});
