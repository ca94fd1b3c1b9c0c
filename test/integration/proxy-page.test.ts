import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { removeTree } from "../../src/state/index.ts";
import { startServer, type Server } from "../support/proxy-server.ts";
import { missing, requires } from "../support/requirements.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-page-"));
afterAll(() => removeTree(work));

function keep(path: string, version: string, size: number): void {
  const folder = join(work, "store", path, "@v");
  mkdirSync(folder, { recursive: true });
  const facts = {
    h1: `h1:${path}`,
    sha256: "0".repeat(64),
    size,
    proven: "sum.golang.org#7",
    source: "https://goproxy.internal",
  };
  const proof = { schema: "medkit/module-proof/v1", ...facts, storedAt: "2024-01-02T03:04:05Z" };
  writeFileSync(join(folder, `${version}.zip.proof`), JSON.stringify(proof));
}

requires({ commands: ["chromium"] }).describe("the proxy's page in a browser", () => {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    if (missing({ commands: ["chromium"] }) !== undefined) return;
    for (let n = 10; n < 40; n++) keep(`example.org/module${n}`, "v1.0.0", n * 1_000);
    keep("github.com/!burnt!sushi/toml", "v1.4.0", 9_000_000);
    server = await startServer(["--offline", "--store", join(work, "store")], work);
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** A page, with what it complains of and whom it asks. */
  async function open(
    path: string,
    locale = "en-US",
  ): Promise<{ page: Page; complaints: string[]; asked: Set<string> }> {
    const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    const asked = new Set<string>();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    await page.goto(server.url + path);
    return { page, complaints, asked };
  }

  it("is searched, sorted and walked through with a keyboard, and asks nobody else", async () => {
    const { page, complaints, asked } = await open("/");
    expect(await page.locator("tbody tr").count()).toBe(31);
    await page.getByRole("searchbox", { name: "Search modules" }).fill("burnt");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=burnt/);
    expect(await page.locator("tbody tr").count()).toBe(1);
    await page.getByRole("link", { name: "github.com/BurntSushi/toml" }).click();
    expect(await page.locator("h1").textContent()).toBe("github.com/BurntSushi/toml");
    expect(await page.locator("tbody").textContent()).toContain("sum.golang.org#7");
    await page.goto(`${server.url}/`);
    await page.getByRole("link", { name: "size" }).click();
    expect(await page.locator("tbody tr").first().textContent()).toContain("BurntSushi");
    expect(await page.locator("th[aria-sort=descending]").textContent()).toContain("size");
    await page.keyboard.press("Tab");
    expect(complaints).toEqual([]);
    expect([...asked]).toEqual([server.url]);
  });

  it("says what was refused and why", async () => {
    // It lies there, and nobody can prove it.
    writeFileSync(join(work, "store/example.org/module10/@v/v2.0.0.zip"), "x");
    expect((await fetch(`${server.url}/example.org/module10/@v/v2.0.0.zip`)).status).toBe(502);
    const { page } = await open("/refused");
    const row = await page.locator("tbody").textContent({ timeout: 5_000 });
    expect(row).toContain("example.org/module10@v2.0.0");
    expect(row).toContain("502");
  });

  it("speaks Chinese to who prefers it, and remembers a choice", async () => {
    const { page } = await open("/", "zh-CN");
    expect(await page.locator("h1").textContent()).toBe("已保存");
    await page.getByRole("link", { name: "English" }).click();
    expect(await page.locator("h1").textContent()).toBe("Stored");
    await page.goto(`${server.url}/about`);
    expect(await page.locator("h1").textContent()).toBe("About");
  });

  it("has names for its landmarks, one heading of first rank, and no line that is wider than a small screen", async () => {
    const { page } = await open("/");
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    for (const role of ["banner", "main", "navigation", "contentinfo", "search"] as const)
      expect(await page.getByRole(role).count(), role).toBe(1);
    expect(await page.locator("th:not([scope])").count()).toBe(0);
    await page.setViewportSize({ width: 360, height: 700 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });
});
