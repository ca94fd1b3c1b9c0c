# shellcheck shell=sh
# shellcheck disable=SC2034 # what scenarios use
# For the scenarios: each is run as `sh NAME.sh SHELL` (dash, bash, zsh, "busybox ash") and prints `ok NAME`,
# `not ok NAME: why` or `skip NAME: reason` lines; it exits 1 if one was not ok.
set -u
shell=${1:-dash}
case $shell in
  zsh) run_shell='zsh -f' ;;
  bash) run_shell='bash --norc --noprofile' ;;
  *) run_shell=$shell ;;
esac
here=$(cd "$(dirname "$0")" && pwd -P)
make_kit=$here/../../fixtures/make-kit.sh
failed=0
ok() { printf 'ok %s\n' "$1"; }
not_ok() {
  failed=1
  printf 'not ok %s: %s\n' "$1" "$(printf '%s' "$2" | tr '\n' '|' | cut -c1-1500)"
}
skip() { printf 'skip %s: %s\n' "$1" "$2"; }
# shellcheck disable=SC2086 # `busybox ash` is a command and an argument
if ! command -v ${shell%% *} >/dev/null 2>&1; then
  skip "$(basename "$0" .sh)" "$shell is not installed"
  exit 0
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/medkit-test-XXXXXX")
work=$(cd "$work" && pwd -P)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
user_home=$HOME
HOME=$work/home
TMPDIR=$work/tmp
mkdir "$HOME" "$TMPDIR"
export HOME TMPDIR
unset GOFLAGS GOPROXY GOROOT GOPATH GOENV GOSUMDB GOTOOLCHAIN GOCACHE GOMODCACHE CGO_ENABLED CC CXX GOBIN GOPRIVATE XDG_CONFIG_HOME MEDKIT_KIT MEDKIT_GO MEDKIT_KIT_STATE

# A kit is made once for each set of options and copied: make_kit_at FOLDER OPTIONS…
made=${MEDKIT_TEST_KITS:-$work/kits}
mkdir -p "$made"
make_kit_at() {
  target=$1
  shift
  template=$made/$(printf '%s' "$*" | tr -c 'A-Za-z0-9.' '_')_
  if [ ! -d "$template" ]; then sh "$make_kit" "$@" "$template.$$" && mv "$template.$$" "$template"; fi
  mkdir -p "$(dirname "$target")"
  cp -a "$template" "$target"
}

# The shell under test runs $1 in folder $PWD; further arguments are $1… there. snap FILE writes down all of the shell's state.
# shellcheck disable=SC2016,SC2086 # text for another shell; a command and its arguments
under_test() {
  code=$1
  shift
  $prefix $run_shell $shell_options -c '
snap() {
  env -0 | tr "\n\0" "\1\n" | grep -av -E "^(_|SHLVL|OLDPWD|PWD)=" | LC_ALL=C sort >"$1.env"
  export -p | grep -av -E "^(export|declare -x|typeset -x) (_|OLDPWD|PWD|SHLVL)(=|$)" >"$1.export"
  set | grep -av -E "^(.[*].|_|[?]|!|#|[*]|@|-|0|1|status|argv|LINENO|RANDOM|SRANDOM|SECONDS|EPOCH[A-Z]*|HISTCMD|TTYIDLE|PIPESTATUS|pipestatus|BASH_[A-Z]*|FUNCNAME|OPTIND|OPTARG|PPID|funcstack|funcfiletrace|funcsourcetrace|functrace|COLUMNS|LINES|ZSH_[A-Z_]*|zsh_[a-z_]*|aliases|functions|history|commands|jobstates|OLDPWD|PWD|SHLVL)=" >"$1.set" || :
  printf "%s\n" "$-" >"$1.options"
  if [ -n "${ZSH_VERSION-}" ]; then setopt >>"$1.options"; whence -w medkit_deactivate medkit_rescue medkit_restore_ >"$1.functions" || :; fi
  if [ -n "${BASH_VERSION-}" ]; then shopt >>"$1.options"; set -o >>"$1.options"; declare -F >"$1.functions"; fi
  alias >"$1.alias" || :
}
'"$code" "${shell##* }" "$@"
}
shell_options=
# What the shell under test is started with: unshare, setpriv …
prefix=

# same_snap A B: prints what differs between two snapshots
same_snap() {
  for kind in env export set options functions alias; do
    [ -f "$1.$kind" ] || continue
    diff -a "$1.$kind" "$2.$kind" >"$work/diff" || { printf '%s differs: ' "$kind"; head -c 600 "$work/diff"; return 1; }
  done
}
# The real toolchain, where this host can give it: sets real_go, or says why not.
real_kit_at() {
  real_go=${MEDKIT_TEST_GO:-1.21.13}
  if (cd / && GOTOOLCHAIN=go$real_go HOME=$user_home go version) >/dev/null 2>&1; then MEDKIT_TEST_HOME=$user_home; export MEDKIT_TEST_HOME; make_kit_at "$1" --go "$real_go" --cache; else return 1; fi
}
# True where an unprivileged user may have own namespaces.
can_unshare() { unshare "$@" true 2>/dev/null; }
finish() { exit "$failed"; }
