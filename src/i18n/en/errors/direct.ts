import type { ErrorTexts } from "../../types.ts";

const fetching = "The module is to come out of its repository, through the host's own `go` and `git`, in a sandbox.";

/** Modules that the proxy fetches from version control. */
export const directErrors = {
  DIRECT_TOOL_MISSING: {
    message: "{module} has to come from version control, and `{tool}` is not on this host.",
    hint: "Install `{tool}` where the proxy runs, or have the module come from a proxy.",
    why: fetching,
  },
  DIRECT_LOGIN: {
    message: "The repository of {module} wants a login: {reason}.",
    hint: "Name a netrc file, or a git configuration with a credential helper, under `direct:` of the proxy's configuration; check that the login may read this repository.",
    why: "The host of the repository refused, or asked for a name. The proxy never asks a person.",
  },
  DIRECT_FAILED: {
    message: "{module} could not be fetched from its repository: {reason}.",
    hint: "Try `GOPROXY=direct go mod download` on the proxy's host: the reason is what go or git says.",
    why: fetching,
  },
  DIRECT_TOO_SLOW: {
    message: "The fetch of {module} from its repository was ended after {seconds} seconds.",
    hint: "Try again; for a big repository or a slow line raise `direct.timeout`.",
    why: "A repository that does not answer would hold a place for ever.",
  },
  DIRECT_TOO_BIG: {
    message: "The repository of {module} sent more than {limit} bytes.",
    hint: "Raise `direct.limit` where the repository is known to be that big.",
    why: "What one fetch may receive is bounded, so that no repository fills the disk.",
  },
  DIRECT_HOST: {
    message: "The fetch of {module} wanted to connect to {hosts}, which is not allowed.",
    hint: "If the repository does lie there, add the host to `direct.hosts`. Link-local and metadata addresses stay refused.",
    why: "A module path, a `go-import` tag or a redirect can name any host. The proxy connects to those only that its configuration names.",
  },
  DIRECT_FILE_UNSAFE: {
    message: "{path} cannot be used for fetching from repositories: {problem}.",
    hint: "Mend the file, or name another under `direct:` of the proxy's configuration.",
    why: "Logins must stay with their host, and out of the list of processes.",
  },
  MODULE_CHANGED: {
    message: "{module} is not what it was when it was first fetched.",
    hint: "Find out who moved the tag, and publish a new version. If the new content is meant, remove the record that `record` names.",
    why: "No checksum database knows a private module. The hash of its first fetch is remembered and demanded from then on; what came now has another. It was not stored.",
  },
} as const satisfies Partial<ErrorTexts>;
