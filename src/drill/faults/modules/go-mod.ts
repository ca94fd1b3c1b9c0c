import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault } from "../types.ts";

/** go.mod requires a library of one's own, which requires the dependency; go.mod does not. */
export const goModUpdates: Fault = {
  id: "go-mod-updates-needed",
  title: "A go.mod that lacks what its requirements require",
  cause: "GO_MOD_UPDATES_NEEDED",
  expect: "recovered",
  pairs: false,
  setUp: async ({ host, dependency }) => {
    const { module, version } = dependency;
    const head = "go 1.21\n\nrequire";
    await mkdir(join(host.project, "lib"));
    await writeFile(join(host.project, "lib", "go.mod"), `module example.org/lib\n\n${head} ${module} ${version}\n`);
    await writeFile(join(host.project, "lib", "lib.go"), "package lib\n");
    await writeFile(join(host.project, "more.go"), 'package main\n\nimport _ "example.org/lib"\n');
    await writeFile(
      join(host.project, "go.mod"),
      `module example.org/drill\n\n${head} example.org/lib v1.0.0\n\nreplace example.org/lib v1.0.0 => ./lib\n`,
    );
  },
};

/** The same, said in so many words; and the user's other flags have to stay. */
export const goModReadonly: Fault = {
  ...goModUpdates,
  id: "go-mod-readonly",
  title: "-mod=readonly in GOFLAGS, and a go.mod that has to change",
  environment: () => ({ GOFLAGS: "-mod=readonly -tags=drillcanary" }),
  judge: (report) => (JSON.stringify(report).includes("-tags=drillcanary") ? undefined : "-tags of GOFLAGS was lost"),
};
