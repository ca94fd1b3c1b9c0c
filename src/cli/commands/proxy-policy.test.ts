import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNoteSigner, ed25519FromSeed } from "../../module/index.ts";
import { runInProcess } from "../../../test/support/in-process.ts";
import { databaseFiles, databaseZip, entryText } from "../../../test/support/vulndb-world.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-policy-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const { verifierKey: key } = createNoteSigner("sum.example.org", ed25519FromSeed(Buffer.alloc(32, 7)));
const medkit = (...argv: readonly string[]) =>
  runInProcess({ HOME: root, MEDKIT_HOME: join(root, "home"), PATH: process.env["PATH"] ?? "" }, root, [
    ...argv,
    "--json",
  ]);

function configure(policy: string): void {
  const lines = ["schema: medkit/proxy-config/v1", "store: store", `sumdb: ${key}`, policy];
  writeFileSync(join(root, "medkit.yaml"), `${lines.join("\n")}\n`);
}

function writeEntries(name: string, entries: Readonly<Record<string, string>>): string {
  const file = join(root, name);
  writeFileSync(file, databaseZip(databaseFiles(entries)));
  return file;
}

const entry = entryText("GO-2026-0001", "example.org/a", { events: [{ introduced: "0" }, { fixed: "1.1.0" }] });

describe("proxy check", () => {
  it("names rule, reason and vulnerability, and ends with 3 where something is refused", async () => {
    configure("policy: { rules: [{ id: known, action: deny, vulnerable: true, reason: take the fixed one }] }");
    const check = (...modules: readonly string[]) => medkit("--offline", "proxy", "check", ...modules);
    expect(await check("example.org/a@v1.0.0")).toMatchObject({ exit: 5, code: "VULNDB_MISSING" });
    const zip = writeEntries("vulndb.zip", { "GO-2026-0001": entry });
    expect(await medkit("--offline", "proxy", "vulndb", "sync", zip)).toMatchObject({ exit: 0, data: { added: 1 } });
    expect(await check("example.org/a@v1.1.0")).toMatchObject({ exit: 0, data: { refused: 0 } });
    const refused = { path: "example.org/a", action: "deny", rule: "known", reason: "take the fixed one" };
    expect(await check("example.org/a@v1.0.0", "example.org/b@v1.0.0")).toMatchObject({
      exit: 3,
      data: {
        refused: 1,
        modules: [
          { ...refused, findings: [{ id: "GO-2026-0001", fixed: "v1.1.0" }] },
          { action: "allow", rule: "default" },
        ],
      },
    });
  });

  it.each(["example.org/a", "example.org/a@latest", "example.org/a@v1", "a@v1.0.0", "@v1.0.0"])(
    "refuses %s",
    async (module) => {
      configure("policy: {}");
      expect(await medkit("--offline", "proxy", "check", module)).toMatchObject({ exit: 2 });
    },
  );
});

describe("proxy vulndb", () => {
  const sync = (source: string, ...more: readonly string[]) =>
    medkit("--offline", "proxy", "vulndb", "sync", source, ...more);

  it("plans, mirrors, verifies, and refuses what is older", async () => {
    configure("vulndb: { folder: database }");
    const verify = () => medkit("proxy", "vulndb", "verify", "--offline");
    const zip = writeEntries("vulndb.zip", { "GO-2026-0001": entry, "GO-2026-0002": entryText("GO-2026-0002", "example.org/b") }); // prettier-ignore
    const plan = { added: 2, changed: 0, gone: 0, folder: join(root, "database") };
    expect(await sync(zip, "--dry-run")).toMatchObject({ exit: 0, data: { plan } });
    expect(await verify()).toMatchObject({ exit: 5, code: "VULNDB_MISSING" });
    expect(await sync(zip)).toMatchObject({ exit: 0, data: { added: 2, entries: 2, unchanged: false } });
    expect(await sync(zip)).toMatchObject({ exit: 0, data: { unchanged: true } });
    expect(await verify()).toMatchObject({ exit: 0, data: { whole: true, entries: 2 } });
    const less = writeEntries("less.zip", { "GO-2026-0001": entry });
    expect(await sync(less)).toMatchObject({ exit: 4, code: "VULNDB_OLDER" });
    expect(await sync(less, "--accept-older")).toMatchObject({ exit: 0, data: { gone: 1, entries: 1 } });
    appendFileSync(join(root, "database/current/ID/GO-2026-0001.json.gz"), "x");
    expect(await verify()).toMatchObject({
      exit: 4,
      code: "VULNDB_DAMAGED",
      data: { damaged: ["ID/GO-2026-0001.json.gz"] },
    });
  });

  it("says what is wrong with a source", async () => {
    configure("vulndb: {}");
    mkdirSync(join(root, "empty"));
    writeFileSync(join(root, "page.zip"), "<html>");
    expect(await sync("nowhere")).toMatchObject({ exit: 2, code: "PATH_NOT_FOUND" });
    expect(await sync("empty")).toMatchObject({ exit: 4, code: "VULNDB_INVALID" });
    expect(await sync("page.zip")).toMatchObject({ exit: 4, code: "ZIP_NOT_ZIP" });
    for (const url of ["https://vuln.example.org", "https://vuln.example.org/vulndb.zip"])
      expect(await sync(url)).toMatchObject({ exit: 5, code: "OFFLINE" });
    expect(await sync("golang.org/x/vulndb")).toMatchObject({ exit: 5, code: "MODULE_UNAVAILABLE" });
  });
});
