import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { knownSecrets } from "./known-secrets.ts";

test("logins of the environment and of the go env file are known, the longest first", async () => {
  const folder = await mkdtemp(join(tmpdir(), "medkit-secrets-"));
  try {
    const file = join(folder, "env");
    await writeFile(file, "GOPROXY=https://user:hunt/er2secret@127.0.0.1:9\nGOFLAGS=-v\n");
    const known = await knownSecrets({ GOENV: file, API_TOKEN: "tok3n" }, "linux");
    expect(known).toEqual(["user:hunt/er2secret", "hunt/er2secret", "tok3n"]);
    expect(await knownSecrets({ GOENV: "off" }, "linux")).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
