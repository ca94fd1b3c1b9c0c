import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanPath } from "../sandbox.ts";
import type { Scenario } from "./types.ts";

const impostor = `#!/bin/sh
echo "go version go1.4 somebody/else"
[ "\${1-}" = version ] || exit 97
`;

export const foreignGo: Scenario = {
  id: "foreign-go",
  title: "Another Go first on PATH",
  proves: "The kit's Go is used while it is active, and the host's own one afterwards, whatever the shell remembered.",
  needs: [],
  setUp: async (stage) => {
    for (const tool of ["go", "gofmt"]) {
      await writeFile(join(stage.host.tools, tool), impostor);
      await chmod(join(stage.host.tools, tool), 0o755);
    }
  },
  environment: (stage) => ({ PATH: `${stage.inside.tools}:${cleanPath()}` }),
  settings: (stage) => {
    const hooks = join(stage.inside.scripts, "hooks");
    return {
      hooks: {
        "before-snapshot": join(hooks, "expect-foreign-go.sh"),
        "after-deactivate": join(hooks, "expect-foreign-go.sh"),
      },
    };
  },
};
