import type { ErrorTexts } from "../../types.ts";

const unproven =
  "The checksum database is a transparency log: every record must be proven to lie in the signed tree. A proof that does not hold means that somebody served something else than everybody else gets. Nothing of it was used.";

/** Modules, their files, and the checksum database. */
export const moduleErrors = {
  MODULE_PATH_INVALID: {
    message: "`{path}` is not a module path: {problem}.",
    hint: "Write it as in go.mod: a host name, then folders, such as `example.org/team/module`.",
    why: "Go allows only some characters and forms in module paths, since they become folders and addresses.",
  },
  MODULE_VERSION_INVALID: {
    message: "`{version}` is not a version[[ of {path}]]: {problem}.",
    hint: "Give a full version such as `v1.2.3`; from the second major version on, the module path ends in `/v2` and so on.",
    why: "Go names versions by semantic versions in full, and the major version must agree with the end of the module path.",
  },
  GO_MOD_NOT_FOUND: {
    message: "There is no go.mod for this folder: {path} cannot be read.",
    hint: "Name a folder that has a go.mod or go.work in it or above it.",
    why: "What go.sum covers depends on the module that it belongs to. Without one there is nothing to explain.",
  },
  CI_SETTING_INVALID: {
    message: "`{flag}` cannot be `{value}`: {problem}.",
    hint: "`medkit module ci-config --help` shows what each flag takes.",
    why: "What is given here is written into a file that a build runs. Nothing goes in that could mean more than it says, and no secret.",
  },
  CI_PROXY_WRONG: {
    message: "{proxy} does not answer as the go command needs it ({count} answers).",
    hint: "Read above which answer it is. `--module` names a module that the mirror has.",
    why: "Builds that use this configuration would stop at these answers, or would be sent elsewhere than meant.",
  },
  MODE_REFUSED: {
    message: "The go command would stop in {folder}: {problem}.",
    hint: "Read above which line or variable says so, change it, and ask again.",
    why: "medkit reads what the go command reads, by the rules of its version, and starts no go to find out. What it says here the go command would say too, for every command that loads packages.",
  },
  MODE_UNRESOLVED: {
    message: "The go command would not build what is in {folder}: {problem}.",
    hint: "Read above what each of them says. `go mod tidy` adds what go.mod and go.sum lack; `--go` and GO111MODULE show what another mode would find.",
    why: "The mode is clear, but in it an import leads nowhere, or go.mod would have to change. A build stops there.",
  },
  SUMS_DIFFERENT: {
    message: "What is used here is not what was published: {problem}.",
    hint: "Build nothing from it. Compare with the repository's history, clear the module cache (`go clean -modcache`), and take the lines from the database (`go mod tidy` after they are deleted).",
    why: "The checksum database has one hash for a module version, the same for everybody. A line or a cached module with another one was made from other bytes: a moved tag, a damaged cache, or an attack.",
  },
  SUMS_UNPROVEN: {
    message: "Not everything is proven by the checksum database: {problem}.",
    hint: "Read above what each of them leaves open. `--accept exempt` and `--accept missing` accept what is known and meant.",
    why: "A line that no database proves was believed once, at the first download, whoever gave the bytes. From then on it protects, but only what came then.",
  },
  SUMS_UNASKED: {
    message: "The checksum database could not be asked about every line ({count} are left).",
    hint: "Go online, or let the go command fetch the records once (`go mod download`), and ask again.",
    why: "These lines are neither proven nor refuted. What the go command and medkit have kept of the database does not speak of them.",
  },
  GO_MOD_INVALID: {
    message: "{file}, line {line}: {problem}.",
    hint: "`go mod edit -fmt` in that folder shows what Go makes of it. If the file came from a proxy, do not use that module.",
    why: "medkit reads go.mod by Go's own grammar, and takes nothing from a file that it does not understand in full.",
  },
  GO_SUM_INVALID: {
    message: "{file}, line {line}: {problem}.",
    hint: "Delete that line and run `go mod tidy` where the checksum database can be reached, or take go.sum from version control.",
    why: "go.sum says which bytes each dependency must have. A line that cannot be read would leave one of them unchecked.",
  },
  MODULE_UNAVAILABLE: {
    message: "No proxy has {module}: {reasons}.",
    hint: "Check the name and version, or put a proxy that has it into `goproxy:` of the configuration.",
    why: "medkit asked every proxy of the list, in order, and none gave the module.",
  },
  MODULE_MISMATCH: {
    message: "The content of {module} is not the published one.",
    hint: "Do not use it. Fetch it from another proxy, and find out who changed it.",
    why: "Its h1 hash differs from the one that the checksum database or go.sum holds for this version. It was not added to anything.",
  },
  DATABASE_KEY_INVALID: {
    message: "`{key}` is not the key of a checksum database: {problem}.",
    hint: "Write `sumdb:` as in GOSUMDB: a known name, or `name+hash+key`; a URL may follow.",
    why: "The key decides whom medkit believes. A mistyped one would make every record look forged.",
  },
  DATABASE_NOTE_INVALID: {
    message: "The tree head of the checksum database {database} is not validly signed: {problem}.",
    hint: "Check whether a proxy changes what it passes on, and that `sumdb:` names the right key.",
    why: unproven,
  },
  DATABASE_TILE_FORGED: {
    message: "A tile of the checksum database is not what the signed tree says ({tile}: {problem}).",
    hint: "Do not trust that proxy. Use another, or the database itself.",
    why: unproven,
  },
  DATABASE_RECORD_UNPROVEN: {
    message: "The checksum database's record[[ for {module}]] is not proven to lie in its tree[[: {problem}]].",
    hint: "Do not trust that proxy. Use another, or the database itself.",
    why: unproven,
  },
  DATABASE_FORKED: {
    message: "The checksum database[[ {database}]] shows two histories that exclude each other[[: {problem}]].",
    hint: "Keep both tree heads: they are evidence. Report this to whoever runs the database, and use nothing from it until it is explained.",
    why: "An append-only log has one history. Two signed heads that do not extend each other mean that its operator, or somebody with its key, shows different people different things.",
  },
  DATABASE_UNAVAILABLE: {
    message: "The checksum database {database} cannot be read[[ at {path}]][[: {reasons}]].",
    hint: "Check the network, or use a proxy that passes the database on (`sumdb/<name>/supported`).",
    why: "Without the database nothing can be verified, and medkit does not go on without verifying. There is no flag for that.",
  },
  DATABASE_HEAD_TOO_OLD: {
    message: "The tree head that is at hand is older than the record[[ of {module}]] ({record} of {size}).",
    hint: "Let medkit fetch a newer head: run it once with a network.",
    why: "A record that came into the log later cannot be proven by an earlier head.",
  },
} as const satisfies Partial<ErrorTexts>;
