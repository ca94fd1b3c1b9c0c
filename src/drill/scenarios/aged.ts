import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Scenario, SessionSettings, Stage } from "./types.ts";

const days = 60;

/** Three programs that are unlike each other and unlike the example service. */
const programs = [
  'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("one") }\n',
  'package main\n\nimport "net/http"\n\nfunc main() { _ = http.ListenAndServe("127.0.0.1:0", nil) }\n',
  'package main\n\nimport (\n\t"archive/zip"\n\t"encoding/json"\n\t"os"\n)\n\nfunc main() {\n\t_ = json.NewEncoder(os.Stdout).Encode(zip.Deflate)\n}\n',
];

async function writePrograms(stage: Stage): Promise<void> {
  for (const [index, source] of programs.entries()) {
    const folder = join(stage.host.home, `small-${index + 1}`);
    await mkdir(folder);
    await writeFile(join(folder, "go.mod"), `module example.internal/small${index + 1}\n\ngo 1.21\n`);
    await writeFile(join(folder, "main.go"), source);
  }
}

function settings(stage: Stage, afterVerify: string): SessionSettings {
  const hooks = join(stage.inside.scripts, "hooks");
  const then = new Date(stage.now.getTime() - days * 86_400_000);
  return {
    hooks: {
      "after-verify": join(hooks, afterVerify),
      "before-build": join(hooks, "three-builds.sh"),
      "after-build": join(hooks, "count-lost-entries.sh"),
    },
    variables: {
      // As `touch -t` takes it, in UTC.
      DRILL_AGED: then.toISOString().slice(0, 16).replaceAll(/[-T:]/g, ""),
      DRILL_AGED_SECONDS: String(Math.floor(then.getTime() / 1000)),
      DRILL_HOME: stage.inside.home,
    },
  };
}

export const agedKit: Scenario = {
  id: "aged-60-days",
  title: "A kit whose files are 60 days old, after three different builds",
  proves: "Go's trimming, which drops entries unused for 5 days, takes nothing out of the warm build cache.",
  needs: ["kit-cache"],
  setUp: writePrograms,
  settings: (stage) => settings(stage, "age.sh"),
  judge: (told) =>
    told["lost"] === "0" ? undefined : `${told["lost"] ?? "an unknown number of"} entries of the warm cache are gone`,
};

export const agedUsedKit: Scenario = {
  id: "aged-60-days-used",
  title: "A kit that was used, lay in a drawer for 60 days, and made three different builds since",
  proves: "The fourth build, of the example service, compiles nothing: every package is still in the cache.",
  needs: [],
  setUp: writePrograms,
  settings: (stage) => settings(stage, "use-and-age.sh"),
  judge: (told) => {
    if (told["lost"] !== "0") return `${told["lost"] ?? "an unknown number of"} entries of the cache are gone`;
    return told["compiled"] === "0" ? undefined : `${told["compiled"] ?? "?"} packages were compiled again`;
  },
};
