import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../types.ts";

export const vendorMissing: Fault = {
  id: "vendor-missing",
  title: "-mod=vendor in GOFLAGS, and no vendor folder",
  cause: "VENDOR_MISSING",
  expect: "recovered",
  environment: () => ({ GOFLAGS: "-mod=vendor -tags=drillcanary" }),
};

export const vendorOutOfStep: Fault = {
  id: "vendor-out-of-step",
  title: "A vendor folder of another go.mod",
  cause: "VENDOR_OUT_OF_STEP",
  expect: "recovered",
  setUp: async ({ host }) => {
    await mkdir(join(host.project, "vendor"));
    await writeFile(join(host.project, "vendor", "modules.txt"), "# golang.org/x/net v0.1.0\n## explicit\n");
  },
};

export const replaceMissing: Fault = {
  id: "replace-missing",
  title: "A replace line to a folder that is not there",
  cause: "REPLACE_MISSING",
  expect: "named",
  setUp: async ({ host, dependency }) => {
    const file = join(host.project, "go.mod");
    await writeFile(file, `${await readFile(file, "utf8")}\nreplace ${dependency.module} => ../fork\n`);
  },
};

export const checksumMoved: Fault = {
  id: "checksum-moved",
  title: "go.sum has another hash than the module: a moved tag",
  cause: "CHECKSUM_MISMATCH",
  expect: "named",
  setUp: async ({ host, dependency }) => {
    const file = join(host.project, "go.sum");
    const other = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const text = await readFile(file, "utf8");
    await writeFile(
      file,
      text.replace(new RegExp(`^(${dependency.module} ${dependency.version}) h1:.*$`, "m"), `$1 ${other}`),
    );
  },
};
