#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# Deactivation leaves the shell byte for byte as it was.
. "$(dirname "$0")/lib.sh"
make_kit_at "$work/kit" --cache --launcher
cd "$work/kit" || exit 1

# check NAME PREPARE [OPTIONS]: PREPARE in the shell, snapshot, activate, deactivate, snapshot
check() {
  shell_options=${3-}
  out=$(under_test "$2"'
    w=$2; true; snap "$2/a"; . ./activate.sh || exit 9
    [ "$GOROOT" = "$1/state/go/go1.21.13" ] || { echo "GOROOT is $GOROOT"; exit 8; }
    eval "case \$(\\command -v go) in \"\$GOROOT/bin/go\") ;; *) echo \"go is \$(\\command -v go)\"; exit 7 ;; esac"
    '"${4:-. ./deactivate.sh}"'; true; snap "$w/b"' "$work/kit" "$work" 2>"$work/err" </dev/null)
  st=$?
  shell_options=
  if [ "$st" -ne 0 ]; then not_ok "$1" "status $st: $out $(cat "$work/err")"; return; fi
  if why=$(same_snap "$work/a" "$work/b"); then ok "$1"; else not_ok "$1" "$why"; fi
}

check 'nothing set' ':'
check 'by the function' ':' '' medkit_deactivate
check 'set and exported' 'export GOROOT=/x GOPATH="/a b" GOFLAGS=-v GOENV=/e CC=cc GOOS=plan9 CGO_ENABLED=1 GOBIN=/b GONOSUMDB=x GOSUMDB=off GOTOOLCHAIN=go9'
check 'set, not exported' 'GOROOT=/x; GOPATH="a b"; CC=clang; GOFLAGS=-x; GOOS=js; MEDKIT_KIT_STATE='
check 'empty' 'GOROOT=; export GOPATH=; export GOFLAGS=; export CC=; GOENV=; export GOENV; GOBIN='
# zsh has no such state.
if [ "$shell" != zsh ]; then check 'exported without a value' 'export GOROOT GOCACHE GOFLAGS CC'; fi
check 'odd values' 'export GOROOT="a
b
  c " GOPATH="'"'"'q'"'"' \"dq\" \\ \`x\` \$HOME *" GOFLAGS="-ldflags=-X=é" CC="
" GOPROXY="ü∀*?[a]" GOBIN="-n"
GOCACHE="x
y"'
check 'set -eu' 'set -eu'
check 'set -eu, things set' 'set -eu; export GOROOT=/x; GOPATH=/y; export CC=gcc'
check 'set -f and IFS' 'set -f; IFS=:/1go; export GOFLAGS="-v" CC=gcc GOBIN=/x'
check 'IFS empty' 'IFS=; export CC=gcc'
check 'IFS unset' 'unset IFS; export CC=gcc'
check 'allexport' 'set -a; GOROOT=/x; set +a; GOPATH=/y; set -a'
check 'CDPATH' 'export CDPATH=/:/tmp:/usr'
check 'aliases' 'alias cd=false ls=false rm="rm -i" tar=false sh=false awk=false export=false unset=false eval=false printf=false command=false set=false hash=false
'
check 'functions' 'cd() { return 1; }; tar() { return 1; }; find() { return 1; }; sh() { return 1; }; awk() { return 1; }; gzip() { return 1; }; mkdir() { return 1; }; ls() { return 1; }; printf() { return 1; }; chmod() { return 1; }'
check 'PATH with empty and odd entries' 'PATH=:$PATH::/x\ y:*: ; export PATH'
check 'umask' 'umask 077'
check 'prompt' 'PS1="\$ %% ! "' -i
check 'prompt exported' 'export PS1="a
b> "' -i
check 'no prompt' 'unset PS1' -i
case $shell in
  bash)
    check 'set -o posix' 'set -o posix'
    check 'posix and -eu' 'set -o posix; set -eu'
    check 'exported functions' 'tar() { return 1; }; sh() { return 1; }; gzip() { return 1; }; ls() { return 1; }; export -f tar gzip ls'
    check 'failglob nullglob' 'shopt -s failglob nullglob extglob nocasematch'
    check 'xtrace off, hash off' 'set +h'
    ;;
  zsh)
    check 'KSH_ARRAYS' 'setopt KSH_ARRAYS'
    check 'SH_WORD_SPLIT and GLOB_SUBST' 'setopt SH_WORD_SPLIT GLOB_SUBST'
    check 'NOMATCH CSH_NULL_GLOB' 'setopt CSH_NULL_GLOB EXTENDED_GLOB'
    check 'NO_UNSET ERR_EXIT' 'setopt NO_UNSET ERR_EXIT'
    check 'IGNORE_BRACES' 'setopt IGNORE_BRACES'
    check 'WARN_CREATE_GLOBAL' 'setopt WARN_CREATE_GLOBAL'
    check 'AUTO_CD NOCLOBBER' 'setopt AUTO_CD NO_CLOBBER NULL_GLOB'
    check 'emulate ksh' 'emulate ksh'
    ;;
esac

# Inside a function, and with positional parameters
check 'in a function' 'act() { . ./activate.sh; }; act; medkit_deactivate; unset -f act'
check 'positional parameters' ':' '' 'set -- :plan a b c d e f g h; . ./activate.sh; . ./deactivate.sh; [ "$*" = ":plan a b c d e f g h" ] || exit 6'
if under_test '. ./deactivate.sh' >/dev/null 2>&1; then ok 'deactivate where nothing is active'; else not_ok 'deactivate where nothing is active' 'status not 0'; fi
under_test '. ./activate.sh; set | grep -a -E "^[a-zA-Z_]*medkit" | grep -v -E "^(medkit_|MEDKIT_)"' >"$work/names" 2>/dev/null
if [ -s "$work/names" ]; then not_ok 'only names of ours' "$(cat "$work/names")"; else ok 'only names of ours'; fi
finish
