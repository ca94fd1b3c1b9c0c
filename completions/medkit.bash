# bash completion for medkit. Made by `medkit completion bash`.

# The words that may follow a path of words.
__medkit_next() {
  case $1 in
    '') printf '%s\n' 'start' 'kit' 'drill' 'rescue' 'doctor' 'toolchain' 'shell-init' 'module' 'proxy' 'completion' 'explain' ;;
    'kit') printf '%s\n' 'build' 'verify' 'inspect' ;;
    'toolchain') printf '%s\n' 'list' 'install' 'adopt' 'use' 'pin' 'lock' 'current' 'exec' 'env' 'remove' 'prune' 'verify' 'rebuild' 'key' ;;
    'toolchain key') printf '%s\n' 'import' 'list' 'update' 'remove' ;;
    'module') printf '%s\n' 'explain' 'ci-config' 'mirror' ;;
    'module mirror') printf '%s\n' 'sync' 'list' 'verify' 'prune' 'merge' ;;
    'proxy') printf '%s\n' 'serve' 'login' 'unit' 'check' 'vulndb' ;;
    'proxy login') printf '%s\n' 'add' 'remove' 'list' ;;
    'proxy vulndb') printf '%s\n' 'sync' 'verify' ;;
  esac
}

__medkit_flags() {
  case $1 in
    '') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'kit') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain key') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module mirror') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy login') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy vulndb') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'start') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'kit build') printf '%s\n' '--out' '--platform' '--sign-key' '--lock' '--tools' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'kit verify') printf '%s\n' '--signer' '--sumdb' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'kit inspect') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'drill') printf '%s\n' '--runs' '--scenario' '--out' '--seed' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'rescue') printf '%s\n' '--kit' '--signer' '--report' '--fix-files' '--undo' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'doctor') printf '%s\n' '--fix' '--explain' '--kit' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain list') printf '%s\n' '--remote' '--found' '--platform' '--kit' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain install') printf '%s\n' '--platform' '--source' '--trust' '--checksums' '--signature' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain adopt') printf '%s\n' '--copy' '--link' '--platform' '--trust' '--accept' '--kit' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain use') printf '%s\n' '--system' '--restore' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain pin') printf '%s\n' '--in' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain lock') printf '%s\n' '--platform' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain current') printf '%s\n' '--explain' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain exec') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain env') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain remove') printf '%s\n' '--platform' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain prune') printf '%s\n' '--keep' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain verify') printf '%s\n' '--platform' '--kit' '--archive' '--trust' '--checksums' '--signature' '--accept' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain rebuild') printf '%s\n' '--platform' '--bootstrap' '--reference' '--twice' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain key import') printf '%s\n' '--fingerprint' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain key list') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain key update') printf '%s\n' '--fingerprint' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'toolchain key remove') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'shell-init') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module explain') printf '%s\n' '--package' '--deps' '--go' '--sums' '--all' '--accept' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module ci-config') printf '%s\n' '--for' '--proxy' '--fallback' '--private' '--private-from' '--sumdb' '--ca' '--netrc' '--go' '--plain' '--check' '--module' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module mirror sync') printf '%s\n' '--store' '--go' '--platform' '--whole-graph' '--jobs' '--upstream' '--sumdb' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module mirror list') printf '%s\n' '--store' '--versions' '--unused-for' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module mirror verify') printf '%s\n' '--store' '--repair' '--upstream' '--sumdb' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module mirror prune') printf '%s\n' '--store' '--keep' '--unused-for' '--older-than' '--keep-for' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'module mirror merge') printf '%s\n' '--store' '--sumdb' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy serve') printf '%s\n' '--listen' '--store' '--upstream' '--sumdb' '--access-log' '--tls-cert' '--tls-key' '--login' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy login add') printf '%s\n' '--file' '--token' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy login remove') printf '%s\n' '--file' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy login list') printf '%s\n' '--file' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy unit') printf '%s\n' '--program' '--store' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy check') printf '%s\n' '--store' '--upstream' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy vulndb sync') printf '%s\n' '--folder' '--store' '--upstream' '--accept-older' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'proxy vulndb verify') printf '%s\n' '--folder' '--store' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'completion') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
    'explain') printf '%s\n' '--json' '--dry-run' '--home' '--config' '--offline' '--lang' '--no-input' '--color' '--progress' '--help' '--version' ;;
  esac
}

# What a flag of a path takes, or its argument with this number: a kind, and words. Nothing for a flag without a value.
__medkit_value() {
  case $1:$2 in
    ':--home') printf '%s' 'folder' ;;
    ':--config') printf '%s' 'file' ;;
    ':--lang') printf '%s' 'words en zh-CN' ;;
    ':--color') printf '%s' 'words auto always never' ;;
    ':--progress') printf '%s' 'words auto plain json none' ;;
    'kit:--home') printf '%s' 'folder' ;;
    'kit:--config') printf '%s' 'file' ;;
    'kit:--lang') printf '%s' 'words en zh-CN' ;;
    'kit:--color') printf '%s' 'words auto always never' ;;
    'kit:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain:--home') printf '%s' 'folder' ;;
    'toolchain:--config') printf '%s' 'file' ;;
    'toolchain:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain:--color') printf '%s' 'words auto always never' ;;
    'toolchain:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain key:--home') printf '%s' 'folder' ;;
    'toolchain key:--config') printf '%s' 'file' ;;
    'toolchain key:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain key:--color') printf '%s' 'words auto always never' ;;
    'toolchain key:--progress') printf '%s' 'words auto plain json none' ;;
    'module:--home') printf '%s' 'folder' ;;
    'module:--config') printf '%s' 'file' ;;
    'module:--lang') printf '%s' 'words en zh-CN' ;;
    'module:--color') printf '%s' 'words auto always never' ;;
    'module:--progress') printf '%s' 'words auto plain json none' ;;
    'module mirror:--home') printf '%s' 'folder' ;;
    'module mirror:--config') printf '%s' 'file' ;;
    'module mirror:--lang') printf '%s' 'words en zh-CN' ;;
    'module mirror:--color') printf '%s' 'words auto always never' ;;
    'module mirror:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy:--home') printf '%s' 'folder' ;;
    'proxy:--config') printf '%s' 'file' ;;
    'proxy:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy:--color') printf '%s' 'words auto always never' ;;
    'proxy:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy login:--home') printf '%s' 'folder' ;;
    'proxy login:--config') printf '%s' 'file' ;;
    'proxy login:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy login:--color') printf '%s' 'words auto always never' ;;
    'proxy login:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy vulndb:--home') printf '%s' 'folder' ;;
    'proxy vulndb:--config') printf '%s' 'file' ;;
    'proxy vulndb:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy vulndb:--color') printf '%s' 'words auto always never' ;;
    'proxy vulndb:--progress') printf '%s' 'words auto plain json none' ;;
    'start:--home') printf '%s' 'folder' ;;
    'start:--config') printf '%s' 'file' ;;
    'start:--lang') printf '%s' 'words en zh-CN' ;;
    'start:--color') printf '%s' 'words auto always never' ;;
    'start:--progress') printf '%s' 'words auto plain json none' ;;
    'kit build:--out') printf '%s' 'folder' ;;
    'kit build:--platform') printf '%s' 'list linux/amd64 linux/arm64 linux/386 darwin/arm64 darwin/amd64' ;;
    'kit build:--sign-key') printf '%s' 'file' ;;
    'kit build:--lock') printf '%s' 'file' ;;
    'kit build:--tools') printf '%s' 'folder' ;;
    'kit build:--home') printf '%s' 'folder' ;;
    'kit build:--config') printf '%s' 'file' ;;
    'kit build:--lang') printf '%s' 'words en zh-CN' ;;
    'kit build:--color') printf '%s' 'words auto always never' ;;
    'kit build:--progress') printf '%s' 'words auto plain json none' ;;
    'kit verify:--signer') printf '%s' 'file' ;;
    'kit verify:--sumdb') printf '%s' 'any' ;;
    'kit verify:--home') printf '%s' 'folder' ;;
    'kit verify:--config') printf '%s' 'file' ;;
    'kit verify:--lang') printf '%s' 'words en zh-CN' ;;
    'kit verify:--color') printf '%s' 'words auto always never' ;;
    'kit verify:--progress') printf '%s' 'words auto plain json none' ;;
    'kit verify:0') printf '%s' 'file' ;;
    'kit inspect:--home') printf '%s' 'folder' ;;
    'kit inspect:--config') printf '%s' 'file' ;;
    'kit inspect:--lang') printf '%s' 'words en zh-CN' ;;
    'kit inspect:--color') printf '%s' 'words auto always never' ;;
    'kit inspect:--progress') printf '%s' 'words auto plain json none' ;;
    'kit inspect:0') printf '%s' 'file' ;;
    'drill:--runs') printf '%s' 'any' ;;
    'drill:--scenario') printf '%s' 'any' ;;
    'drill:--out') printf '%s' 'folder' ;;
    'drill:--seed') printf '%s' 'any' ;;
    'drill:--home') printf '%s' 'folder' ;;
    'drill:--config') printf '%s' 'file' ;;
    'drill:--lang') printf '%s' 'words en zh-CN' ;;
    'drill:--color') printf '%s' 'words auto always never' ;;
    'drill:--progress') printf '%s' 'words auto plain json none' ;;
    'drill:0') printf '%s' 'file' ;;
    'rescue:--kit') printf '%s' 'folder' ;;
    'rescue:--signer') printf '%s' 'file' ;;
    'rescue:--report') printf '%s' 'file' ;;
    'rescue:--home') printf '%s' 'folder' ;;
    'rescue:--config') printf '%s' 'file' ;;
    'rescue:--lang') printf '%s' 'words en zh-CN' ;;
    'rescue:--color') printf '%s' 'words auto always never' ;;
    'rescue:--progress') printf '%s' 'words auto plain json none' ;;
    'doctor:--explain') printf '%s' 'words GO_MISSING GO_NOT_EXECUTABLE GO_ON_NOEXEC GO_WRONG_ARCHITECTURE GO_LOADER_MISSING GO_LIBC_TOO_OLD GO_INCOMPLETE GOROOT_STALE GO_TOO_OLD GO_MOD_SYNTAX_NEWER TOOLCHAIN_UNAVAILABLE GOEXPERIMENT_UNKNOWN ARCH_LEVEL_INVALID GOFLAGS_INVALID SETTING_INVALID PORT_UNKNOWN MODULE_MODE_OFF WORKSPACE_UNFIT VENDOR_MISSING VENDOR_OUT_OF_STEP REPLACE_MISSING CHECKSUM_MISMATCH MODULE_CACHE_MISMATCH MODULE_PROXY_MISMATCH MODULE_CACHE_DAMAGED MODULE_CACHE_UNUSABLE NO_MODULE GO_SUM_INCOMPLETE GO_MOD_UPDATES_NEEDED VERSION_VANISHED MODULE_PRIVATE MODULE_PATH_MISMATCH MODULES_UNREACHABLE CHECKSUM_DATABASE_UNREACHABLE PROXY_ANSWER_WRONG PROXY_CREDENTIALS_MISSING HTTP_PROXY_WRONG NO_PROXY_WRONG AUTHORITY_UNKNOWN CERTIFICATE_EXPIRED CLOCK_WRONG GIT_MISSING EXECUTION_DENIED BUILD_CACHE_UNUSABLE TEMPORARY_FOLDER_UNUSABLE TARGET_LEAKED C_COMPILER_MISSING CGO_OFF C_LIBRARY_MISSING OUTPUT_UNWRITABLE OPEN_FILES_EXHAUSTED MEMORY_EXHAUSTED UMASK_TOO_STRICT VCS_STATUS_FAILED' ;;
    'doctor:--kit') printf '%s' 'folder' ;;
    'doctor:--home') printf '%s' 'folder' ;;
    'doctor:--config') printf '%s' 'file' ;;
    'doctor:--lang') printf '%s' 'words en zh-CN' ;;
    'doctor:--color') printf '%s' 'words auto always never' ;;
    'doctor:--progress') printf '%s' 'words auto plain json none' ;;
    'doctor:0') printf '%s' 'file' ;;
    'toolchain list:--platform') printf '%s' 'any' ;;
    'toolchain list:--kit') printf '%s' 'file' ;;
    'toolchain list:--home') printf '%s' 'folder' ;;
    'toolchain list:--config') printf '%s' 'file' ;;
    'toolchain list:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain list:--color') printf '%s' 'words auto always never' ;;
    'toolchain list:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain install:--platform') printf '%s' 'any' ;;
    'toolchain install:--source') printf '%s' 'list module-cache proxy download' ;;
    'toolchain install:--trust') printf '%s' 'words sha256 openpgp checksum-database rebuilt' ;;
    'toolchain install:--checksums') printf '%s' 'any' ;;
    'toolchain install:--signature') printf '%s' 'file' ;;
    'toolchain install:--home') printf '%s' 'folder' ;;
    'toolchain install:--config') printf '%s' 'file' ;;
    'toolchain install:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain install:--color') printf '%s' 'words auto always never' ;;
    'toolchain install:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain install:0') printf '%s' 'words latest oldstable' ;;
    'toolchain adopt:--platform') printf '%s' 'any' ;;
    'toolchain adopt:--trust') printf '%s' 'words sha256 openpgp checksum-database rebuilt' ;;
    'toolchain adopt:--accept') printf '%s' 'list local-go-env extra' ;;
    'toolchain adopt:--kit') printf '%s' 'file' ;;
    'toolchain adopt:--home') printf '%s' 'folder' ;;
    'toolchain adopt:--config') printf '%s' 'file' ;;
    'toolchain adopt:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain adopt:--color') printf '%s' 'words auto always never' ;;
    'toolchain adopt:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain adopt:0') printf '%s' 'any' ;;
    'toolchain use:--home') printf '%s' 'folder' ;;
    'toolchain use:--config') printf '%s' 'file' ;;
    'toolchain use:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain use:--color') printf '%s' 'words auto always never' ;;
    'toolchain use:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain use:0') printf '%s' 'words latest oldstable' ;;
    'toolchain pin:--in') printf '%s' 'words go.mod .go-version .tool-versions mise.toml' ;;
    'toolchain pin:--home') printf '%s' 'folder' ;;
    'toolchain pin:--config') printf '%s' 'file' ;;
    'toolchain pin:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain pin:--color') printf '%s' 'words auto always never' ;;
    'toolchain pin:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain pin:0') printf '%s' 'words latest oldstable' ;;
    'toolchain lock:--platform') printf '%s' 'any' ;;
    'toolchain lock:--home') printf '%s' 'folder' ;;
    'toolchain lock:--config') printf '%s' 'file' ;;
    'toolchain lock:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain lock:--color') printf '%s' 'words auto always never' ;;
    'toolchain lock:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain lock:0') printf '%s' 'words latest oldstable' ;;
    'toolchain current:--home') printf '%s' 'folder' ;;
    'toolchain current:--config') printf '%s' 'file' ;;
    'toolchain current:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain current:--color') printf '%s' 'words auto always never' ;;
    'toolchain current:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain exec:--home') printf '%s' 'folder' ;;
    'toolchain exec:--config') printf '%s' 'file' ;;
    'toolchain exec:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain exec:--color') printf '%s' 'words auto always never' ;;
    'toolchain exec:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain exec:0') printf '%s' 'words latest oldstable' ;;
    'toolchain env:--home') printf '%s' 'folder' ;;
    'toolchain env:--config') printf '%s' 'file' ;;
    'toolchain env:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain env:--color') printf '%s' 'words auto always never' ;;
    'toolchain env:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain env:0') printf '%s' 'words latest oldstable' ;;
    'toolchain remove:--platform') printf '%s' 'any' ;;
    'toolchain remove:--home') printf '%s' 'folder' ;;
    'toolchain remove:--config') printf '%s' 'file' ;;
    'toolchain remove:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain remove:--color') printf '%s' 'words auto always never' ;;
    'toolchain remove:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain remove:0') printf '%s' 'words latest oldstable' ;;
    'toolchain prune:--keep') printf '%s' 'any' ;;
    'toolchain prune:--home') printf '%s' 'folder' ;;
    'toolchain prune:--config') printf '%s' 'file' ;;
    'toolchain prune:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain prune:--color') printf '%s' 'words auto always never' ;;
    'toolchain prune:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain verify:--platform') printf '%s' 'any' ;;
    'toolchain verify:--kit') printf '%s' 'file' ;;
    'toolchain verify:--archive') printf '%s' 'file' ;;
    'toolchain verify:--trust') printf '%s' 'words sha256 openpgp checksum-database rebuilt' ;;
    'toolchain verify:--checksums') printf '%s' 'any' ;;
    'toolchain verify:--signature') printf '%s' 'file' ;;
    'toolchain verify:--accept') printf '%s' 'list local-go-env' ;;
    'toolchain verify:--home') printf '%s' 'folder' ;;
    'toolchain verify:--config') printf '%s' 'file' ;;
    'toolchain verify:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain verify:--color') printf '%s' 'words auto always never' ;;
    'toolchain verify:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain verify:0') printf '%s' 'words latest oldstable' ;;
    'toolchain rebuild:--platform') printf '%s' 'any' ;;
    'toolchain rebuild:--bootstrap') printf '%s' 'any' ;;
    'toolchain rebuild:--reference') printf '%s' 'file' ;;
    'toolchain rebuild:--home') printf '%s' 'folder' ;;
    'toolchain rebuild:--config') printf '%s' 'file' ;;
    'toolchain rebuild:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain rebuild:--color') printf '%s' 'words auto always never' ;;
    'toolchain rebuild:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain rebuild:0') printf '%s' 'words latest oldstable' ;;
    'toolchain key import:--fingerprint') printf '%s' 'any' ;;
    'toolchain key import:--home') printf '%s' 'folder' ;;
    'toolchain key import:--config') printf '%s' 'file' ;;
    'toolchain key import:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain key import:--color') printf '%s' 'words auto always never' ;;
    'toolchain key import:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain key import:0') printf '%s' 'file' ;;
    'toolchain key list:--home') printf '%s' 'folder' ;;
    'toolchain key list:--config') printf '%s' 'file' ;;
    'toolchain key list:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain key list:--color') printf '%s' 'words auto always never' ;;
    'toolchain key list:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain key update:--fingerprint') printf '%s' 'any' ;;
    'toolchain key update:--home') printf '%s' 'folder' ;;
    'toolchain key update:--config') printf '%s' 'file' ;;
    'toolchain key update:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain key update:--color') printf '%s' 'words auto always never' ;;
    'toolchain key update:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain key update:0') printf '%s' 'file' ;;
    'toolchain key remove:--home') printf '%s' 'folder' ;;
    'toolchain key remove:--config') printf '%s' 'file' ;;
    'toolchain key remove:--lang') printf '%s' 'words en zh-CN' ;;
    'toolchain key remove:--color') printf '%s' 'words auto always never' ;;
    'toolchain key remove:--progress') printf '%s' 'words auto plain json none' ;;
    'toolchain key remove:0') printf '%s' 'any' ;;
    'shell-init:--home') printf '%s' 'folder' ;;
    'shell-init:--config') printf '%s' 'file' ;;
    'shell-init:--lang') printf '%s' 'words en zh-CN' ;;
    'shell-init:--color') printf '%s' 'words auto always never' ;;
    'shell-init:--progress') printf '%s' 'words auto plain json none' ;;
    'shell-init:0') printf '%s' 'words bash zsh fish' ;;
    'module explain:--package') printf '%s' 'any' ;;
    'module explain:--go') printf '%s' 'words 1.20 1.21 1.22 1.23 1.24 1.25 1.26' ;;
    'module explain:--accept') printf '%s' 'list exempt missing' ;;
    'module explain:--home') printf '%s' 'folder' ;;
    'module explain:--config') printf '%s' 'file' ;;
    'module explain:--lang') printf '%s' 'words en zh-CN' ;;
    'module explain:--color') printf '%s' 'words auto always never' ;;
    'module explain:--progress') printf '%s' 'words auto plain json none' ;;
    'module explain:0') printf '%s' 'file' ;;
    'module ci-config:--for') printf '%s' 'words docker github gitlab kubernetes systemd' ;;
    'module ci-config:--proxy') printf '%s' 'any' ;;
    'module ci-config:--fallback') printf '%s' 'words direct off' ;;
    'module ci-config:--private') printf '%s' 'any' ;;
    'module ci-config:--private-from') printf '%s' 'words direct proxy' ;;
    'module ci-config:--sumdb') printf '%s' 'any' ;;
    'module ci-config:--ca') printf '%s' 'any' ;;
    'module ci-config:--go') printf '%s' 'any' ;;
    'module ci-config:--module') printf '%s' 'any' ;;
    'module ci-config:--home') printf '%s' 'folder' ;;
    'module ci-config:--config') printf '%s' 'file' ;;
    'module ci-config:--lang') printf '%s' 'words en zh-CN' ;;
    'module ci-config:--color') printf '%s' 'words auto always never' ;;
    'module ci-config:--progress') printf '%s' 'words auto plain json none' ;;
    'module mirror sync:--store') printf '%s' 'folder' ;;
    'module mirror sync:--go') printf '%s' 'list latest oldstable' ;;
    'module mirror sync:--platform') printf '%s' 'any' ;;
    'module mirror sync:--jobs') printf '%s' 'any' ;;
    'module mirror sync:--upstream') printf '%s' 'any' ;;
    'module mirror sync:--sumdb') printf '%s' 'any' ;;
    'module mirror sync:--home') printf '%s' 'folder' ;;
    'module mirror sync:--config') printf '%s' 'file' ;;
    'module mirror sync:--lang') printf '%s' 'words en zh-CN' ;;
    'module mirror sync:--color') printf '%s' 'words auto always never' ;;
    'module mirror sync:--progress') printf '%s' 'words auto plain json none' ;;
    'module mirror sync:rest') printf '%s' 'any' ;;
    'module mirror list:--store') printf '%s' 'folder' ;;
    'module mirror list:--unused-for') printf '%s' 'any' ;;
    'module mirror list:--home') printf '%s' 'folder' ;;
    'module mirror list:--config') printf '%s' 'file' ;;
    'module mirror list:--lang') printf '%s' 'words en zh-CN' ;;
    'module mirror list:--color') printf '%s' 'words auto always never' ;;
    'module mirror list:--progress') printf '%s' 'words auto plain json none' ;;
    'module mirror list:rest') printf '%s' 'any' ;;
    'module mirror verify:--store') printf '%s' 'folder' ;;
    'module mirror verify:--upstream') printf '%s' 'any' ;;
    'module mirror verify:--sumdb') printf '%s' 'any' ;;
    'module mirror verify:--home') printf '%s' 'folder' ;;
    'module mirror verify:--config') printf '%s' 'file' ;;
    'module mirror verify:--lang') printf '%s' 'words en zh-CN' ;;
    'module mirror verify:--color') printf '%s' 'words auto always never' ;;
    'module mirror verify:--progress') printf '%s' 'words auto plain json none' ;;
    'module mirror prune:--store') printf '%s' 'folder' ;;
    'module mirror prune:--keep') printf '%s' 'any' ;;
    'module mirror prune:--unused-for') printf '%s' 'any' ;;
    'module mirror prune:--older-than') printf '%s' 'any' ;;
    'module mirror prune:--keep-for') printf '%s' 'any' ;;
    'module mirror prune:--home') printf '%s' 'folder' ;;
    'module mirror prune:--config') printf '%s' 'file' ;;
    'module mirror prune:--lang') printf '%s' 'words en zh-CN' ;;
    'module mirror prune:--color') printf '%s' 'words auto always never' ;;
    'module mirror prune:--progress') printf '%s' 'words auto plain json none' ;;
    'module mirror prune:rest') printf '%s' 'any' ;;
    'module mirror merge:--store') printf '%s' 'folder' ;;
    'module mirror merge:--sumdb') printf '%s' 'any' ;;
    'module mirror merge:--home') printf '%s' 'folder' ;;
    'module mirror merge:--config') printf '%s' 'file' ;;
    'module mirror merge:--lang') printf '%s' 'words en zh-CN' ;;
    'module mirror merge:--color') printf '%s' 'words auto always never' ;;
    'module mirror merge:--progress') printf '%s' 'words auto plain json none' ;;
    'module mirror merge:0') printf '%s' 'file' ;;
    'proxy serve:--listen') printf '%s' 'any' ;;
    'proxy serve:--store') printf '%s' 'folder' ;;
    'proxy serve:--upstream') printf '%s' 'any' ;;
    'proxy serve:--sumdb') printf '%s' 'any' ;;
    'proxy serve:--access-log') printf '%s' 'file' ;;
    'proxy serve:--tls-cert') printf '%s' 'file' ;;
    'proxy serve:--tls-key') printf '%s' 'file' ;;
    'proxy serve:--login') printf '%s' 'file' ;;
    'proxy serve:--home') printf '%s' 'folder' ;;
    'proxy serve:--config') printf '%s' 'file' ;;
    'proxy serve:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy serve:--color') printf '%s' 'words auto always never' ;;
    'proxy serve:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy login add:--file') printf '%s' 'file' ;;
    'proxy login add:--home') printf '%s' 'folder' ;;
    'proxy login add:--config') printf '%s' 'file' ;;
    'proxy login add:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy login add:--color') printf '%s' 'words auto always never' ;;
    'proxy login add:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy login add:0') printf '%s' 'any' ;;
    'proxy login remove:--file') printf '%s' 'file' ;;
    'proxy login remove:--home') printf '%s' 'folder' ;;
    'proxy login remove:--config') printf '%s' 'file' ;;
    'proxy login remove:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy login remove:--color') printf '%s' 'words auto always never' ;;
    'proxy login remove:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy login remove:0') printf '%s' 'any' ;;
    'proxy login list:--file') printf '%s' 'file' ;;
    'proxy login list:--home') printf '%s' 'folder' ;;
    'proxy login list:--config') printf '%s' 'file' ;;
    'proxy login list:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy login list:--color') printf '%s' 'words auto always never' ;;
    'proxy login list:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy unit:--program') printf '%s' 'file' ;;
    'proxy unit:--store') printf '%s' 'folder' ;;
    'proxy unit:--home') printf '%s' 'folder' ;;
    'proxy unit:--config') printf '%s' 'file' ;;
    'proxy unit:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy unit:--color') printf '%s' 'words auto always never' ;;
    'proxy unit:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy check:--store') printf '%s' 'folder' ;;
    'proxy check:--upstream') printf '%s' 'any' ;;
    'proxy check:--home') printf '%s' 'folder' ;;
    'proxy check:--config') printf '%s' 'file' ;;
    'proxy check:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy check:--color') printf '%s' 'words auto always never' ;;
    'proxy check:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy check:rest') printf '%s' 'any' ;;
    'proxy vulndb sync:--folder') printf '%s' 'folder' ;;
    'proxy vulndb sync:--store') printf '%s' 'folder' ;;
    'proxy vulndb sync:--upstream') printf '%s' 'any' ;;
    'proxy vulndb sync:--home') printf '%s' 'folder' ;;
    'proxy vulndb sync:--config') printf '%s' 'file' ;;
    'proxy vulndb sync:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy vulndb sync:--color') printf '%s' 'words auto always never' ;;
    'proxy vulndb sync:--progress') printf '%s' 'words auto plain json none' ;;
    'proxy vulndb sync:0') printf '%s' 'any' ;;
    'proxy vulndb verify:--folder') printf '%s' 'folder' ;;
    'proxy vulndb verify:--store') printf '%s' 'folder' ;;
    'proxy vulndb verify:--home') printf '%s' 'folder' ;;
    'proxy vulndb verify:--config') printf '%s' 'file' ;;
    'proxy vulndb verify:--lang') printf '%s' 'words en zh-CN' ;;
    'proxy vulndb verify:--color') printf '%s' 'words auto always never' ;;
    'proxy vulndb verify:--progress') printf '%s' 'words auto plain json none' ;;
    'completion:--home') printf '%s' 'folder' ;;
    'completion:--config') printf '%s' 'file' ;;
    'completion:--lang') printf '%s' 'words en zh-CN' ;;
    'completion:--color') printf '%s' 'words auto always never' ;;
    'completion:--progress') printf '%s' 'words auto plain json none' ;;
    'completion:0') printf '%s' 'words bash zsh fish' ;;
    'explain:--home') printf '%s' 'folder' ;;
    'explain:--config') printf '%s' 'file' ;;
    'explain:--lang') printf '%s' 'words en zh-CN' ;;
    'explain:--color') printf '%s' 'words auto always never' ;;
    'explain:--progress') printf '%s' 'words auto plain json none' ;;
    'explain:0') printf '%s' 'any' ;;
  esac
}

# shellcheck disable=SC2207 # mapfile came with bash 4
__medkit_offer() {
  local kind=$1 cur=$2 IFS=$'\n' prefix=''
  shift 2
  case $kind in
    file|folder)
      type compopt >/dev/null 2>&1 && compopt -o filenames
      if [ "$kind" = file ]; then COMPREPLY=($(compgen -f -- "$cur")); else COMPREPLY=($(compgen -d -- "$cur")); fi ;;
    list)
      case $cur in *,*) prefix=${cur%,*}, ;; esac
      COMPREPLY=($(compgen -P "$prefix" -W "$*" -- "${cur##*,}")) ;;
    words) COMPREPLY=($(compgen -W "$*" -- "$cur")) ;;
  esac
}

_medkit() {
  local cur=${COMP_WORDS[COMP_CWORD]} path='' flag='' value next word count=0 index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    # bash cuts --flag=value into three words.
    if [ "$word" = = ]; then continue; fi
    if [ -n "$flag" ]; then flag=''; continue; fi
    case $word in
      --)
        type compopt >/dev/null 2>&1 && compopt -o default
        return ;;
      -*)
        if [ -n "$(__medkit_value "$path" "$word")" ]; then flag=$word; fi
        continue ;;
    esac
    next=$path${path:+ }$word
    if [ "$count" -eq 0 ] && __medkit_next "$path" | grep -qxF -e "$word"; then path=$next; else count=$((count + 1)); fi
  done
  if [ "$cur" = = ]; then cur=''; fi
  if [ -n "$flag" ]; then
    value=$(__medkit_value "$path" "$flag")
  elif [ "${cur#-}" != "$cur" ]; then
    value="words $(__medkit_flags "$path" | tr '\n' ' ')"
  else
    next=$(__medkit_next "$path" | tr '\n' ' ')
    value=$(__medkit_value "$path" "$count")
    if [ -z "$value" ]; then value=$(__medkit_value "$path" rest); fi
    if [ "$count" -eq 0 ] && [ -n "$next" ]; then
      case $value in words*) value="$value $next" ;; *) value="words $next" ;; esac
    fi
  fi
  # shellcheck disable=SC2086 # cut into kind and words on purpose
  if [ -n "$value" ]; then set -- $value; __medkit_offer "$1" "$cur" "${@:2}"; fi
}

complete -F _medkit medkit
