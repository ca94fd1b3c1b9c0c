import { answer } from "../../servers.ts";
import type { Prepare, Cause } from "../../types.ts";

const path = "git.internal/team/lib.git";
const hash = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const direct = { GOPROXY: "direct", GOSUMDB: "off", GOPRIVATE: "git.internal" } as const;
const files = {
  "go.mod": `module example.com/service\n\ngo 1.20\n\nrequire ${path} v1.4.0\n`,
  "go.sum": `${path} v1.4.0 ${hash}\n${path} v1.4.0/go.mod ${hash}\n`,
  "main.go": `package main\n\nimport _ "${path}"\n\nfunc main() {}\n`,
};
const asking = {
  build: "go build ./...",
  download: "go mod download",
  tidy: "go mod tidy",
  get: `go get ${path}@v1.4.0`,
  list: `go list -m -versions ${path}`,
} as const;
const insecure = { ...direct, GOINSECURE: "git.internal", GIT_TERMINAL_PROMPT: "0" } as const;

/** git.internal answers this way over plain HTTP, which GOINSECURE lets go and git use. */
const gitServer =
  (status: number, headers: Record<string, string> = {}): Prepare =>
  ({ servers }) => {
    servers.handler = answer(status, `${status} from git\n`, headers);
  };

/** Modules straight from version control. */
export const vcs: readonly Cause[] = [
  {
    id: "direct-without-git",
    fault: "a module is to come from a git server, and git is not installed",
    env: { ...direct, PATH: "/opt/go/bin:/home/dev/bin" },
    files,
    prepare: (box) => void box.onlyPrograms("sh"),
    runs: {
      ...asking,
      fallback: { command: "go mod download", env: { GOPROXY: "http://goproxy.internal,direct", GOPRIVATE: "" } },
    },
  },
  {
    id: "direct-refused",
    fault: "nobody listens at the git server",
    env: { ...direct, GIT_TERMINAL_PROMPT: "0" },
    files,
    runs: asking,
  },
  {
    id: "direct-wants-login",
    fault: "the git server wants a name and password, and there is no netrc",
    env: insecure,
    files,
    prepare: gitServer(401, { "www-authenticate": 'Basic realm="git"' }),
    runs: asking,
  },
  {
    id: "direct-not-found",
    fault: "the git server answers 404, as for a private repository",
    env: insecure,
    files,
    prepare: gitServer(404),
    runs: asking,
  },
  {
    id: "direct-forbidden",
    fault: "the git server answers 403",
    env: insecure,
    files,
    prepare: gitServer(403),
    runs: { download: asking.download, get: asking.get },
  },
  {
    id: "direct-without-meta",
    fault: "an import path's page has no go-import tag",
    env: insecure,
    runs: {
      get: "go get git.internal/team/lib@v1.4.0",
      refused: { command: "go get git.internal:8081/team/lib@v1.4.0" },
    },
  },
  {
    id: "direct-ssh-fails",
    fault: "the repository is asked over SSH, and the server does not let us in",
    env: {
      ...insecure,
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "url.ssh://git@git.internal/.insteadOf",
      GIT_CONFIG_VALUE_0: "https://git.internal/",
    },
    files,
    runs: { download: asking.download, get: asking.get },
  },
  {
    id: "vcs-disallowed",
    fault: "GOVCS forbids git for this module",
    env: { ...direct, GOVCS: "git.internal:off" },
    files,
    runs: { download: asking.download, get: asking.get },
  },
  {
    id: "netrc-missing",
    fault: "the module proxy wants a name and password, and there is no netrc",
    files,
    prepare: gitServer(401, { "www-authenticate": 'Basic realm="modules"' }),
    runs: { build: asking.build, download: asking.download, tidy: asking.tidy, get: asking.get },
  },
  {
    id: "netrc-wrong",
    fault: "the module proxy refuses the name and password of the netrc",
    files: { ...files, "/home/dev/.netrc": "machine goproxy.internal login dev password old\n" },
    prepare: gitServer(401),
    runs: { build: asking.build, download: asking.download },
  },
];
