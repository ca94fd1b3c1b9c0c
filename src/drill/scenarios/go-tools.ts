import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Scenario } from "./types.ts";

/** Leaves a heap profile and an execution trace of itself in the folder that it runs in. */
const program = `package main

import (
	"os"
	"runtime/pprof"
	"runtime/trace"
)

var kept [][]byte

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	t, err := os.Create("trace.out")
	must(err)
	must(trace.Start(t))
	done := make(chan bool)
	for i := 0; i < 100; i++ {
		kept = append(kept, make([]byte, 1<<20))
		go func() { done <- true }()
		<-done
	}
	trace.Stop()
	must(t.Close())
	p, err := os.Create("heap.out")
	must(err)
	must(pprof.WriteHeapProfile(p))
	must(p.Close())
}
`;

export const goTools: Scenario = {
  id: "go-tools",
  title: "A program that has to be looked into with go tool pprof, trace, nm, objdump and addr2line",
  proves: "Nothing is compiled for them, also not for those that Go builds on first use since 1.25; those are linked.",
  needs: ["kit-cache"],
  shells: ["dash"],
  setUp: async (stage) => {
    const folder = join(stage.host.home, "looked-at");
    await mkdir(folder);
    await writeFile(join(folder, "go.mod"), "module example.internal/looked-at\n\ngo 1.21\n");
    await writeFile(join(folder, "main.go"), program);
  },
  settings: (stage) => ({
    hooks: { "after-build": join(stage.inside.scripts, "hooks", "use-go-tools.sh") },
    variables: { DRILL_TOOLS_PROGRAM: join(stage.inside.home, "looked-at") },
  }),
  judge: (told) =>
    told["compiled"] === "0"
      ? undefined
      : `${told["compiled"] ?? "an unknown number of"} packages were compiled for the tools`,
};
