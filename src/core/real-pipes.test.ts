import { execFileSync } from "node:child_process";
import { closeSync, writeSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makePipes, readPipe } from "./real-pipes.ts";

const linux = process.platform === "linux";

async function collected(write: (fd: number) => void, after: (fd: number) => void = () => undefined): Promise<Buffer> {
  const pipes = await makePipes();
  if (pipes === undefined) throw new Error("no pipes");
  const [pipe, other] = pipes;
  closeSync(other.read);
  closeSync(other.write);
  write(pipe.write);
  const reader = readPipe(pipe.read);
  // The mark goes in before anything is read, and the writer stays: without it this would never end.
  reader.finish();
  after(pipe.write);
  const chunks: Buffer[] = [];
  await reader.read((chunk) => Promise.resolve(chunks.push(Buffer.from(chunk)) > 0));
  closeSync(pipe.write);
  return Buffer.concat(chunks);
}

describe.runIf(linux)("readPipe", () => {
  test("gives what was written before the end was called, and not the mark", async () => {
    expect((await collected((fd) => writeSync(fd, "abc"))).toString()).toBe("abc");
    expect((await collected(() => undefined)).toString()).toBe("");
  });

  test("does not give what comes after", async () => {
    const text = await collected(
      (fd) => writeSync(fd, "before"),
      (fd) => writeSync(fd, "after"),
    );
    expect(text.toString()).toBe("before");
  });

  test("finds room for the mark in a pipe that is full", async () => {
    const full = execFileSync("head", ["-c", "65536", "/dev/urandom"]);
    expect((await collected((fd) => writeSync(fd, full))).equals(full)).toBe(true);
  });
});
