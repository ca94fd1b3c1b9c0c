#compdef medkit
# zsh completion for medkit. Made by `medkit completion zsh`.

# The words that may follow a path of words, with what they mean.
__medkit_next() {
  reply=()
  case $1 in
    '') reply=(
      'start:Build a kit for this host, verify it, and rehearse the recovery'
      'kit:Prepare, check and look into emergency kits'
      'drill:Rehearse the recovery with a kit, in sandboxes without network'
      'rescue:Run a command; where its environment makes it fail, find out why and make it pass'
      'doctor:Inspect host, environment, module and caches, and list what is wrong'
      'toolchain:Install, switch, pin and prove Go toolchains'
      'shell-init:Print what a shell'\''s start-up file needs for switched toolchains'
      'module:Explain what is known of a module and what it depends on'
      'proxy:Serve modules and toolchains to a closed network'
      'completion:Print the completion script of a shell'
      'explain:Explain an error: what happened, why, what to do'
    ) ;;
    'kit') reply=(
      'build:Make an emergency kit from a configuration'
      'verify:Check a kit, packed or unpacked, against its manifest and signature'
      'inspect:Say what a kit holds, from where, and how that was verified'
    ) ;;
    'toolchain') reply=(
      'list:List the toolchains that are installed, and those that could be'
      'install:Install a Go toolchain, proven by the checksum database or by what you demand'
      'adopt:Take over a Go that somebody else has installed, after proving it'
      'use:Switch the user'\''s `go` to an installed version'
      'pin:Pin this project'\''s Go version in a file'
      'lock:Write version and hash of the project'\''s Go into medkit.lock, for every platform of a team'
      'current:Say which Go version counts in this folder'
      'exec:Run a command with an installed Go version'
      'env:Print the variables under which an installed Go version is used'
      'remove:Remove an installed toolchain'
      'prune:Remove the toolchains that a newer patch has superseded'
      'verify:Prove an installed Go, file by file, or a published archive'
      'rebuild:Make a Go toolchain from source, and find out whether it is the published one'
      'key:Keep the OpenPGP keys that toolchains may be signed with'
    ) ;;
    'toolchain key') reply=(
      'import:Take a publisher'\''s OpenPGP key into medkit'\''s own keyring'
      'list:List the keys of medkit'\''s keyring, and what each may sign'
      'update:Bring the keyring up to date: new subkeys, new dates, a successor'
      'remove:Take a key out of medkit'\''s keyring'
    ) ;;
    'module') reply=(
      'explain:Explain which mode the go command is in, and what go.sum proves'
      'ci-config:Write the settings of a module mirror for CI, and check the mirror'
      'mirror:Fill, look into, check and prune the store of modules'
    ) ;;
    'module mirror') reply=(
      'sync:Fetch into the proxy'\''s store all that programs, binaries and lists take'
      'list:List what the proxy'\''s store holds, how big it is, and when it was used'
      'verify:Read all of the proxy'\''s store, and name every file that is not as it was proven'
      'prune:Take out of the proxy'\''s store what nobody uses'
      'merge:Take a kit'\''s modules, or another tree'\''s, into the proxy'\''s store, with no network'
    ) ;;
    'proxy') reply=(
      'serve:Serve modules and toolchains to `go` commands, each proven before its first byte'
      'login:Say who may log in at the proxy'
      'unit:Print a systemd service for the proxy, closed in as far as it can work'
      'check:Say what the proxy'\''s policy does with versions, and which rule decides'
      'vulndb:Mirror the Go vulnerability database beside the modules'
    ) ;;
    'proxy login') reply=(
      'add:Let somebody log in at the proxy, with a password or a token'
      'remove:Let somebody log in no more'
      'list:Show who may log in'
    ) ;;
    'proxy vulndb') reply=(
      'sync:Mirror the Go vulnerability database, for `govulncheck -db` and for the proxy'\''s policy'
      'verify:Find every damaged file of the mirrored vulnerability database'
    ) ;;
  esac
}

__medkit_flags() {
  reply=()
  case $1 in
    '') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'kit') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain key') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module mirror') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy login') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy vulndb') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'start') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'kit build') reply=(
      '--out:folder for the archive (default: the current one)'
      '--platform:only these platforms of the configuration'
      '--sign-key:Ed25519 private key (PEM) to sign the manifest with'
      '--lock:lock file: the tree head and time to use, written where it is absent (default: <config>.lock.json, if there)'
      '--tools:folder with medkit'\''s executables, from `npm run package` (default: dist/ of the checkout)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'kit verify') reply=(
      '--signer:demand a signature by this Ed25519 public key (PEM)'
      '--sumdb:the checksum database'\''s key, as in GOSUMDB, for a kit whose database medkit does not know'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'kit inspect') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'drill') reply=(
      '--runs:how many runs (default: one of each scenario)'
      '--scenario:only these scenarios'
      '--out:folder for the report (JSON and HTML)'
      '--seed:the order of the scenarios follows from this number'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'rescue') reply=(
      '--kit:unpacked kit to take remedies from (default: the active one)'
      '--signer:demand that the kit is signed by this Ed25519 public key (PEM)'
      '--report:write what was found and done to this file, as JSON'
      '--fix-files:allow changes of your files, each after a copy'
      '--undo:take back what the last rescue left on disk'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'doctor') reply=(
      '--fix:apply the safe remedies, each after a copy'
      '--explain:say what a cause means, and what to do'
      '--kit:unpacked kit to take remedies from (default: the active one)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain list') reply=(
      '--remote:ask the module proxy which versions there are'
      '--found:list the Gos of this host that others have installed: archives, distributions, `~/sdk`, the go command, mise, asdf, goenv, gvm and more'
      '--platform:only toolchains for this GOOS/GOARCH (default for what can be installed: this host'\''s)'
      '--kit:a kit, packed or unpacked, whose toolchains are listed too (default: the active one)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain install') reply=(
      '--platform:GOOS/GOARCH (default: this host'\''s)'
      '--source:where to take it from, in this order: a kit, archive, module zip or GOROOT by its path, `module-cache`, `proxy`, `download`, a URL of a module proxy, or `download+URL`'
      '--trust:the least evidence that counts: `sha256`, `openpgp`, `checksum-database` (default) or `rebuilt`; MEDKIT_TRUST and `trust:` in medkit.yaml set it for all commands'
      '--checksums:a list of checksums in the form of go.dev/dl/?mode=json: a file of your own, or a URL'
      '--signature:the archive'\''s detached OpenPGP signature (default: the `.asc` beside it)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain adopt') reply=(
      '--copy:copy it (the default): it stays, whatever becomes of the original'
      '--link:only link to it: no space is needed, and it goes when the original goes'
      '--platform:the GOOS/GOARCH that is meant (default: this host'\''s)'
      '--trust:demand at least this evidence; what is adopted has `checksum-database`'
      '--accept:differences that are no reason to say no: `local-go-env`; for a copy also `extra`, files that are left behind'
      '--kit:a kit to take proof and published copy from'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain use') reply=(
      '--system:lead /usr/local/go and /usr/local/bin/go to it too, for all users; what stood there is kept (MEDKIT_SYSTEM_PREFIX: another folder than /usr/local)'
      '--restore:put back what stood at the system'\''s places before `--system`'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain pin') reply=(
      '--in:which file (default: go.mod)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain lock') reply=(
      '--platform:GOOS/GOARCH, several with commas (default: those that are in the file, else this host'\''s)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain current') reply=(
      '--explain:show every place that asks for a version, and what became of it'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain exec') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain env') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain remove') reply=(
      '--platform:GOOS/GOARCH (default: this host'\''s)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain prune') reply=(
      '--keep:versions to keep besides'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain verify') reply=(
      '--platform:the GOOS/GOARCH that is meant where a tree has tools for several (default: this host'\''s)'
      '--kit:a kit to take proof and published copy from'
      '--archive:the published archive that the tree was unpacked from: compared file by file, after it was held against its own checksum and signature'
      '--trust:the least evidence that counts: `sha256`, `openpgp`, `checksum-database` (default) or `rebuilt`; MEDKIT_TRUST and `trust:` in medkit.yaml set it for all commands'
      '--checksums:a list of checksums in the form of go.dev/dl/?mode=json: a file of your own, or a URL'
      '--signature:the archive'\''s detached OpenPGP signature (default: the `.asc` beside it)'
      '--accept:differences that are no reason to say no: `local-go-env`'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain rebuild') reply=(
      '--platform:GOOS/GOARCH to make it for (default: this host'\''s)'
      '--bootstrap:the Go that compiles: a version, or a GOROOT (default: the same version, for this host)'
      '--reference:the published archive, module zip or GOROOT, to compare with file by file'
      '--twice:where there is nothing to compare with, rebuild again elsewhere, by another installed Go if there is one'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain key import') reply=(
      '--fingerprint:the whole fingerprint of the primary key, that you have from elsewhere'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain key list') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain key update') reply=(
      '--fingerprint:the whole fingerprint of the primary key, that you have from elsewhere'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'toolchain key remove') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'shell-init') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module explain') reply=(
      '--package:where these import paths lead (default: what the folder'\''s package imports)'
      '--deps:what those import in turn too, as `go list -deps`'
      '--go:as if this version of Go were on PATH'
      '--sums:the lines of go.sum'
      '--all:list everything: nothing is cut short'
      '--accept:what is no reason to say no: `exempt` (lines that GOPRIVATE or GONOSUMDB keeps from the database), `missing` (lines that are not there)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module ci-config') reply=(
      '--for:what it is for'
      '--proxy:address of the mirror (default: the first of the host'\''s GOPROXY)'
      '--fallback:what is asked where the mirror has nothing (default: direct)'
      '--private:patterns of private modules, as in GOPRIVATE'
      '--private-from:where private modules come from: their own hosts, or the mirror too (default: direct)'
      '--sumdb:the checksum database (default: sum.golang.org)'
      '--ca:a file of certificates in the repository, for hosts of the enterprise'
      '--netrc:the mirror or a private host wants a login: mount a netrc as a secret'
      '--go:tag of the golang image (default: 1.26)'
      '--plain:no comments'
      '--check:ask the mirror, and print how it answers'
      '--module:a module that the mirror has, for --check (default: golang.org/x/text)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module mirror sync') reply=(
      '--store:folder of the store (default: as `proxy serve` has it)'
      '--go:Go toolchains to fetch besides: `1.22.5`, `1.22` or `latest`'
      '--platform:GOOS/GOARCH of these toolchains (default: this host'\''s); modules are the same everywhere'
      '--whole-graph:also the go.mod files that only programs with `go 1.16` or less read; kits are built with it'
      '--jobs:versions that are fetched at a time (default 8)'
      '--upstream:GOPROXY list to fetch from (default: the host'\''s GOPROXY)'
      '--sumdb:the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host'\''s)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module mirror list') reply=(
      '--store:folder of the store (default: as `proxy serve` has it)'
      '--versions:one line a version'
      '--unused-for:only what was neither used nor stored for so long, such as `720h`'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module mirror verify') reply=(
      '--store:folder of the store (default: as `proxy serve` has it)'
      '--repair:take away what is damaged, prove anew what has no proof, and fetch again what is missing (with --offline: only take away)'
      '--upstream:GOPROXY list to fetch from, for --repair (default: the host'\''s GOPROXY)'
      '--sumdb:the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host'\''s)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module mirror prune') reply=(
      '--store:folder of the store (default: as `proxy serve` has it)'
      '--keep:how much may stay, such as `50GiB`'
      '--unused-for:what was neither used nor stored for so long goes, such as `2160h`'
      '--older-than:what was stored so long ago goes, used or not'
      '--keep-for:what these need stays in every case: go.mod files, folders, binaries, lists, as `sync` takes them'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'module mirror merge') reply=(
      '--store:folder of the store (default: as `proxy serve` has it)'
      '--sumdb:the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host'\''s)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy serve') reply=(
      '--listen:address to listen on (default 127.0.0.1:3000; `:3000` is every address; `systemd`: the socket that it hands over)'
      '--store:folder of the store, or `s3://BUCKET/PREFIX` (default: `modules` in medkit'\''s home)'
      '--upstream:GOPROXY list to fetch from, with `,` and `|` as Go reads them (default: the host'\''s GOPROXY)'
      '--sumdb:the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host'\''s)'
      '--access-log:append one JSON line a request to this file'
      '--tls-cert:serve HTTPS with this certificate (PEM), HTTP/2 and HTTP/1.1; renewed files are taken over'
      '--tls-key:its private key (PEM, without a passphrase)'
      '--login:let only those in who stand in this file (`medkit proxy login add`)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy login add') reply=(
      '--file:the file of logins; made where it is not there'
      '--token:make a token'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy login remove') reply=(
      '--file:the file of logins'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy login list') reply=(
      '--file:the file of logins'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy unit') reply=(
      '--program:where medkit will lie (default /usr/local/bin/medkit)'
      '--store:folder of the store (default: one that systemd makes below /var/lib)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy check') reply=(
      '--store:folder of the store (default: `modules` in medkit'\''s home)'
      '--upstream:GOPROXY list to ask for the time of what is not stored (default: the host'\''s GOPROXY)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy vulndb sync') reply=(
      '--folder:folder of the database (default: the configuration'\''s, else `vulndb` in the store)'
      '--store:folder of the store (default: `modules` in medkit'\''s home)'
      '--upstream:GOPROXY list for `golang.org/x/vulndb` (default: the host'\''s GOPROXY)'
      '--accept-older:take a source that lacks entries, or has older ones, than what is mirrored'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'proxy vulndb verify') reply=(
      '--folder:folder of the database (default: the configuration'\''s, else `vulndb` in the store)'
      '--store:folder of the store (default: `modules` in medkit'\''s home)'
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'completion') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
    'explain') reply=(
      '--json:print exactly one JSON document on stdout'
      '--dry-run:print the plan and change nothing'
      '--home:folder of medkit'\''s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
      '--config:configuration (default: medkit.yaml here or in a folder above)'
      '--offline:try no connection at all'
      '--lang:language of all text (default: MEDKIT_LANG, then the locale)'
      '--no-input:never ask'
      '--color:colours (default: auto; NO_COLOR is heeded)'
      '--progress:how progress is shown on stderr (default: auto)'
      '--help:show this help'
      '--version:print the version'
    ) ;;
  esac
}

# What a flag of a path takes, or its argument with this number: a kind, and words. Nothing for a flag without a value.
__medkit_value() {
  REPLY=
  case $1:$2 in
    ':--home') REPLY='folder' ;;
    ':--config') REPLY='file' ;;
    ':--lang') REPLY='words en zh-CN' ;;
    ':--color') REPLY='words auto always never' ;;
    ':--progress') REPLY='words auto plain json none' ;;
    'kit:--home') REPLY='folder' ;;
    'kit:--config') REPLY='file' ;;
    'kit:--lang') REPLY='words en zh-CN' ;;
    'kit:--color') REPLY='words auto always never' ;;
    'kit:--progress') REPLY='words auto plain json none' ;;
    'toolchain:--home') REPLY='folder' ;;
    'toolchain:--config') REPLY='file' ;;
    'toolchain:--lang') REPLY='words en zh-CN' ;;
    'toolchain:--color') REPLY='words auto always never' ;;
    'toolchain:--progress') REPLY='words auto plain json none' ;;
    'toolchain key:--home') REPLY='folder' ;;
    'toolchain key:--config') REPLY='file' ;;
    'toolchain key:--lang') REPLY='words en zh-CN' ;;
    'toolchain key:--color') REPLY='words auto always never' ;;
    'toolchain key:--progress') REPLY='words auto plain json none' ;;
    'module:--home') REPLY='folder' ;;
    'module:--config') REPLY='file' ;;
    'module:--lang') REPLY='words en zh-CN' ;;
    'module:--color') REPLY='words auto always never' ;;
    'module:--progress') REPLY='words auto plain json none' ;;
    'module mirror:--home') REPLY='folder' ;;
    'module mirror:--config') REPLY='file' ;;
    'module mirror:--lang') REPLY='words en zh-CN' ;;
    'module mirror:--color') REPLY='words auto always never' ;;
    'module mirror:--progress') REPLY='words auto plain json none' ;;
    'proxy:--home') REPLY='folder' ;;
    'proxy:--config') REPLY='file' ;;
    'proxy:--lang') REPLY='words en zh-CN' ;;
    'proxy:--color') REPLY='words auto always never' ;;
    'proxy:--progress') REPLY='words auto plain json none' ;;
    'proxy login:--home') REPLY='folder' ;;
    'proxy login:--config') REPLY='file' ;;
    'proxy login:--lang') REPLY='words en zh-CN' ;;
    'proxy login:--color') REPLY='words auto always never' ;;
    'proxy login:--progress') REPLY='words auto plain json none' ;;
    'proxy vulndb:--home') REPLY='folder' ;;
    'proxy vulndb:--config') REPLY='file' ;;
    'proxy vulndb:--lang') REPLY='words en zh-CN' ;;
    'proxy vulndb:--color') REPLY='words auto always never' ;;
    'proxy vulndb:--progress') REPLY='words auto plain json none' ;;
    'start:--home') REPLY='folder' ;;
    'start:--config') REPLY='file' ;;
    'start:--lang') REPLY='words en zh-CN' ;;
    'start:--color') REPLY='words auto always never' ;;
    'start:--progress') REPLY='words auto plain json none' ;;
    'kit build:--out') REPLY='folder' ;;
    'kit build:--platform') REPLY='list linux/amd64 linux/arm64 linux/386 darwin/arm64 darwin/amd64' ;;
    'kit build:--sign-key') REPLY='file' ;;
    'kit build:--lock') REPLY='file' ;;
    'kit build:--tools') REPLY='folder' ;;
    'kit build:--home') REPLY='folder' ;;
    'kit build:--config') REPLY='file' ;;
    'kit build:--lang') REPLY='words en zh-CN' ;;
    'kit build:--color') REPLY='words auto always never' ;;
    'kit build:--progress') REPLY='words auto plain json none' ;;
    'kit verify:--signer') REPLY='file' ;;
    'kit verify:--sumdb') REPLY='any' ;;
    'kit verify:--home') REPLY='folder' ;;
    'kit verify:--config') REPLY='file' ;;
    'kit verify:--lang') REPLY='words en zh-CN' ;;
    'kit verify:--color') REPLY='words auto always never' ;;
    'kit verify:--progress') REPLY='words auto plain json none' ;;
    'kit verify:0') REPLY='file' ;;
    'kit inspect:--home') REPLY='folder' ;;
    'kit inspect:--config') REPLY='file' ;;
    'kit inspect:--lang') REPLY='words en zh-CN' ;;
    'kit inspect:--color') REPLY='words auto always never' ;;
    'kit inspect:--progress') REPLY='words auto plain json none' ;;
    'kit inspect:0') REPLY='file' ;;
    'drill:--runs') REPLY='any' ;;
    'drill:--scenario') REPLY='any' ;;
    'drill:--out') REPLY='folder' ;;
    'drill:--seed') REPLY='any' ;;
    'drill:--home') REPLY='folder' ;;
    'drill:--config') REPLY='file' ;;
    'drill:--lang') REPLY='words en zh-CN' ;;
    'drill:--color') REPLY='words auto always never' ;;
    'drill:--progress') REPLY='words auto plain json none' ;;
    'drill:0') REPLY='file' ;;
    'rescue:--kit') REPLY='folder' ;;
    'rescue:--signer') REPLY='file' ;;
    'rescue:--report') REPLY='file' ;;
    'rescue:--home') REPLY='folder' ;;
    'rescue:--config') REPLY='file' ;;
    'rescue:--lang') REPLY='words en zh-CN' ;;
    'rescue:--color') REPLY='words auto always never' ;;
    'rescue:--progress') REPLY='words auto plain json none' ;;
    'doctor:--explain') REPLY='words GO_MISSING GO_NOT_EXECUTABLE GO_ON_NOEXEC GO_WRONG_ARCHITECTURE GO_LOADER_MISSING GO_LIBC_TOO_OLD GO_INCOMPLETE GOROOT_STALE GO_TOO_OLD GO_MOD_SYNTAX_NEWER TOOLCHAIN_UNAVAILABLE GOEXPERIMENT_UNKNOWN ARCH_LEVEL_INVALID GOFLAGS_INVALID SETTING_INVALID PORT_UNKNOWN MODULE_MODE_OFF WORKSPACE_UNFIT VENDOR_MISSING VENDOR_OUT_OF_STEP REPLACE_MISSING CHECKSUM_MISMATCH MODULE_CACHE_MISMATCH MODULE_PROXY_MISMATCH MODULE_CACHE_DAMAGED MODULE_CACHE_UNUSABLE NO_MODULE GO_SUM_INCOMPLETE GO_MOD_UPDATES_NEEDED VERSION_VANISHED MODULE_PRIVATE MODULE_PATH_MISMATCH MODULES_UNREACHABLE CHECKSUM_DATABASE_UNREACHABLE PROXY_ANSWER_WRONG PROXY_CREDENTIALS_MISSING HTTP_PROXY_WRONG NO_PROXY_WRONG AUTHORITY_UNKNOWN CERTIFICATE_EXPIRED CLOCK_WRONG GIT_MISSING EXECUTION_DENIED BUILD_CACHE_UNUSABLE TEMPORARY_FOLDER_UNUSABLE TARGET_LEAKED C_COMPILER_MISSING CGO_OFF C_LIBRARY_MISSING OUTPUT_UNWRITABLE OPEN_FILES_EXHAUSTED MEMORY_EXHAUSTED UMASK_TOO_STRICT VCS_STATUS_FAILED' ;;
    'doctor:--kit') REPLY='folder' ;;
    'doctor:--home') REPLY='folder' ;;
    'doctor:--config') REPLY='file' ;;
    'doctor:--lang') REPLY='words en zh-CN' ;;
    'doctor:--color') REPLY='words auto always never' ;;
    'doctor:--progress') REPLY='words auto plain json none' ;;
    'doctor:0') REPLY='file' ;;
    'toolchain list:--platform') REPLY='any' ;;
    'toolchain list:--kit') REPLY='file' ;;
    'toolchain list:--home') REPLY='folder' ;;
    'toolchain list:--config') REPLY='file' ;;
    'toolchain list:--lang') REPLY='words en zh-CN' ;;
    'toolchain list:--color') REPLY='words auto always never' ;;
    'toolchain list:--progress') REPLY='words auto plain json none' ;;
    'toolchain install:--platform') REPLY='any' ;;
    'toolchain install:--source') REPLY='list module-cache proxy download' ;;
    'toolchain install:--trust') REPLY='words sha256 openpgp checksum-database rebuilt' ;;
    'toolchain install:--checksums') REPLY='any' ;;
    'toolchain install:--signature') REPLY='file' ;;
    'toolchain install:--home') REPLY='folder' ;;
    'toolchain install:--config') REPLY='file' ;;
    'toolchain install:--lang') REPLY='words en zh-CN' ;;
    'toolchain install:--color') REPLY='words auto always never' ;;
    'toolchain install:--progress') REPLY='words auto plain json none' ;;
    'toolchain install:0') REPLY='words latest oldstable' ;;
    'toolchain adopt:--platform') REPLY='any' ;;
    'toolchain adopt:--trust') REPLY='words sha256 openpgp checksum-database rebuilt' ;;
    'toolchain adopt:--accept') REPLY='list local-go-env extra' ;;
    'toolchain adopt:--kit') REPLY='file' ;;
    'toolchain adopt:--home') REPLY='folder' ;;
    'toolchain adopt:--config') REPLY='file' ;;
    'toolchain adopt:--lang') REPLY='words en zh-CN' ;;
    'toolchain adopt:--color') REPLY='words auto always never' ;;
    'toolchain adopt:--progress') REPLY='words auto plain json none' ;;
    'toolchain adopt:0') REPLY='any' ;;
    'toolchain use:--home') REPLY='folder' ;;
    'toolchain use:--config') REPLY='file' ;;
    'toolchain use:--lang') REPLY='words en zh-CN' ;;
    'toolchain use:--color') REPLY='words auto always never' ;;
    'toolchain use:--progress') REPLY='words auto plain json none' ;;
    'toolchain use:0') REPLY='words latest oldstable' ;;
    'toolchain pin:--in') REPLY='words go.mod .go-version .tool-versions mise.toml' ;;
    'toolchain pin:--home') REPLY='folder' ;;
    'toolchain pin:--config') REPLY='file' ;;
    'toolchain pin:--lang') REPLY='words en zh-CN' ;;
    'toolchain pin:--color') REPLY='words auto always never' ;;
    'toolchain pin:--progress') REPLY='words auto plain json none' ;;
    'toolchain pin:0') REPLY='words latest oldstable' ;;
    'toolchain lock:--platform') REPLY='any' ;;
    'toolchain lock:--home') REPLY='folder' ;;
    'toolchain lock:--config') REPLY='file' ;;
    'toolchain lock:--lang') REPLY='words en zh-CN' ;;
    'toolchain lock:--color') REPLY='words auto always never' ;;
    'toolchain lock:--progress') REPLY='words auto plain json none' ;;
    'toolchain lock:0') REPLY='words latest oldstable' ;;
    'toolchain current:--home') REPLY='folder' ;;
    'toolchain current:--config') REPLY='file' ;;
    'toolchain current:--lang') REPLY='words en zh-CN' ;;
    'toolchain current:--color') REPLY='words auto always never' ;;
    'toolchain current:--progress') REPLY='words auto plain json none' ;;
    'toolchain exec:--home') REPLY='folder' ;;
    'toolchain exec:--config') REPLY='file' ;;
    'toolchain exec:--lang') REPLY='words en zh-CN' ;;
    'toolchain exec:--color') REPLY='words auto always never' ;;
    'toolchain exec:--progress') REPLY='words auto plain json none' ;;
    'toolchain exec:0') REPLY='words latest oldstable' ;;
    'toolchain env:--home') REPLY='folder' ;;
    'toolchain env:--config') REPLY='file' ;;
    'toolchain env:--lang') REPLY='words en zh-CN' ;;
    'toolchain env:--color') REPLY='words auto always never' ;;
    'toolchain env:--progress') REPLY='words auto plain json none' ;;
    'toolchain env:0') REPLY='words latest oldstable' ;;
    'toolchain remove:--platform') REPLY='any' ;;
    'toolchain remove:--home') REPLY='folder' ;;
    'toolchain remove:--config') REPLY='file' ;;
    'toolchain remove:--lang') REPLY='words en zh-CN' ;;
    'toolchain remove:--color') REPLY='words auto always never' ;;
    'toolchain remove:--progress') REPLY='words auto plain json none' ;;
    'toolchain remove:0') REPLY='words latest oldstable' ;;
    'toolchain prune:--keep') REPLY='any' ;;
    'toolchain prune:--home') REPLY='folder' ;;
    'toolchain prune:--config') REPLY='file' ;;
    'toolchain prune:--lang') REPLY='words en zh-CN' ;;
    'toolchain prune:--color') REPLY='words auto always never' ;;
    'toolchain prune:--progress') REPLY='words auto plain json none' ;;
    'toolchain verify:--platform') REPLY='any' ;;
    'toolchain verify:--kit') REPLY='file' ;;
    'toolchain verify:--archive') REPLY='file' ;;
    'toolchain verify:--trust') REPLY='words sha256 openpgp checksum-database rebuilt' ;;
    'toolchain verify:--checksums') REPLY='any' ;;
    'toolchain verify:--signature') REPLY='file' ;;
    'toolchain verify:--accept') REPLY='list local-go-env' ;;
    'toolchain verify:--home') REPLY='folder' ;;
    'toolchain verify:--config') REPLY='file' ;;
    'toolchain verify:--lang') REPLY='words en zh-CN' ;;
    'toolchain verify:--color') REPLY='words auto always never' ;;
    'toolchain verify:--progress') REPLY='words auto plain json none' ;;
    'toolchain verify:0') REPLY='words latest oldstable' ;;
    'toolchain rebuild:--platform') REPLY='any' ;;
    'toolchain rebuild:--bootstrap') REPLY='any' ;;
    'toolchain rebuild:--reference') REPLY='file' ;;
    'toolchain rebuild:--home') REPLY='folder' ;;
    'toolchain rebuild:--config') REPLY='file' ;;
    'toolchain rebuild:--lang') REPLY='words en zh-CN' ;;
    'toolchain rebuild:--color') REPLY='words auto always never' ;;
    'toolchain rebuild:--progress') REPLY='words auto plain json none' ;;
    'toolchain rebuild:0') REPLY='words latest oldstable' ;;
    'toolchain key import:--fingerprint') REPLY='any' ;;
    'toolchain key import:--home') REPLY='folder' ;;
    'toolchain key import:--config') REPLY='file' ;;
    'toolchain key import:--lang') REPLY='words en zh-CN' ;;
    'toolchain key import:--color') REPLY='words auto always never' ;;
    'toolchain key import:--progress') REPLY='words auto plain json none' ;;
    'toolchain key import:0') REPLY='file' ;;
    'toolchain key list:--home') REPLY='folder' ;;
    'toolchain key list:--config') REPLY='file' ;;
    'toolchain key list:--lang') REPLY='words en zh-CN' ;;
    'toolchain key list:--color') REPLY='words auto always never' ;;
    'toolchain key list:--progress') REPLY='words auto plain json none' ;;
    'toolchain key update:--fingerprint') REPLY='any' ;;
    'toolchain key update:--home') REPLY='folder' ;;
    'toolchain key update:--config') REPLY='file' ;;
    'toolchain key update:--lang') REPLY='words en zh-CN' ;;
    'toolchain key update:--color') REPLY='words auto always never' ;;
    'toolchain key update:--progress') REPLY='words auto plain json none' ;;
    'toolchain key update:0') REPLY='file' ;;
    'toolchain key remove:--home') REPLY='folder' ;;
    'toolchain key remove:--config') REPLY='file' ;;
    'toolchain key remove:--lang') REPLY='words en zh-CN' ;;
    'toolchain key remove:--color') REPLY='words auto always never' ;;
    'toolchain key remove:--progress') REPLY='words auto plain json none' ;;
    'toolchain key remove:0') REPLY='any' ;;
    'shell-init:--home') REPLY='folder' ;;
    'shell-init:--config') REPLY='file' ;;
    'shell-init:--lang') REPLY='words en zh-CN' ;;
    'shell-init:--color') REPLY='words auto always never' ;;
    'shell-init:--progress') REPLY='words auto plain json none' ;;
    'shell-init:0') REPLY='words bash zsh fish' ;;
    'module explain:--package') REPLY='any' ;;
    'module explain:--go') REPLY='words 1.20 1.21 1.22 1.23 1.24 1.25 1.26' ;;
    'module explain:--accept') REPLY='list exempt missing' ;;
    'module explain:--home') REPLY='folder' ;;
    'module explain:--config') REPLY='file' ;;
    'module explain:--lang') REPLY='words en zh-CN' ;;
    'module explain:--color') REPLY='words auto always never' ;;
    'module explain:--progress') REPLY='words auto plain json none' ;;
    'module explain:0') REPLY='file' ;;
    'module ci-config:--for') REPLY='words docker github gitlab kubernetes systemd' ;;
    'module ci-config:--proxy') REPLY='any' ;;
    'module ci-config:--fallback') REPLY='words direct off' ;;
    'module ci-config:--private') REPLY='any' ;;
    'module ci-config:--private-from') REPLY='words direct proxy' ;;
    'module ci-config:--sumdb') REPLY='any' ;;
    'module ci-config:--ca') REPLY='any' ;;
    'module ci-config:--go') REPLY='any' ;;
    'module ci-config:--module') REPLY='any' ;;
    'module ci-config:--home') REPLY='folder' ;;
    'module ci-config:--config') REPLY='file' ;;
    'module ci-config:--lang') REPLY='words en zh-CN' ;;
    'module ci-config:--color') REPLY='words auto always never' ;;
    'module ci-config:--progress') REPLY='words auto plain json none' ;;
    'module mirror sync:--store') REPLY='folder' ;;
    'module mirror sync:--go') REPLY='list latest oldstable' ;;
    'module mirror sync:--platform') REPLY='any' ;;
    'module mirror sync:--jobs') REPLY='any' ;;
    'module mirror sync:--upstream') REPLY='any' ;;
    'module mirror sync:--sumdb') REPLY='any' ;;
    'module mirror sync:--home') REPLY='folder' ;;
    'module mirror sync:--config') REPLY='file' ;;
    'module mirror sync:--lang') REPLY='words en zh-CN' ;;
    'module mirror sync:--color') REPLY='words auto always never' ;;
    'module mirror sync:--progress') REPLY='words auto plain json none' ;;
    'module mirror sync:rest') REPLY='any' ;;
    'module mirror list:--store') REPLY='folder' ;;
    'module mirror list:--unused-for') REPLY='any' ;;
    'module mirror list:--home') REPLY='folder' ;;
    'module mirror list:--config') REPLY='file' ;;
    'module mirror list:--lang') REPLY='words en zh-CN' ;;
    'module mirror list:--color') REPLY='words auto always never' ;;
    'module mirror list:--progress') REPLY='words auto plain json none' ;;
    'module mirror list:rest') REPLY='any' ;;
    'module mirror verify:--store') REPLY='folder' ;;
    'module mirror verify:--upstream') REPLY='any' ;;
    'module mirror verify:--sumdb') REPLY='any' ;;
    'module mirror verify:--home') REPLY='folder' ;;
    'module mirror verify:--config') REPLY='file' ;;
    'module mirror verify:--lang') REPLY='words en zh-CN' ;;
    'module mirror verify:--color') REPLY='words auto always never' ;;
    'module mirror verify:--progress') REPLY='words auto plain json none' ;;
    'module mirror prune:--store') REPLY='folder' ;;
    'module mirror prune:--keep') REPLY='any' ;;
    'module mirror prune:--unused-for') REPLY='any' ;;
    'module mirror prune:--older-than') REPLY='any' ;;
    'module mirror prune:--keep-for') REPLY='any' ;;
    'module mirror prune:--home') REPLY='folder' ;;
    'module mirror prune:--config') REPLY='file' ;;
    'module mirror prune:--lang') REPLY='words en zh-CN' ;;
    'module mirror prune:--color') REPLY='words auto always never' ;;
    'module mirror prune:--progress') REPLY='words auto plain json none' ;;
    'module mirror prune:rest') REPLY='any' ;;
    'module mirror merge:--store') REPLY='folder' ;;
    'module mirror merge:--sumdb') REPLY='any' ;;
    'module mirror merge:--home') REPLY='folder' ;;
    'module mirror merge:--config') REPLY='file' ;;
    'module mirror merge:--lang') REPLY='words en zh-CN' ;;
    'module mirror merge:--color') REPLY='words auto always never' ;;
    'module mirror merge:--progress') REPLY='words auto plain json none' ;;
    'module mirror merge:0') REPLY='file' ;;
    'proxy serve:--listen') REPLY='any' ;;
    'proxy serve:--store') REPLY='folder' ;;
    'proxy serve:--upstream') REPLY='any' ;;
    'proxy serve:--sumdb') REPLY='any' ;;
    'proxy serve:--access-log') REPLY='file' ;;
    'proxy serve:--tls-cert') REPLY='file' ;;
    'proxy serve:--tls-key') REPLY='file' ;;
    'proxy serve:--login') REPLY='file' ;;
    'proxy serve:--home') REPLY='folder' ;;
    'proxy serve:--config') REPLY='file' ;;
    'proxy serve:--lang') REPLY='words en zh-CN' ;;
    'proxy serve:--color') REPLY='words auto always never' ;;
    'proxy serve:--progress') REPLY='words auto plain json none' ;;
    'proxy login add:--file') REPLY='file' ;;
    'proxy login add:--home') REPLY='folder' ;;
    'proxy login add:--config') REPLY='file' ;;
    'proxy login add:--lang') REPLY='words en zh-CN' ;;
    'proxy login add:--color') REPLY='words auto always never' ;;
    'proxy login add:--progress') REPLY='words auto plain json none' ;;
    'proxy login add:0') REPLY='any' ;;
    'proxy login remove:--file') REPLY='file' ;;
    'proxy login remove:--home') REPLY='folder' ;;
    'proxy login remove:--config') REPLY='file' ;;
    'proxy login remove:--lang') REPLY='words en zh-CN' ;;
    'proxy login remove:--color') REPLY='words auto always never' ;;
    'proxy login remove:--progress') REPLY='words auto plain json none' ;;
    'proxy login remove:0') REPLY='any' ;;
    'proxy login list:--file') REPLY='file' ;;
    'proxy login list:--home') REPLY='folder' ;;
    'proxy login list:--config') REPLY='file' ;;
    'proxy login list:--lang') REPLY='words en zh-CN' ;;
    'proxy login list:--color') REPLY='words auto always never' ;;
    'proxy login list:--progress') REPLY='words auto plain json none' ;;
    'proxy unit:--program') REPLY='file' ;;
    'proxy unit:--store') REPLY='folder' ;;
    'proxy unit:--home') REPLY='folder' ;;
    'proxy unit:--config') REPLY='file' ;;
    'proxy unit:--lang') REPLY='words en zh-CN' ;;
    'proxy unit:--color') REPLY='words auto always never' ;;
    'proxy unit:--progress') REPLY='words auto plain json none' ;;
    'proxy check:--store') REPLY='folder' ;;
    'proxy check:--upstream') REPLY='any' ;;
    'proxy check:--home') REPLY='folder' ;;
    'proxy check:--config') REPLY='file' ;;
    'proxy check:--lang') REPLY='words en zh-CN' ;;
    'proxy check:--color') REPLY='words auto always never' ;;
    'proxy check:--progress') REPLY='words auto plain json none' ;;
    'proxy check:rest') REPLY='any' ;;
    'proxy vulndb sync:--folder') REPLY='folder' ;;
    'proxy vulndb sync:--store') REPLY='folder' ;;
    'proxy vulndb sync:--upstream') REPLY='any' ;;
    'proxy vulndb sync:--home') REPLY='folder' ;;
    'proxy vulndb sync:--config') REPLY='file' ;;
    'proxy vulndb sync:--lang') REPLY='words en zh-CN' ;;
    'proxy vulndb sync:--color') REPLY='words auto always never' ;;
    'proxy vulndb sync:--progress') REPLY='words auto plain json none' ;;
    'proxy vulndb sync:0') REPLY='any' ;;
    'proxy vulndb verify:--folder') REPLY='folder' ;;
    'proxy vulndb verify:--store') REPLY='folder' ;;
    'proxy vulndb verify:--home') REPLY='folder' ;;
    'proxy vulndb verify:--config') REPLY='file' ;;
    'proxy vulndb verify:--lang') REPLY='words en zh-CN' ;;
    'proxy vulndb verify:--color') REPLY='words auto always never' ;;
    'proxy vulndb verify:--progress') REPLY='words auto plain json none' ;;
    'completion:--home') REPLY='folder' ;;
    'completion:--config') REPLY='file' ;;
    'completion:--lang') REPLY='words en zh-CN' ;;
    'completion:--color') REPLY='words auto always never' ;;
    'completion:--progress') REPLY='words auto plain json none' ;;
    'completion:0') REPLY='words bash zsh fish' ;;
    'explain:--home') REPLY='folder' ;;
    'explain:--config') REPLY='file' ;;
    'explain:--lang') REPLY='words en zh-CN' ;;
    'explain:--color') REPLY='words auto always never' ;;
    'explain:--progress') REPLY='words auto plain json none' ;;
    'explain:0') REPLY='any' ;;
  esac
}

__medkit_offer() {
  local kind=$1
  shift
  case $kind in
    file) _files ;;
    folder) _files -/ ;;
    list) compset -P '*,'; compadd -qS , -- "$@" ;;
    words) compadd -- "$@" ;;
    any) _message value ;;
  esac
}

_medkit() {
  local word flag= mpath= REPLY
  local -a reply
  local -i count=0 index
  for ((index = 2; index < CURRENT; index++)); do
    word=$words[index]
    if [[ -n $flag ]]; then flag=; continue; fi
    case $word in
      --)
        shift $index words
        (( CURRENT -= index ))
        _normal
        return ;;
      -*=*) continue ;;
      -*)
        __medkit_value "$mpath" "$word"
        [[ -n $REPLY ]] && flag=$word
        continue ;;
    esac
    __medkit_next "$mpath"
    if (( count == 0 && ${reply[(I)$word:*]} )); then mpath=$mpath${mpath:+ }$word; else (( count++ )); fi
  done
  word=$words[CURRENT]
  if [[ -n $flag ]]; then
    __medkit_value "$mpath" "$flag"
    __medkit_offer ${=REPLY}
  elif [[ $word == --*=* ]]; then
    __medkit_value "$mpath" "${word%%=*}"
    compset -P '*='
    __medkit_offer ${=REPLY}
  elif [[ $word == -* ]]; then
    __medkit_flags "$mpath"
    _describe -o flag reply
  else
    __medkit_value "$mpath" $count
    [[ -z $REPLY ]] && __medkit_value "$mpath" rest
    [[ -n $REPLY ]] && __medkit_offer ${=REPLY}
    __medkit_next "$mpath"
    (( count == 0 && $#reply )) && _describe command reply
  fi
}

if [[ ${funcstack[1]} == _medkit ]]; then _medkit "$@"; else compdef _medkit medkit; fi
