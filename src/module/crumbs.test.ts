import { randomFillSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startRangeServer } from "./__fixtures__/range-server.ts";
import { HttpGetter } from "./http-get.ts";

const content = randomFillSync(Buffer.alloc(300_000));
const server = await startRangeServer(content);
const root = mkdtempSync(join(tmpdir(), "medkit-crumbs-"));
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

test("a server that gives the rest octet by octet, each as a part of its own, is asked for the whole file", async () => {
  server.lie = ({ range, index, response, honest }) => {
    const isPart = range !== undefined;
    if (!isPart && index > 0) return honest();
    const [start, end] = isPart ? [range.start, range.start + 1] : [0, content.length];
    const part = isPart ? { "content-range": `bytes ${start}-${start}/${content.length}` } : {};
    response.writeHead(isPart ? 206 : 200, { ...server.headers, "content-length": end - start, ...part });
    if (isPart) response.end(content.subarray(start, end));
    else response.write(content.subarray(0, 200_000), () => setTimeout(() => response.destroy(), 50));
  };
  const http = new HttpGetter({ fetch, signal: new AbortController().signal }, { backoff: 1 });
  await http.download(`${server.base}/file`, join(root, "file"), content.length);
  expect(readFileSync(join(root, "file")).equals(content)).toBe(true);
  expect(server.asked.length).toBeLessThan(5);
});
