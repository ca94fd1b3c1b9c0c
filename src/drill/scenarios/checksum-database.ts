import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Scenario } from "./types.ts";

export const checksumDatabase: Scenario = {
  id: "checksum-database",
  title: "A project without go.sum",
  proves: "go mod tidy makes go.sum again, byte for byte, verified by the checksum database that travels in the kit.",
  needs: ["kit-checksum-database"],
  settings: () => ({ tidy: true }),
};

/**
 * A real signed tree head of the public database, of another day than any kit's. Under the name of another database it is a head that the
 * database's key did not sign: go refuses to work with such a memory, so it must not come across it either.
 */
const otherHead = `go.sum database tree
71909756
iHqVxqh8cyFgqTcentUiEjZ88MD/U2r6w+0h9y1wcFA=

\u2014 sum.golang.org Az3gruqca1CkvBUmiVQwTbA/gaUFzmjGdeKsltdaxDjB0sALZnZFiokxoLeuELkWgcacVEQfWPJ8/AdDoOHPspHuDgk=
`;

export const otherTreeHead: Scenario = {
  id: "other-tree-head",
  title: "A client that knows another tree head of the checksum database",
  proves:
    "What the user's own GOPATH and GOMODCACHE remember of the database does not get in the way, and stays as it was.",
  needs: ["kit-checksum-database"],
  setUp: async (stage) => {
    const go = join(stage.host.home, "go", "pkg");
    const { databaseName } = stage.kit;
    for (const folder of [
      join(go, "sumdb", databaseName),
      join(go, "mod", "cache", "download", "sumdb", databaseName),
    ]) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "latest"), otherHead.replace("sum.golang.org", databaseName));
    }
  },
  environment: (stage) => ({
    GOPATH: join(stage.inside.home, "go"),
    GOMODCACHE: join(stage.inside.home, "go", "pkg", "mod"),
  }),
  settings: () => ({ tidy: true }),
};
