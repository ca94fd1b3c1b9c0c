import { describe, expect, it } from "vitest";
import { readGoFailure } from "./go-failure.ts";

describe("readGoFailure", () => {
  // What go 1.26 and git 2.39 print.
  it.each([
    ["absent", "go: git.internal/a@v1.9.0: invalid version: unknown revision v1.9.0"],
    ["absent", 'go: git.internal/a@v1: no matching versions for query "v1"'],
    [
      "absent",
      "go: module git.internal/a: git ls-remote -q --end-of-options https://git.internal/a in /s/vcs/1: exit status 128:\n\tremote: Repository not found.\n\tfatal: repository 'https://git.internal/a/' not found",
    ],
    [
      "absent",
      'go: git.internal/a@latest: unrecognized import path "git.internal/a": reading https://git.internal/a?go-get=1: 404 Not Found',
    ],
    [
      "absent",
      'go: git.internal/a@latest: unrecognized import path "git.internal/a": parse https://git.internal/a?go-get=1: no go-import meta tags ()',
    ],
    [
      "login",
      "go: git.internal/a@v1.0.0: invalid version: git ls-remote -q origin in /s/vcs/1: exit status 128:\n\tfatal: could not read Username for 'https://git.internal': terminal prompts disabled",
    ],
    [
      "login",
      'go: git.internal/a@latest: unrecognized import path "git.internal/a": reading https://git.internal/a?go-get=1: 401 Unauthorized',
    ],
    ["login", "fatal: unable to access 'https://git.internal/a/': The requested URL returned error: 403"],
    [
      "failed",
      "go: git.internal/a@v1.0.0: invalid version: git fetch -f origin in /s/vcs/1: exit status 128:\n\tfatal: unable to access 'https://git.internal/a/': Connection reset by peer",
    ],
    ["failed", "go: git.internal/a@v1.1.0 requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)"],
    ["failed", ""],
    ["tool", 'go: git.internal/a@latest: exec: "git": executable file not found in $PATH'],
    ["tool", "spawn go ENOENT"],
  ])("takes it for %s: %j", (kind, said) => {
    expect(readGoFailure(said)).toMatchObject({ kind });
  });

  it("tells git's word, and neither passwords nor folders", () => {
    const said =
      "go: git.internal/a@v1.0.0: invalid version: git fetch -f https://robot:s3cr3t@git.internal/a in /s/vcs/1: exit status 128:\n\tfatal: unable to access 'https://robot:s3cr3t@git.internal/a/': no route (/s/vcs/1)";
    expect(readGoFailure(said, ["/s/vcs"])).toEqual({
      kind: "failed",
      reason:
        "fatal: unable to access 'https://***@git.internal/a/': no route (…/1) (git.internal/a@v1.0.0: invalid version)",
    });
  });
});
