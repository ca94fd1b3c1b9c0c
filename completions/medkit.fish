# fish completion for medkit. Made by `medkit completion fish`.

# Whether the words typed so far are this command, with this many arguments (`1+`: one or more), and `--` is not among them.
function __medkit_at
    set -l paths 'kit' 'toolchain' 'toolchain key' 'module' 'module mirror' 'proxy' 'proxy login' 'proxy vulndb' 'start' 'kit build' 'kit verify' 'kit inspect' 'drill' 'rescue' 'doctor' 'toolchain list' 'toolchain install' 'toolchain adopt' 'toolchain use' 'toolchain pin' 'toolchain lock' 'toolchain current' 'toolchain exec' 'toolchain env' 'toolchain remove' 'toolchain prune' 'toolchain verify' 'toolchain rebuild' 'toolchain key import' 'toolchain key list' 'toolchain key update' 'toolchain key remove' 'shell-init' 'module explain' 'module ci-config' 'module mirror sync' 'module mirror list' 'module mirror verify' 'proxy serve' 'proxy login add' 'proxy login remove' 'proxy login list' 'proxy unit' 'proxy check' 'proxy vulndb sync' 'proxy vulndb verify' 'completion' 'explain'
    set -l valued --home --config --lang --color --progress --out --platform --sign-key --lock --tools --signer --sumdb --runs --scenario --seed --kit --report --explain --source --trust --checksums --signature --accept --in --keep --archive --bootstrap --reference --fingerprint --package --go --for --proxy --fallback --private --private-from --ca --module --store --jobs --upstream --unused-for --listen --access-log --tls-cert --tls-key --login --file --program --folder
    set -l words (commandline -opc)
    set -l path ''
    set -l count 0
    set -l skip 0
    for word in $words[2..-1]
        if test $skip -eq 1
            set skip 0
        else if test "$word" = --
            return 1
        else if string match -q -- '-*' $word
            contains -- $word $valued; and set skip 1
        else
            set -l longer (string trim -- "$path $word")
            if test $count -eq 0; and contains -- $longer $paths
                set path $longer
            else
                set count (math $count + 1)
            end
        end
    end
    test "$path" = "$argv[1]"; or return 1
    if string match -q -- '*+' $argv[2]
        test $count -ge (string trim -r -c + -- $argv[2])
    else
        test $count -eq $argv[2]
    end
end

function __medkit_after_dashes
    contains -- -- (commandline -opc)
end

complete -c medkit -f
complete -c medkit -n __medkit_after_dashes -F
complete -c medkit -n 'not __medkit_after_dashes' -l json -d 'print exactly one JSON document on stdout'
complete -c medkit -n 'not __medkit_after_dashes' -l dry-run -d 'print the plan and change nothing'
complete -c medkit -n 'not __medkit_after_dashes' -l home -x -a '(__fish_complete_directories)' -d 'folder of medkit\'s own state (default: MEDKIT_HOME, then ~/.local/share/medkit)'
complete -c medkit -n 'not __medkit_after_dashes' -l config -r -F -d 'configuration (default: medkit.yaml here or in a folder above)'
complete -c medkit -n 'not __medkit_after_dashes' -l offline -d 'try no connection at all'
complete -c medkit -n 'not __medkit_after_dashes' -l lang -x -a 'en zh-CN' -d 'language of all text (default: MEDKIT_LANG, then the locale)'
complete -c medkit -n 'not __medkit_after_dashes' -l no-input -d 'never ask'
complete -c medkit -n 'not __medkit_after_dashes' -l color -x -a 'auto always never' -d 'colours (default: auto; NO_COLOR is heeded)'
complete -c medkit -n 'not __medkit_after_dashes' -l progress -x -a 'auto plain json none' -d 'how progress is shown on stderr (default: auto)'
complete -c medkit -n 'not __medkit_after_dashes' -l help -s h -d 'show this help'
complete -c medkit -n 'not __medkit_after_dashes' -l version -d 'print the version'
complete -c medkit -n '__medkit_at "" 0' -a 'start' -d 'Build a kit for this host, verify it, and rehearse the recovery'
complete -c medkit -n '__medkit_at "" 0' -a 'kit' -d 'Prepare, check and look into emergency kits'
complete -c medkit -n '__medkit_at "" 0' -a 'drill' -d 'Rehearse the recovery with a kit, in sandboxes without network'
complete -c medkit -n '__medkit_at "" 0' -a 'rescue' -d 'Run a command; where its environment makes it fail, find out why and make it pass'
complete -c medkit -n '__medkit_at "" 0' -a 'doctor' -d 'Inspect host, environment, module and caches, and list what is wrong'
complete -c medkit -n '__medkit_at "" 0' -a 'toolchain' -d 'Install, switch, pin and prove Go toolchains'
complete -c medkit -n '__medkit_at "" 0' -a 'shell-init' -d 'Print what a shell\'s start-up file needs for switched toolchains'
complete -c medkit -n '__medkit_at "" 0' -a 'module' -d 'Explain what is known of a module and what it depends on'
complete -c medkit -n '__medkit_at "" 0' -a 'proxy' -d 'Serve modules and toolchains to a closed network'
complete -c medkit -n '__medkit_at "" 0' -a 'completion' -d 'Print the completion script of a shell'
complete -c medkit -n '__medkit_at "" 0' -a 'explain' -d 'Explain an error: what happened, why, what to do'
complete -c medkit -n '__medkit_at "kit" 0' -a 'build' -d 'Make an emergency kit from a configuration'
complete -c medkit -n '__medkit_at "kit" 0' -a 'verify' -d 'Check a kit, packed or unpacked, against its manifest and signature'
complete -c medkit -n '__medkit_at "kit" 0' -a 'inspect' -d 'Say what a kit holds, from where, and how that was verified'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'list' -d 'List the toolchains that are installed, and those that could be'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'install' -d 'Install a Go toolchain, proven by the checksum database or by what you demand'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'adopt' -d 'Take over a Go that somebody else has installed, after proving it'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'use' -d 'Switch the user\'s `go` to an installed version'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'pin' -d 'Pin this project\'s Go version in a file'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'lock' -d 'Write version and hash of the project\'s Go into medkit.lock, for every platform of a team'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'current' -d 'Say which Go version counts in this folder'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'exec' -d 'Run a command with an installed Go version'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'env' -d 'Print the variables under which an installed Go version is used'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'remove' -d 'Remove an installed toolchain'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'prune' -d 'Remove the toolchains that a newer patch has superseded'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'verify' -d 'Prove an installed Go, file by file, or a published archive'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'rebuild' -d 'Make a Go toolchain from source, and find out whether it is the published one'
complete -c medkit -n '__medkit_at "toolchain" 0' -a 'key' -d 'Keep the OpenPGP keys that toolchains may be signed with'
complete -c medkit -n '__medkit_at "toolchain key" 0' -a 'import' -d 'Take a publisher\'s OpenPGP key into medkit\'s own keyring'
complete -c medkit -n '__medkit_at "toolchain key" 0' -a 'list' -d 'List the keys of medkit\'s keyring, and what each may sign'
complete -c medkit -n '__medkit_at "toolchain key" 0' -a 'update' -d 'Bring the keyring up to date: new subkeys, new dates, a successor'
complete -c medkit -n '__medkit_at "toolchain key" 0' -a 'remove' -d 'Take a key out of medkit\'s keyring'
complete -c medkit -n '__medkit_at "module" 0' -a 'explain' -d 'Explain which mode the go command is in, and what go.sum proves'
complete -c medkit -n '__medkit_at "module" 0' -a 'ci-config' -d 'Write the settings of a module mirror for CI, and check the mirror'
complete -c medkit -n '__medkit_at "module" 0' -a 'mirror' -d 'Fill, look into, check and prune the store of modules'
complete -c medkit -n '__medkit_at "module mirror" 0' -a 'sync' -d 'Fetch into the proxy\'s store all that programs, binaries and lists take'
complete -c medkit -n '__medkit_at "module mirror" 0' -a 'list' -d 'List what the proxy\'s store holds, how big it is, and when it was used'
complete -c medkit -n '__medkit_at "module mirror" 0' -a 'verify' -d 'Read all of the proxy\'s store, and name every file that is not as it was proven'
complete -c medkit -n '__medkit_at "proxy" 0' -a 'serve' -d 'Serve modules and toolchains to `go` commands, each proven before its first byte'
complete -c medkit -n '__medkit_at "proxy" 0' -a 'login' -d 'Say who may log in at the proxy'
complete -c medkit -n '__medkit_at "proxy" 0' -a 'unit' -d 'Print a systemd service for the proxy, closed in as far as it can work'
complete -c medkit -n '__medkit_at "proxy" 0' -a 'check' -d 'Say what the proxy\'s policy does with versions, and which rule decides'
complete -c medkit -n '__medkit_at "proxy" 0' -a 'vulndb' -d 'Mirror the Go vulnerability database beside the modules'
complete -c medkit -n '__medkit_at "proxy login" 0' -a 'add' -d 'Let somebody log in at the proxy, with a password or a token'
complete -c medkit -n '__medkit_at "proxy login" 0' -a 'remove' -d 'Let somebody log in no more'
complete -c medkit -n '__medkit_at "proxy login" 0' -a 'list' -d 'Show who may log in'
complete -c medkit -n '__medkit_at "proxy vulndb" 0' -a 'sync' -d 'Mirror the Go vulnerability database, for `govulncheck -db` and for the proxy\'s policy'
complete -c medkit -n '__medkit_at "proxy vulndb" 0' -a 'verify' -d 'Find every damaged file of the mirrored vulnerability database'
complete -c medkit -n '__medkit_at "kit build" 0+' -l out -x -a '(__fish_complete_directories)' -d 'folder for the archive (default: the current one)'
complete -c medkit -n '__medkit_at "kit build" 0+' -l platform -x -a '(__fish_append , linux/amd64 linux/arm64 linux/386 darwin/arm64 darwin/amd64)' -d 'only these platforms of the configuration'
complete -c medkit -n '__medkit_at "kit build" 0+' -l sign-key -r -F -d 'Ed25519 private key (PEM) to sign the manifest with'
complete -c medkit -n '__medkit_at "kit build" 0+' -l lock -r -F -d 'lock file: the tree head and time to use, written where it is absent (default: <config>.lock.json, if there)'
complete -c medkit -n '__medkit_at "kit build" 0+' -l tools -x -a '(__fish_complete_directories)' -d 'folder with medkit\'s executables, from `npm run package` (default: dist/ of the checkout)'
complete -c medkit -n '__medkit_at "kit verify" 0+' -l signer -r -F -d 'demand a signature by this Ed25519 public key (PEM)'
complete -c medkit -n '__medkit_at "kit verify" 0+' -l sumdb -x -d 'the checksum database\'s key, as in GOSUMDB, for a kit whose database medkit does not know'
complete -c medkit -n '__medkit_at "kit verify" 0' -F
complete -c medkit -n '__medkit_at "kit inspect" 0' -F
complete -c medkit -n '__medkit_at "drill" 0+' -l runs -x -d 'how many runs (default: one of each scenario)'
complete -c medkit -n '__medkit_at "drill" 0+' -l scenario -x -d 'only these scenarios'
complete -c medkit -n '__medkit_at "drill" 0+' -l out -x -a '(__fish_complete_directories)' -d 'folder for the report (JSON and HTML)'
complete -c medkit -n '__medkit_at "drill" 0+' -l seed -x -d 'the order of the scenarios follows from this number'
complete -c medkit -n '__medkit_at "drill" 0' -F
complete -c medkit -n '__medkit_at "rescue" 0+' -l kit -x -a '(__fish_complete_directories)' -d 'unpacked kit to take remedies from (default: the active one)'
complete -c medkit -n '__medkit_at "rescue" 0+' -l signer -r -F -d 'demand that the kit is signed by this Ed25519 public key (PEM)'
complete -c medkit -n '__medkit_at "rescue" 0+' -l report -r -F -d 'write what was found and done to this file, as JSON'
complete -c medkit -n '__medkit_at "rescue" 0+' -l fix-files -d 'allow changes of your files, each after a copy'
complete -c medkit -n '__medkit_at "rescue" 0+' -l undo -d 'take back what the last rescue left on disk'
complete -c medkit -n '__medkit_at "doctor" 0+' -l fix -d 'apply the safe remedies, each after a copy'
complete -c medkit -n '__medkit_at "doctor" 0+' -l explain -x -a 'GO_MISSING GO_NOT_EXECUTABLE GO_ON_NOEXEC GO_WRONG_ARCHITECTURE GO_LOADER_MISSING GO_LIBC_TOO_OLD GO_INCOMPLETE GOROOT_STALE GO_TOO_OLD GO_MOD_SYNTAX_NEWER TOOLCHAIN_UNAVAILABLE GOEXPERIMENT_UNKNOWN ARCH_LEVEL_INVALID GOFLAGS_INVALID SETTING_INVALID PORT_UNKNOWN MODULE_MODE_OFF WORKSPACE_UNFIT VENDOR_MISSING VENDOR_OUT_OF_STEP REPLACE_MISSING CHECKSUM_MISMATCH MODULE_CACHE_MISMATCH MODULE_PROXY_MISMATCH MODULE_CACHE_DAMAGED MODULE_CACHE_UNUSABLE NO_MODULE GO_SUM_INCOMPLETE GO_MOD_UPDATES_NEEDED VERSION_VANISHED MODULE_PRIVATE MODULE_PATH_MISMATCH MODULES_UNREACHABLE CHECKSUM_DATABASE_UNREACHABLE PROXY_ANSWER_WRONG PROXY_CREDENTIALS_MISSING HTTP_PROXY_WRONG NO_PROXY_WRONG AUTHORITY_UNKNOWN CERTIFICATE_EXPIRED CLOCK_WRONG GIT_MISSING EXECUTION_DENIED BUILD_CACHE_UNUSABLE TEMPORARY_FOLDER_UNUSABLE TARGET_LEAKED C_COMPILER_MISSING CGO_OFF C_LIBRARY_MISSING OUTPUT_UNWRITABLE OPEN_FILES_EXHAUSTED MEMORY_EXHAUSTED UMASK_TOO_STRICT VCS_STATUS_FAILED' -d 'say what a cause means, and what to do'
complete -c medkit -n '__medkit_at "doctor" 0+' -l kit -x -a '(__fish_complete_directories)' -d 'unpacked kit to take remedies from (default: the active one)'
complete -c medkit -n '__medkit_at "doctor" 0' -F
complete -c medkit -n '__medkit_at "toolchain list" 0+' -l remote -d 'ask the module proxy which versions there are'
complete -c medkit -n '__medkit_at "toolchain list" 0+' -l found -d 'list the Gos of this host that others have installed: archives, distributions, `~/sdk`, the go command, mise, asdf, goenv, gvm and more'
complete -c medkit -n '__medkit_at "toolchain list" 0+' -l platform -x -d 'only toolchains for this GOOS/GOARCH (default for what can be installed: this host\'s)'
complete -c medkit -n '__medkit_at "toolchain list" 0+' -l kit -r -F -d 'a kit, packed or unpacked, whose toolchains are listed too (default: the active one)'
complete -c medkit -n '__medkit_at "toolchain install" 0+' -l platform -x -d 'GOOS/GOARCH (default: this host\'s)'
complete -c medkit -n '__medkit_at "toolchain install" 0+' -l source -x -a '(__fish_append , module-cache proxy download)' -d 'where to take it from, in this order: a kit, archive, module zip or GOROOT by its path, `module-cache`, `proxy`, `download`, a URL of a module proxy, or `download+URL`'
complete -c medkit -n '__medkit_at "toolchain install" 0+' -l trust -x -a 'sha256 openpgp checksum-database rebuilt' -d 'the least evidence that counts: `sha256`, `openpgp`, `checksum-database` (default) or `rebuilt`; MEDKIT_TRUST and `trust:` in medkit.yaml set it for all commands'
complete -c medkit -n '__medkit_at "toolchain install" 0+' -l checksums -x -d 'a list of checksums in the form of go.dev/dl/?mode=json: a file of your own, or a URL'
complete -c medkit -n '__medkit_at "toolchain install" 0+' -l signature -r -F -d 'the archive\'s detached OpenPGP signature (default: the `.asc` beside it)'
complete -c medkit -n '__medkit_at "toolchain install" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain adopt" 0+' -l copy -d 'copy it (the default): it stays, whatever becomes of the original'
complete -c medkit -n '__medkit_at "toolchain adopt" 0+' -l link -d 'only link to it: no space is needed, and it goes when the original goes'
complete -c medkit -n '__medkit_at "toolchain adopt" 0+' -l platform -x -d 'the GOOS/GOARCH that is meant (default: this host\'s)'
complete -c medkit -n '__medkit_at "toolchain adopt" 0+' -l trust -x -a 'sha256 openpgp checksum-database rebuilt' -d 'demand at least this evidence; what is adopted has `checksum-database`'
complete -c medkit -n '__medkit_at "toolchain adopt" 0+' -l accept -x -a '(__fish_append , local-go-env extra)' -d 'differences that are no reason to say no: `local-go-env`; for a copy also `extra`, files that are left behind'
complete -c medkit -n '__medkit_at "toolchain adopt" 0+' -l kit -r -F -d 'a kit to take proof and published copy from'
complete -c medkit -n '__medkit_at "toolchain use" 0+' -l system -d 'lead /usr/local/go and /usr/local/bin/go to it too, for all users; what stood there is kept (MEDKIT_SYSTEM_PREFIX: another folder than /usr/local)'
complete -c medkit -n '__medkit_at "toolchain use" 0+' -l restore -d 'put back what stood at the system\'s places before `--system`'
complete -c medkit -n '__medkit_at "toolchain use" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain pin" 0+' -l in -x -a 'go.mod .go-version .tool-versions mise.toml' -d 'which file (default: go.mod)'
complete -c medkit -n '__medkit_at "toolchain pin" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain lock" 0+' -l platform -x -d 'GOOS/GOARCH, several with commas (default: those that are in the file, else this host\'s)'
complete -c medkit -n '__medkit_at "toolchain lock" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain current" 0+' -l explain -d 'show every place that asks for a version, and what became of it'
complete -c medkit -n '__medkit_at "toolchain exec" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain env" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain remove" 0+' -l platform -x -d 'GOOS/GOARCH (default: this host\'s)'
complete -c medkit -n '__medkit_at "toolchain remove" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain prune" 0+' -l keep -x -d 'versions to keep besides'
complete -c medkit -n '__medkit_at "toolchain verify" 0+' -l platform -x -d 'the GOOS/GOARCH that is meant where a tree has tools for several (default: this host\'s)'
complete -c medkit -n '__medkit_at "toolchain verify" 0+' -l kit -r -F -d 'a kit to take proof and published copy from'
complete -c medkit -n '__medkit_at "toolchain verify" 0+' -l archive -r -F -d 'the published archive that the tree was unpacked from: compared file by file, after it was held against its own checksum and signature'
complete -c medkit -n '__medkit_at "toolchain verify" 0+' -l trust -x -a 'sha256 openpgp checksum-database rebuilt' -d 'the least evidence that counts: `sha256`, `openpgp`, `checksum-database` (default) or `rebuilt`; MEDKIT_TRUST and `trust:` in medkit.yaml set it for all commands'
complete -c medkit -n '__medkit_at "toolchain verify" 0+' -l checksums -x -d 'a list of checksums in the form of go.dev/dl/?mode=json: a file of your own, or a URL'
complete -c medkit -n '__medkit_at "toolchain verify" 0+' -l signature -r -F -d 'the archive\'s detached OpenPGP signature (default: the `.asc` beside it)'
complete -c medkit -n '__medkit_at "toolchain verify" 0+' -l accept -x -a '(__fish_append , local-go-env)' -d 'differences that are no reason to say no: `local-go-env`'
complete -c medkit -n '__medkit_at "toolchain verify" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain rebuild" 0+' -l platform -x -d 'GOOS/GOARCH to make it for (default: this host\'s)'
complete -c medkit -n '__medkit_at "toolchain rebuild" 0+' -l bootstrap -x -d 'the Go that compiles: a version, or a GOROOT (default: the same version, for this host)'
complete -c medkit -n '__medkit_at "toolchain rebuild" 0+' -l reference -r -F -d 'the published archive, module zip or GOROOT, to compare with file by file'
complete -c medkit -n '__medkit_at "toolchain rebuild" 0+' -l twice -d 'where there is nothing to compare with, rebuild again elsewhere, by another installed Go if there is one'
complete -c medkit -n '__medkit_at "toolchain rebuild" 0' -a 'latest oldstable'
complete -c medkit -n '__medkit_at "toolchain key import" 0+' -l fingerprint -x -d 'the whole fingerprint of the primary key, that you have from elsewhere'
complete -c medkit -n '__medkit_at "toolchain key import" 0' -F
complete -c medkit -n '__medkit_at "toolchain key update" 0+' -l fingerprint -x -d 'the whole fingerprint of the primary key, that you have from elsewhere'
complete -c medkit -n '__medkit_at "toolchain key update" 0' -F
complete -c medkit -n '__medkit_at "shell-init" 0' -a 'bash zsh fish'
complete -c medkit -n '__medkit_at "module explain" 0+' -l package -x -d 'where these import paths lead (default: what the folder\'s package imports)'
complete -c medkit -n '__medkit_at "module explain" 0+' -l deps -d 'what those import in turn too, as `go list -deps`'
complete -c medkit -n '__medkit_at "module explain" 0+' -l go -x -a '1.20 1.21 1.22 1.23 1.24 1.25 1.26' -d 'as if this version of Go were on PATH'
complete -c medkit -n '__medkit_at "module explain" 0+' -l sums -d 'the lines of go.sum'
complete -c medkit -n '__medkit_at "module explain" 0+' -l all -d 'list everything: nothing is cut short'
complete -c medkit -n '__medkit_at "module explain" 0+' -l accept -x -a '(__fish_append , exempt missing)' -d 'what is no reason to say no: `exempt` (lines that GOPRIVATE or GONOSUMDB keeps from the database), `missing` (lines that are not there)'
complete -c medkit -n '__medkit_at "module explain" 0' -F
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l for -x -a 'docker github gitlab kubernetes systemd' -d 'what it is for'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l proxy -x -d 'address of the mirror (default: the first of the host\'s GOPROXY)'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l fallback -x -a 'direct off' -d 'what is asked where the mirror has nothing (default: direct)'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l private -x -d 'patterns of private modules, as in GOPRIVATE'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l private-from -x -a 'direct proxy' -d 'where private modules come from: their own hosts, or the mirror too (default: direct)'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l sumdb -x -d 'the checksum database (default: sum.golang.org)'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l ca -x -d 'a file of certificates in the repository, for hosts of the enterprise'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l netrc -d 'the mirror or a private host wants a login: mount a netrc as a secret'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l go -x -d 'tag of the golang image (default: 1.26)'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l plain -d 'no comments'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l check -d 'ask the mirror, and print how it answers'
complete -c medkit -n '__medkit_at "module ci-config" 0+' -l module -x -d 'a module that the mirror has, for --check (default: golang.org/x/text)'
complete -c medkit -n '__medkit_at "module mirror sync" 0+' -l store -x -a '(__fish_complete_directories)' -d 'folder of the store (default: as `proxy serve` has it)'
complete -c medkit -n '__medkit_at "module mirror sync" 0+' -l go -x -a '(__fish_append , latest oldstable)' -d 'Go toolchains to fetch besides, such as `1.22.5`'
complete -c medkit -n '__medkit_at "module mirror sync" 0+' -l platform -x -d 'GOOS/GOARCH of these toolchains (default: this host\'s); modules are the same everywhere'
complete -c medkit -n '__medkit_at "module mirror sync" 0+' -l whole-graph -d 'also the go.mod files that only programs with `go 1.16` or less read; kits are built with it'
complete -c medkit -n '__medkit_at "module mirror sync" 0+' -l jobs -x -d 'versions that are fetched at a time (default 8)'
complete -c medkit -n '__medkit_at "module mirror sync" 0+' -l upstream -x -d 'GOPROXY list to fetch from (default: the host\'s GOPROXY)'
complete -c medkit -n '__medkit_at "module mirror sync" 0+' -l sumdb -x -d 'the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host\'s)'
complete -c medkit -n '__medkit_at "module mirror list" 0+' -l store -x -a '(__fish_complete_directories)' -d 'folder of the store (default: as `proxy serve` has it)'
complete -c medkit -n '__medkit_at "module mirror list" 0+' -l versions -d 'one line a version'
complete -c medkit -n '__medkit_at "module mirror list" 0+' -l unused-for -x -d 'only what was neither used nor stored for so long, such as `720h`'
complete -c medkit -n '__medkit_at "module mirror verify" 0+' -l store -x -a '(__fish_complete_directories)' -d 'folder of the store (default: as `proxy serve` has it)'
complete -c medkit -n '__medkit_at "module mirror verify" 0+' -l repair -d 'take away what is damaged, prove anew what has no proof, and fetch again what is missing (with --offline: only take away)'
complete -c medkit -n '__medkit_at "module mirror verify" 0+' -l upstream -x -d 'GOPROXY list to fetch from, for --repair (default: the host\'s GOPROXY)'
complete -c medkit -n '__medkit_at "module mirror verify" 0+' -l sumdb -x -d 'the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host\'s)'
complete -c medkit -n '__medkit_at "proxy serve" 0+' -l listen -x -d 'address to listen on (default 127.0.0.1:3000; `:3000` is every address; `systemd`: the socket that it hands over)'
complete -c medkit -n '__medkit_at "proxy serve" 0+' -l store -x -a '(__fish_complete_directories)' -d 'folder of the store, or `s3://BUCKET/PREFIX` (default: `modules` in medkit\'s home)'
complete -c medkit -n '__medkit_at "proxy serve" 0+' -l upstream -x -d 'GOPROXY list to fetch from, with `,` and `|` as Go reads them (default: the host\'s GOPROXY)'
complete -c medkit -n '__medkit_at "proxy serve" 0+' -l sumdb -x -d 'the checksum database as in GOSUMDB: a name, or its key, and its URL behind it (default: the host\'s)'
complete -c medkit -n '__medkit_at "proxy serve" 0+' -l access-log -r -F -d 'append one JSON line a request to this file'
complete -c medkit -n '__medkit_at "proxy serve" 0+' -l tls-cert -r -F -d 'serve HTTPS with this certificate (PEM), HTTP/2 and HTTP/1.1; renewed files are taken over'
complete -c medkit -n '__medkit_at "proxy serve" 0+' -l tls-key -r -F -d 'its private key (PEM, without a passphrase)'
complete -c medkit -n '__medkit_at "proxy serve" 0+' -l login -r -F -d 'let only those in who stand in this file (`medkit proxy login add`)'
complete -c medkit -n '__medkit_at "proxy login add" 0+' -l file -r -F -d 'the file of logins; made where it is not there'
complete -c medkit -n '__medkit_at "proxy login add" 0+' -l token -d 'make a token'
complete -c medkit -n '__medkit_at "proxy login remove" 0+' -l file -r -F -d 'the file of logins'
complete -c medkit -n '__medkit_at "proxy login list" 0+' -l file -r -F -d 'the file of logins'
complete -c medkit -n '__medkit_at "proxy unit" 0+' -l program -r -F -d 'where medkit will lie (default /usr/local/bin/medkit)'
complete -c medkit -n '__medkit_at "proxy unit" 0+' -l store -x -a '(__fish_complete_directories)' -d 'folder of the store (default: one that systemd makes below /var/lib)'
complete -c medkit -n '__medkit_at "proxy check" 0+' -l store -x -a '(__fish_complete_directories)' -d 'folder of the store (default: `modules` in medkit\'s home)'
complete -c medkit -n '__medkit_at "proxy check" 0+' -l upstream -x -d 'GOPROXY list to ask for the time of what is not stored (default: the host\'s GOPROXY)'
complete -c medkit -n '__medkit_at "proxy vulndb sync" 0+' -l folder -x -a '(__fish_complete_directories)' -d 'folder of the database (default: the configuration\'s, else `vulndb` in the store)'
complete -c medkit -n '__medkit_at "proxy vulndb sync" 0+' -l store -x -a '(__fish_complete_directories)' -d 'folder of the store (default: `modules` in medkit\'s home)'
complete -c medkit -n '__medkit_at "proxy vulndb sync" 0+' -l upstream -x -d 'GOPROXY list for `golang.org/x/vulndb` (default: the host\'s GOPROXY)'
complete -c medkit -n '__medkit_at "proxy vulndb sync" 0+' -l accept-older -d 'take a source that lacks entries, or has older ones, than what is mirrored'
complete -c medkit -n '__medkit_at "proxy vulndb verify" 0+' -l folder -x -a '(__fish_complete_directories)' -d 'folder of the database (default: the configuration\'s, else `vulndb` in the store)'
complete -c medkit -n '__medkit_at "proxy vulndb verify" 0+' -l store -x -a '(__fish_complete_directories)' -d 'folder of the store (default: `modules` in medkit\'s home)'
complete -c medkit -n '__medkit_at "completion" 0' -a 'bash zsh fish'
