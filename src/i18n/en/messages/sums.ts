/** `module explain --sums`: what go.sum proves, and what it leaves open. */
export const sumsMessages = {
  "sums.title": "go.sum of {path}",
  "sums.counts": "{total} lines: {proven} proven, {open} not ({by})",
  "sums.database": "by {database}, {size} records",
  "sums.databaseOff": "no database: GOSUMDB is off ({where})",
  "sums.databaseName": "by {database}",
  "sums.buildList.go": "{count} modules are built from (go list -m all)",
  "sums.buildList.go.mod": "{count} modules are required by go.mod; go could not say more[[: {reason}]]",
  "sums.noGo": "there is no go on PATH",
  "sums.cache": "module cache: {ok} as go.sum says, {changed} not, {absent} absent",
  "sums.cacheNone": "module cache: none is known",
  "sums.vendor": "vendor/: {same} modules as in their zips, {changed} not, {uncompared} not compared",
  "sums.vendorChanged": "Vendored modules",
  "sums.vendor.folder": "not compared: it is a copy of a folder",
  "sums.vendor.no-zip": "not compared: its zip is not in the module cache (go mod download)",
  "sums.vendor.zip-changed": "not compared: its zip is not what go.sum says",
  "sums.vendor.no-line": "not compared: go.sum has no line for its zip",
  "sums.vendor.strays": "in no package of vendor/modules.txt",
  "sums.lines": "Lines that are not proven",
  "sums.allLines": "Lines",
  "sums.missing": "Lines that are missing",
  "sums.cacheChanged": "Module cache",
  "sums.openings": "What a man in the middle could have changed",
  "sums.noOpenings": "nothing that go would not notice",
  "sums.passed": "Every line is proven.",
  "sums.accepted": "accepted",
  "sums.more": "… {count} more (--all lists them)",
  "sums.state.proven": "proven",
  "sums.state.different": "DIFFERENT",
  "sums.state.forged": "NO PROOF",
  "sums.state.unknown": "not in the database",
  "sums.state.exempt": "not asked: exempt",
  "sums.state.unasked": "could not be asked",
  "sums.state.ignored": "other algorithm",
  "sums.state.malformed": "malformed",
  "sums.published": "here {hash}, published {published}",
  "sums.fault.zip": "the zip was changed",
  "sums.fault.folder": "the unpacked folder was changed",
  "sums.fault.go.mod": "its go.mod was changed",
  "sums.fault.note": "the note of its hash (.ziphash) is another than go.sum's",
  "sums.fault.no-note": "the note of its hash (.ziphash) is missing",
  "sums.file.changed": "changed",
  "sums.file.missing": "missing",
  "sums.file.extra": "added",
  "sums.problem.lines": "lines that differ from the database: {count}",
  "sums.problem.cache": "modules of the cache that are changed: {count}",
  "sums.problem.several":
    "lines that differ from the database: {count}; modules of the cache that are changed: {cached}; files of vendor/ that differ: {vendored}",
  "sums.problem.vendor": "files of vendor/ that differ from the modules: {count}",
  "sums.problem.unproven": "lines that are not: {count}",
  "sums.finding.different":
    "Not the published line ({count}: {names}): go takes the other bytes, and refuses those that everybody else has.",
  "sums.finding.forged":
    "The database's answer does not hold ({count}: {names}): whoever passed it on may have changed it.",
  "sums.finding.malformed": "Cannot be read ({count}: {names}): go refuses the file.",
  "sums.finding.unknown":
    "Not in the database ({count}: {names}): whoever stood between at the first download (proxy, network, code host) chose the bytes. Since then the line holds them fast.",
  "sums.finding.exempt":
    "go asks no database about these ({count}: {names}): whoever stood between at the first download chose the bytes. Compare the hashes with a colleague's, fetched by another way.",
  "sums.finding.unasked": "Nobody could be asked about these ({count}: {names}).",
  "sums.finding.missing":
    "Missing lines ({count}: {names}): go refuses to build, or with -mod=mod asks the database and adds them.",
  "sums.finding.only-go-mod":
    "No line for the zip, and no database that is asked ({count}: {names}): usual where no package of theirs is built; should one be, go believes the first download.",
  "sums.finding.cache":
    "The cache has not what go.sum says ({count}: {names}): go does not hash the unpacked folder before a build, and builds what lies there.",
  "sums.finding.replaced-folder": "{module} is the folder {path}: go.sum does not cover it; what lies there is built.",
  "sums.finding.vendor":
    "{path} is what is built, and go.sum does not cover it. These modules could not be compared with their zips ({count}: {names}; --all says why).",
  "sums.finding.vendor-changed":
    "{path} is what is built, and is not what the modules are (files: {count}; {names}): go does not compare it. `go mod vendor` writes it anew.",
  "sums.finding.database-off":
    "GOSUMDB=off ({where}): go takes whatever the first download gives of a new module, and nobody would notice.",
  "sums.finding.exempt-all":
    "Every module is exempt from the database ({patterns}, {where}): go takes whatever the first download gives.",
  "sums.finding.insecure":
    "GOINSECURE={patterns} ({where}): these modules are fetched without encryption where https fails; only the database and go.sum protect them.",
  "sums.finding.plain-http":
    "{proxies} is not encrypted ({where}): anyone on the way can change what is in no database and in no go.sum yet.",
  "sums.finding.mod-mod": "GOFLAGS has -mod=mod ({where}): go adds missing lines to go.sum by itself, unasked.",
  "sums.finding.no-sum": "There is no go.sum in {path}: nothing is held fast.",
} as const;
