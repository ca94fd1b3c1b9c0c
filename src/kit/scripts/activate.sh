# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034,SC2317 # medkit_… are assigned, read and called by names that eval makes
# shellcheck disable=SC2030,SC2031 # run_go changes the environment of its own subshell, and nothing else
# Makes the Go toolchain, modules and warm build cache of this emergency kit the ones of the current shell:
#
#     . ./activate.sh                    from inside the kit, in sh, dash, bash, zsh, busybox ash
#     . /path/to/kit/activate.sh         from anywhere, in bash, zsh and ksh93 (elsewhere with MEDKIT_KIT=/path/to/kit)
#     medkit_deactivate                  undoes it, exactly (so does: . ./deactivate.sh)
#
# Read from the shell or the environment:
#   MEDKIT_GO=1.21.13       which Go, when the kit holds several (1.21: the newest 1.21; default: the newest)
#   MEDKIT_KIT=DIR          the kit, where the shell does not tell this file its own path
#   MEDKIT_KIT_STATE=DIR    where to unpack (default: state/ in the kit; a private folder where that cannot be used)
#   MEDKIT_CGO=1            leaves cgo on, and the C compiler's variables alone (the warm cache for it hits with the compiler it was made with)
#   MEDKIT_WARM="P… | all"  further target platforms (linux/arm64 …) whose warm cache is unpacked too
#   MEDKIT_QUIET=1          prints nothing but refusals
#
# Two halves. The first runs in the user's shell and only saves and sets variables: no process but awk and sh, no name
# that does not begin with medkit_, backslashes against aliases, nothing that depends on IFS, globbing or shell options.
# The second, below the `return`, is run by a fresh `sh` (`sh activate.sh :plan …`): it finds the platform, checks,
# unpacks, and prints the assignments that the first half is to make. So the user's functions, aliases and options never
# meet the work, and a failure leaves the user's shell as it was.
#
# While active, these exist beside the variables of Go: medkit_deactivate, medkit_rescue (where the kit has bin/medkit),
# medkit_restore_, medkit_restore_one_, and variables named MEDKIT_KIT and medkit_…; deactivation removes them all.

# zsh gives a sourced file its own name as $0, so there the context decides.
if [ "${1-}" != :plan ] || [ "${0##*/}" != activate.sh ] || [ "$#" -ne 9 ] || case ${ZSH_EVAL_CONTEXT-} in *file*) ;; *) false ;; esac; then

# Under `set -a` our names would be exported, and in dash stay so even when unset.
case $- in *a*) medkit_allexport_='\set -a;'; \set +a ;; *) medkit_allexport_= ;; esac

# Where this file is, as far as the shell tells; the eval hides one shell's syntax from the others.
medkit_file_=
medkit_executed_=
if [ -n "${BASH_VERSION-}" ]; then
  \eval 'medkit_file_=${BASH_SOURCE[0]}; [ "${BASH_SOURCE[0]}" != "$0" ] || medkit_executed_=1'
elif [ -n "${ZSH_VERSION-}" ]; then
  \eval 'medkit_file_=${(%):-%x}; case ${ZSH_EVAL_CONTEXT-} in *file*) ;; *) medkit_executed_=1 ;; esac'
else
  case ${KSH_VERSION-} in *93*) \eval 'medkit_file_=${.sh.file}' ;; esac
  # A sourced file cannot tell its name here, but an executed one can: $0 is this file.
  if [ "${0##*/}" = activate.sh ] && [ -f "${0%activate.sh}toolchains.sha256sum" ]; then medkit_executed_=1; fi
fi
if [ -n "$medkit_executed_" ]; then
  \command printf 'medkit: activate.sh changes the current shell, so it is sourced, not run:  . ./activate.sh\n' >&2
  exit 2
fi

# Every variable that activation may touch. The first list is always set; the second is emptied where it has a value.
medkit_always_='GOROOT GOPATH GOMODCACHE GOCACHE GOPROXY GOSUMDB GOTOOLCHAIN GOFLAGS GOENV CGO_ENABLED MEDKIT_KIT '
medkit_leaks_='GOWORK GO111MODULE GOPRIVATE GONOPROXY GONOSUMDB GOINSECURE GOBIN GOOS GOARCH GOEXPERIMENT GOCACHEPROG CC CXX AR FC GCCGO PKG_CONFIG GO386 GOAMD64 GOARM GOARM64 GOMIPS GOMIPS64 GOPPC64 GORISCV64 GOWASM GOFIPS140 GOAUTH GOVCS GODEBUG GOTMPDIR GOEXE GOHOSTARCH GOHOSTOS GOTOOLDIR GOROOT_FINAL GOGCCFLAGS GO_EXTLINK_ENABLED GO_LDSO GO19CONCURRENTCOMPILATION GOCLOBBERDEADHASH GOCOMPILEDEBUG GOSSAFUNC GOSSADIR GOBUILDTIMELOGFILE CGO_CFLAGS CGO_CFLAGS_ALLOW CGO_CFLAGS_DISALLOW CGO_CPPFLAGS CGO_CPPFLAGS_ALLOW CGO_CPPFLAGS_DISALLOW CGO_CXXFLAGS CGO_CXXFLAGS_ALLOW CGO_CXXFLAGS_DISALLOW CGO_FFLAGS CGO_FFLAGS_ALLOW CGO_FFLAGS_DISALLOW CGO_LDFLAGS CGO_LDFLAGS_ALLOW CGO_LDFLAGS_DISALLOW MEDKIT_KIT_STATE '

# Prints the path of the kit. A link to activate.sh leads to the kit that it points into.
medkit_find_() {
  if [ -n "${MEDKIT_KIT-}" ] && [ "$MEDKIT_KIT" != "${medkit_new_MEDKIT_KIT-}" ]; then
    if [ -f "$MEDKIT_KIT/activate.sh" ] && [ -f "$MEDKIT_KIT/toolchains.sha256sum" ]; then \command printf '%s/' "$MEDKIT_KIT"; return 0; fi
    \command printf 'medkit: MEDKIT_KIT=%s is not an emergency kit (no activate.sh and toolchains.sha256sum in it)\n' "$MEDKIT_KIT" >&2
    return 2
  fi
  if [ -L "$medkit_file_" ]; then
    medkit_link_=$(\command readlink "$medkit_file_") || medkit_link_=
    case $medkit_link_ in '') ;; /*) medkit_file_=$medkit_link_ ;; *) medkit_file_=${medkit_file_%"${medkit_file_##*/}"}$medkit_link_ ;; esac
  fi
  case $medkit_file_ in
    */*) medkit_dir_=${medkit_file_%/*}/ ;;
    *) medkit_dir_=./ ;;
  esac
  for medkit_dir_ in "$medkit_dir_" ./ ./go-emergency-kit/; do
    if [ -f "${medkit_dir_}activate.sh" ] && [ -f "${medkit_dir_}toolchains.sha256sum" ]; then \command printf '%s' "$medkit_dir_"; return 0; fi
  done
  \command printf 'medkit: this shell does not say where activate.sh lies: cd into the kit first and type  . ./activate.sh  (or set MEDKIT_KIT)\n' >&2
  return 2
}

# Fails, naming them, where variables that have to change are readonly. Tried in subshells: in some shells the failure is fatal.
medkit_writable_() {
  if (\eval "\\unset -v $medkit_always_ $medkit_leaks_ PATH") 2>/dev/null; then return 0; fi
  medkit_bad_=
  medkit_rest_="${medkit_always_}PATH "
  while [ -n "$medkit_rest_" ]; do
    medkit_v_=${medkit_rest_%% *} medkit_rest_=${medkit_rest_#* }
    if (\unset -v "$medkit_v_") 2>/dev/null; then :; else medkit_bad_="$medkit_bad_ $medkit_v_"; fi
  done
  medkit_rest_=$medkit_leaks_
  while [ -n "$medkit_rest_" ]; do
    medkit_v_=${medkit_rest_%% *} medkit_rest_=${medkit_rest_#* }
    if (\unset -v "$medkit_v_") 2>/dev/null || \eval "[ -z \"\${$medkit_v_-}\" ]"; then :; else medkit_bad_="$medkit_bad_ $medkit_v_"; fi
  done
  if [ -z "$medkit_bad_" ]; then return 0; fi
  \command printf 'medkit: nothing was changed: readonly in this shell, but in the way:%s\n' "$medkit_bad_" >&2
  return 1
}

# Prints the names, of those that may be touched, that a child process sees, then a dot. An unset name is given a value
# first (in this subshell), so that `export NAME` without a value is noticed too.
medkit_list_exported_() {
  medkit_rest_="$medkit_always_$medkit_leaks_"
  while [ -n "$medkit_rest_" ]; do
    medkit_v_=${medkit_rest_%% *} medkit_rest_=${medkit_rest_#* }
    if \eval "[ -z \"\${$medkit_v_+x}\" ]"; then \eval "$medkit_v_=x"; fi
  done
  \command awk 'BEGIN { n = split(ARGV[1], v, " "); for (i = 1; i <= n; i++) if (v[i] in ENVIRON) printf "%s ", v[i]; print "." }' "$medkit_always_$medkit_leaks_ PATH PS1" </dev/null
}

# Remembers value and export of one variable; called once for each variable before it is changed.
medkit_save_() {
  if \eval "[ -n \"\${$1+x}\" ]"; then \eval "medkit_old_$1=\$$1; medkit_was_$1=set"; else \eval "medkit_was_$1=unset"; fi
  case " $medkit_exported_" in *" $1 "*) \eval "medkit_was_$1=\${medkit_was_$1}x" ;; esac
  medkit_touched_="$medkit_touched_$1 "
}
medkit_set_() { medkit_save_ "$1"; \eval "medkit_new_$1=\$2; $1=\$2"; \export "${1?}"; }
medkit_clear_() { medkit_save_ "$1"; \unset -v "medkit_new_$1" "$1"; }

# Puts one variable back, unless its value is no longer the one that activation gave it.
# PATH and PS1 are assigned, never unset: zsh would lose their special meaning.
medkit_restore_one_() {
  if \eval "[ -n \"\${medkit_new_$1+x}\" ]"; then
    if \eval "[ -n \"\${$1+x}\" ] && [ \"\$$1\" = \"\$medkit_new_$1\" ]"; then :; else return 0; fi
  elif \eval "[ -n \"\${$1+x}\" ]"; then return 0; fi
  case $1 in
    PATH | PS1) if \eval "[ -n \"\${medkit_old_$1+x}\" ]"; then \eval "$1=\$medkit_old_$1"; return 0; fi ;;
  esac
  \unset -v "$1"
  \eval "case \$medkit_was_$1 in set*) $1=\$medkit_old_$1 ;; esac; case \$medkit_was_$1 in *x) \\export $1 ;; esac"
}

# Puts every variable back. Of a PATH that was changed meanwhile, only our own entry goes.
medkit_restore_() {
  if [ -n "${ZSH_VERSION-}" ]; then \emulate -L sh; fi
  medkit_rest_=$medkit_touched_
  while [ -n "$medkit_rest_" ]; do
    medkit_v_=${medkit_rest_%% *} medkit_rest_=${medkit_rest_#* }
    if (\unset -v "$medkit_v_") 2>/dev/null; then medkit_restore_one_ "$medkit_v_"
    else \command printf 'medkit: %s is readonly by now and stays as it is\n' "$medkit_v_" >&2; fi
  done
  if [ -n "$medkit_entry_" ] && [ "${PATH-}" != "${medkit_old_PATH-}" ]; then
    case ":${PATH-}:" in
      *":$medkit_entry_:"*)
        medkit_rest_=":$PATH:"
        medkit_rest_="${medkit_rest_%%":$medkit_entry_:"*}:${medkit_rest_#*":$medkit_entry_:"}"
        medkit_rest_=${medkit_rest_#:}
        PATH=${medkit_rest_%:}
        ;;
    esac
  fi
  \unset -v medkit_rest_ medkit_v_
  \hash -r 2>/dev/null || :
}

# Undoes the activation: variables, prompt, functions, and the private folder if there is one.
medkit_deactivate() {
  if [ -n "${ZSH_VERSION-}" ]; then \emulate -L sh; fi
  if [ "${1-}" != :again ]; then
    case $- in *a*) medkit_allexport_='\set -a'; \set +a ;; *) medkit_allexport_=: ;; esac
  fi
  # What is still being unpacked behind our back ends with the last shell that uses it; the next activation takes it up again.
  if [ "${1-}" != :again ] && [ -f "${medkit_later_-}" ]; then
    \command sh -c "$medkit_end_later_" sh "$medkit_later_" "$$" 2>/dev/null || :
  fi
  medkit_restore_
  while [ -n "$medkit_touched_" ]; do
    \unset -v "medkit_was_${medkit_touched_%% *}" "medkit_old_${medkit_touched_%% *}" "medkit_new_${medkit_touched_%% *}"
    medkit_touched_=${medkit_touched_#* }
  done
  if [ "${1-}" != :again ]; then
    # Go's module cache is read-only, even its folders.
    case $medkit_private_ in
      */medkit-kit-*)
        \command chmod -R u+w "$medkit_private_" 2>/dev/null || :
        \command rm -rf "$medkit_private_" || :
        ;;
    esac
    \unset -v medkit_private_ medkit_later_ medkit_end_later_
    \unset -f medkit_restore_ medkit_restore_one_ medkit_deactivate
    if [ -n "${medkit_has_rescue_-}" ]; then \unset -f medkit_rescue; fi
  elif [ -n "${medkit_has_rescue_-}" ]; then \unset -f medkit_rescue; fi
  \unset -v medkit_touched_ medkit_entry_ medkit_has_rescue_
  if [ "${1-}" != :again ]; then \eval "\\unset -v medkit_allexport_; $medkit_allexport_"; fi
}

medkit_activate_() {
  if [ -n "${ZSH_VERSION-}" ]; then \emulate -L sh; fi
  medkit_dir_=$(medkit_find_) || return "$?"
  medkit_writable_ || return 2
  medkit_exported_=$(if [ -n "${medkit_touched_-}" ]; then medkit_restore_; fi; medkit_list_exported_) || medkit_exported_=
  case $medkit_exported_ in
    *.) medkit_exported_=${medkit_exported_%.} ;;
    *) \command printf 'medkit: nothing was changed: awk does not run here\n' >&2; return 6 ;;
  esac
  # The fresh sh sees the environment as it was before any activation, with what the user changed since.
  medkit_plan_=$(
    if [ -n "${medkit_touched_-}" ]; then medkit_restore_; fi
    \command sh "${medkit_dir_}activate.sh" :plan "$medkit_dir_" "${MEDKIT_GO-}" "${MEDKIT_KIT_STATE-}" "${medkit_private_-}" "$$" "${MEDKIT_CGO-}" "${MEDKIT_WARM-}" "${MEDKIT_QUIET-}"
  ) || return "$?"
  case $medkit_plan_ in
    *'# end') ;;
    *) \command printf 'medkit: nothing was changed: the plan of the activation is incomplete\n' >&2; return 1 ;;
  esac

  # From here on nothing fails.
  medkit_former_=${medkit_later_-}
  if [ -n "${medkit_touched_-}" ]; then medkit_deactivate :again; fi
  medkit_touched_='' medkit_entry_=''
  \eval "$medkit_plan_"
  # Another version, or another state folder: this shell has done with what is unpacked for the former.
  if [ -f "$medkit_former_" ] && [ "$medkit_former_" != "$medkit_later_" ]; then
    \command sh -c "$medkit_end_later_" sh "$medkit_former_" "$$" 2>/dev/null || :
  fi
  medkit_save_ MEDKIT_KIT
  MEDKIT_KIT=$medkit_kit_
  medkit_new_MEDKIT_KIT=$medkit_kit_
  medkit_save_ PATH
  case "${PATH-}:" in
    "$GOROOT/bin:"*) ;;
    :) PATH=$GOROOT/bin medkit_entry_=$GOROOT/bin ;;
    *) PATH=$GOROOT/bin:$PATH medkit_entry_=$GOROOT/bin ;;
  esac
  medkit_new_PATH=$PATH
  case $medkit_was_PATH in unset*) \export PATH ;; esac
  case $- in
    *i*)
      if [ -n "${PS1-}" ]; then
        medkit_save_ PS1
        PS1="($medkit_name_ kit) $PS1"
        medkit_new_PS1=$PS1
      fi
      ;;
  esac
  if [ -f "$MEDKIT_KIT/bin/medkit" ]; then
    medkit_has_rescue_=1
    # Runs a command, finds out why it fails, and makes it pass.
    medkit_rescue() { "${medkit_new_MEDKIT_KIT?}/bin/medkit" rescue --kit "$medkit_new_MEDKIT_KIT" -- "$@"; }
  fi
  \hash -r 2>/dev/null || :
  return 0
}

# `if`, and not `&&`: also under `set -e` the way out is the one below.
if medkit_activate_; then medkit_status_=0; else medkit_status_=$?; fi
\unset -f medkit_find_ medkit_writable_ medkit_list_exported_ medkit_save_ medkit_set_ medkit_clear_ medkit_activate_
if [ -z "${medkit_touched_-}" ]; then \unset -f medkit_deactivate medkit_restore_ medkit_restore_one_; fi
\unset -v medkit_file_ medkit_executed_ medkit_always_ medkit_leaks_ medkit_dir_ medkit_link_ medkit_bad_ medkit_rest_ medkit_v_ medkit_exported_ medkit_plan_ medkit_kit_ medkit_name_ medkit_former_
# Both variables are gone before the status is returned.
\eval "\\unset -v medkit_status_ medkit_allexport_; $medkit_allexport_ return $medkit_status_"

fi

# ------------------------------------------------------------------ :plan, in a process of its own

set -u
blanks=' 
	'
IFS=$blanks
set -f
# What bash hands down as exported functions, and what changes the output of the tools below.
unset -f command awk cat cd chmod cmp date find grep gzip id kill ls mkdir mv od openssl printf pwd read rm sed sh sha256sum shasum sleep sort tar test touch tr uname wait xargs 2>/dev/null
unset CDPATH ENV BASH_ENV TAR_OPTIONS GZIP TAPE POSIXLY_CORRECT BLOCK_SIZE BLOCKSIZE LS_BLOCK_SIZE QUOTING_STYLE TIME_STYLE LS_COLORS GREP_OPTIONS
LC_ALL=C
export LC_ALL
umask go-w
nl='
'

given_kit=$2 want_go=$3 want_state=$4 private=$5 shell_pid=$6 cgo=$7 warm=$8 quiet=$9

say() { [ -n "$quiet" ] || printf 'medkit: %s\n' "$1" >&2; }
# $1: exit status, as in the command reference: 2 usage, 4 integrity, 5 not in the kit, 6 unfit host.
die() {
  printf 'medkit: %s\n' "$2" >&2
  exit "$1"
}

# Everything that was started or staged goes, however this process ends (but by kill -9: the next one cleans that up).
stage='' lock='' probe='' made_private='' user=''
clean_up() {
  trap '' HUP INT TERM
  [ -z "$stage" ] || rm -rf "$stage"
  [ -z "$probe" ] || rm -rf "$probe"
  [ -z "$lock" ] || rm -rf "$lock"
  [ -z "$made_private" ] || rm -rf "$made_private"
  [ -z "$user" ] || rm -f "$user"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

# Sets `quoted` to $1 as one single-quoted word.
quote() {
  quoted='' quote_rest=$1
  while :; do
    case $quote_rest in
      *\'*) quoted="$quoted${quote_rest%%\'*}'\\''" quote_rest=${quote_rest#*\'} ;;
      *) break ;;
    esac
  done
  quoted="'$quoted$quote_rest'"
}

# Prints $1 with every octet but RFC 3986's unreserved ones and `/` percent-encoded.
percent_encode() {
  case $1 in
    *[!A-Za-z0-9._~/-]*) ;;
    *) printf %s "$1"; return ;;
  esac
  printf %s "$1" | od -An -v -tx1 | awk '
    BEGIN { for (i = 33; i < 127; i++) { c = sprintf("%c", i); if (c ~ /[A-Za-z0-9._~\/-]/) plain[sprintf("%02x", i)] = c } }
    { for (i = 1; i <= NF; i++) printf "%s", ($i in plain) ? plain[$i] : "%" toupper($i) }'
}

# ---- the kit, its sum files, the platform, the version

case $given_kit in /*) ;; *) given_kit=./$given_kit ;; esac
cd -P "$given_kit" || die 2 "cannot enter the kit's folder"
kit=$(pwd -P) || die 2 "cannot tell the kit's folder"
case $kit in *"$nl"*) die 2 "the path of the kit has a line break in it; move the kit" ;; esac

# The digest tool: OpenSSL first, it is several times faster where the processor helps.
empty=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
case $(openssl dgst -sha256 -r /dev/null 2>/dev/null) in
  "$empty "*) digest() { openssl dgst -sha256 -r "$@"; } ;;
  *)
    case $(sha256sum /dev/null 2>/dev/null) in
      "$empty "*) digest() { sha256sum "$@"; } ;;
      *)
        case $(shasum -a 256 /dev/null 2>/dev/null) in
          "$empty "*) digest() { shasum -a 256 "$@"; } ;;
          *) die 6 "nothing here can compute SHA-256 (sha256sum, shasum or openssl is needed), so the kit cannot be checked" ;;
        esac
        ;;
    esac
    ;;
esac

# True where the digests of the files named in $1 (lines `<sha256> <path>`, paths without blanks) are those.
# Sets `differing` to the first path that is not as listed.
# (No here-documents in this half: some shells need a temporary file for one.)
matches() {
  match_list=$1
  # shellcheck disable=SC2086 # words without blanks, two a line
  set -- $1
  match_paths=
  while [ "$#" -ge 2 ]; do
    match_paths="$match_paths $2"
    shift 2
  done
  # shellcheck disable=SC2086 # one word a path
  match_got=$nl$(digest $match_paths 2>/dev/null </dev/null)$nl
  # shellcheck disable=SC2086 # words without blanks, two a line
  set -- $match_list
  while [ "$#" -ge 2 ]; do
    differing=$2
    case $match_got in *"$nl$1 *$2$nl"* | *"$nl$1  $2$nl"*) ;; *) return 1 ;; esac
    shift 2
  done
}

# Sets sum_toolchains, sum_cache, sum_modules: what manifest.json says that the sum files' digests are.
read_manifest() {
  sum_toolchains='' sum_cache='' sum_modules=''
  while IFS= read -r line; do
    case $line in
      '    "toolchains.sha256sum": "'*) sum_toolchains=${line#*: \"} sum_toolchains=${sum_toolchains%%\"*} ;;
      '    "cache.sha256sum": "'*) sum_cache=${line#*: \"} sum_cache=${sum_cache%%\"*} ;;
      '    "modules.sha256sum": "'*) sum_modules=${line#*: \"} sum_modules=${sum_modules%%\"*} ;;
      '  "executables"'*) return 0 ;;
    esac
  done <manifest.json
}
[ -f manifest.json ] || die 4 "manifest.json is missing: this kit is incomplete"
read_manifest
[ -n "$sum_toolchains" ] || die 4 "manifest.json names no toolchains.sha256sum: this kit is damaged"

# uname's three words, always in this order: system, node, machine.
# shellcheck disable=SC2046 # word splitting is the purpose
set -- $(uname -snm)
case $1 in
  Linux) os=linux ;;
  Darwin) os=darwin ;;
  FreeBSD) os=freebsd ;;
  OpenBSD) os=openbsd ;;
  NetBSD) os=netbsd ;;
  DragonFly) os=dragonfly ;;
  SunOS) os=illumos ;;
  *) os=$1 ;;
esac
case ${3-} in
  x86_64 | amd64) arch=amd64 ;;
  aarch64 | arm64) arch=arm64 ;;
  i386 | i486 | i586 | i686 | i86pc | x86) arch=386 ;;
  arm*) arch=arm ;;
  loongarch64) arch=loong64 ;;
  *) arch=${3-} ;;
esac
# A shell that Rosetta translates says x86_64 on a machine that runs arm64 at full speed.
if [ "$os/$arch" = darwin/amd64 ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then arch=arm64; fi
case ${2-} in *[!A-Za-z0-9.]* | '') node=host ;; *) node=$2 ;; esac

# Sets `rank` to a number that orders Go versions: 1.21rc2 < 1.21 < 1.21.1. Empty for what is not a version.
rank_of() {
  rank=
  case $1 in
    *rc*) rank_pre=$((100 + ${1##*rc})) rank_base=${1%rc*} ;;
    *beta*) rank_pre=${1##*beta} rank_base=${1%beta*} ;;
    *) rank_pre=999 rank_base=$1 ;;
  esac
  case $rank_base in *[!0-9.]* | .* | *. | *..* | *.*.*.* | '') return 1 ;; esac
  case $rank_base in
    *.*.*) rank_patch=${rank_base##*.} rank_base=${rank_base%.*} ;;
    *) rank_patch=0 ;;
  esac
  case $rank_base in *.*) ;; *) rank_base=$rank_base.0 ;; esac
  rank=$(((${rank_base%.*} * 1000 + ${rank_base#*.}) * 1000000 + rank_patch * 1000 + rank_pre))
}

case $want_go in
  '' | latest) want_go='' ;;
  *[!A-Za-z0-9.+_-]*) die 2 "MEDKIT_GO=$want_go is not a Go version" ;;
  *) want_go=${want_go#go} ;;
esac

# Sets version (empty where the kit has no such), parts and listing (lines `<sha256> <path>`), held (for the refusals).
choose_toolchain() {
  version='' best=-1 held='' held_here=''
  while read -r hex path; do
    case $path in toolchains/go*.*-*/tree.txt) ;; *) continue ;; esac
    name=${path#toolchains/go} name=${name%/tree.txt}
    v=${name%.*} p=${name##*.}
    held="$held go$v(${p%-*}/${p#*-})"
    [ "$p" = "$os-$arch" ] || continue
    held_here="$held_here go$v"
    case $v in
      "$want_go") version=$v; return 0 ;;
      "$want_go".* | "$want_go"rc* | "$want_go"beta*) ;;
      *) [ -z "$want_go" ] || continue ;;
    esac
    rank_of "$v" || rank=0
    if [ "$rank" -gt "$best" ]; then best=$rank version=$v; fi
  done <toolchains.sha256sum
}
choose_toolchain
if [ -z "$held_here" ]; then die 6 "this kit holds no toolchain for $os/$arch, only:$held"; fi
if [ -z "$version" ]; then die 5 "this kit holds no go$want_go for $os/$arch, only:$held_here"; fi
tool_dir=toolchains/go$version.$os-$arch

parts='' listing=''
while read -r hex path; do
  case $path in
    "$tool_dir"/part-*.tar.gz) parts="$parts$hex $path$nl" ;;
    "$tool_dir"/files.txt | "$tool_dir"/tree.txt) listing="$listing$hex $path$nl" ;;
  esac
done <toolchains.sha256sum

# The warm caches that are wanted: of this platform, and those asked for.
warm_parts='' warm_missing=''
if [ -n "$sum_cache" ]; then
  case " $warm " in *' all '*) warm_all=1 ;; *) warm_all= ;; esac
  warm_names=" $os-$arch"
  for p in $warm; do
    case $p in
      all) ;;
      */*) warm_names="$warm_names ${p%%/*}-${p#*/}"; warm_missing="$warm_missing $p" ;;
      *) die 2 "MEDKIT_WARM: $p is no platform (like linux/arm64)" ;;
    esac
  done
  while read -r hex path; do
    case $path in cache/go"$version".*/part-*.tar.gz) ;; *) continue ;; esac
    # Without cgo it would be dead weight; with it, it belongs to the first build.
    case $path in *-cgo.tar.gz) case $cgo in '' | 0) continue ;; esac ;; esac
    p=${path#cache/go"$version".} p=${p%%/*}
    case "$warm_names " in *" $p "*) ;; *) [ -n "$warm_all" ] || continue ;; esac
    warm_parts="$warm_parts$hex $path$nl"
    case "$warm_missing " in *" ${p%-*}/${p#*-} "*) warm_missing="${warm_missing%% "${p%-*}/${p#*-}"*}${warm_missing#* "${p%-*}/${p#*-}"}" ;; esac
  done <cache.sha256sum
elif [ -n "$warm" ]; then warm_missing=" $warm"; fi
[ -z "$warm_missing" ] || say "no warm cache in this kit for$warm_missing (builds for it start cold)"

# What all later checks rest on: the sum files are those of the manifest, the lists those of the sum files.
bound="$sum_toolchains toolchains.sha256sum$nl$listing"
[ -z "$sum_cache" ] || bound="$bound$sum_cache cache.sha256sum$nl"
private_modules=
if [ -f modules/private.txt ]; then
  # It weakens checks (GONOSUMDB), so it counts only where the manifest stands behind it.
  line=$(grep '  modules/private\.txt$' modules.sha256sum 2>/dev/null)
  case $sum_modules in '') line= ;; esac
  [ -n "$line" ] || die 4 "modules/private.txt is not part of this kit: it was added; nothing was activated"
  bound="$bound$sum_modules modules.sha256sum$nl$line$nl"
  while IFS= read -r line; do
    case $line in
      '' | '#'*) ;;
      *[!A-Za-z0-9._~/*?+-]*) die 4 "modules/private.txt: not a module path pattern: $line" ;;
      *) private_modules="$private_modules${private_modules:+,}$line" ;;
    esac
  done <modules/private.txt
fi
# The checksum database that the kit's records are of, where it is not the one that go knows by name.
gosumdb=sum.golang.org
if [ -f modules/gosumdb.txt ]; then
  line=$(grep '  modules/gosumdb\.txt$' modules.sha256sum 2>/dev/null)
  case $sum_modules in '') line= ;; esac
  [ -n "$line" ] || die 4 "modules/gosumdb.txt is not part of this kit: it was added; nothing was activated"
  bound="$bound$sum_modules modules.sha256sum$nl$line$nl"
  IFS= read -r gosumdb <modules/gosumdb.txt || gosumdb=
  # A verifier key (golang.org/x/mod/sumdb/note), never `off`: name+hash+base64.
  case $gosumdb in
    *[!A-Za-z0-9.+/=:_~-]* | -* | +* | *+) gosumdb= ;;
    *+????????+*) ;;
    *) gosumdb= ;;
  esac
  [ -n "$gosumdb" ] || die 4 "modules/gosumdb.txt names no checksum database by its key; nothing was activated"
fi
matches "${bound%"$nl"}" || die 4 "$differing is damaged or missing (its SHA-256 is not the one that the kit lists); nothing was activated"

tree_sizes='' tree_tools=''
while read -r word rest; do
  case $word in sizes) tree_sizes=$rest ;; tools) tree_tools=$rest ;; esac
done <"$tool_dir/tree.txt"
if [ -z "$tree_sizes" ] || [ -z "$tree_tools" ] || [ -z "$parts" ]; then die 4 "$tool_dir is incomplete; nothing was activated"; fi

# ---- the state folder

# True where folder $1 exists or can be made, can be written to, and programs in it can be started.
# A path with `:` would be two entries of PATH.
usable() {
  case $1 in *:* | *"$nl"*) return 1 ;; esac
  mkdir -p "$1/tmp" 2>/dev/null || return 1
  try=$1/tmp/try-$node-$$
  (printf '#!/bin/sh\nexit 0\n' >"$try") 2>/dev/null || return 1
  chmod 700 "$try" 2>/dev/null
  "$try" 2>/dev/null </dev/null
  try_status=$?
  rm -f "$try"
  # 126: may not be executed (noexec); 127: no /bin/sh, which says nothing about the folder.
  [ "$try_status" -ne 126 ]
}

# A private folder; those that a shell which is gone left behind are removed first.
make_private() {
  for base in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    case $base in /*) ;; *) continue ;; esac
    base=${base%/}
    set +f
    for old in "$base/medkit-kit-$node-"*; do
      pid=${old##*/medkit-kit-"$node"-} pid=${pid%%-*}
      case $pid in '' | *[!0-9]*) continue ;; esac
      if [ -d "$old" ] && [ ! -L "$old" ] && [ -w "$old" ] && ! kill -0 "$pid" 2>/dev/null; then
        chmod -R u+w "$old" 2>/dev/null
        rm -rf "$old" 2>/dev/null
      fi
    done
    set -f
    n=0
    while [ "$n" -lt 20 ]; do
      private=$base/medkit-kit-$node-$shell_pid-$n
      if mkdir -m 700 "$private" 2>/dev/null; then
        if usable "$private"; then made_private=$private; return 0; fi
        rm -rf "$private"
        break
      fi
      n=$((n + 1))
    done
  done
  return 1
}

state_given=
if [ -n "$want_state" ]; then
  case $want_state in /*) state=$want_state ;; *) die 2 "MEDKIT_KIT_STATE=$want_state is not an absolute path" ;; esac
  usable "$state" || die 6 "MEDKIT_KIT_STATE=$state cannot be used (it must be a folder to write to and to start programs from, without a colon in its path)"
  state_given=1 private=''
elif usable "$kit/state"; then
  state=$kit/state private=''
else
  if [ -n "$private" ] && usable "$private"; then :
  else make_private || die 6 "the kit cannot be written to or is on a noexec mount, and neither can ${TMPDIR:-/tmp}: set MEDKIT_KIT_STATE to a folder that can"; fi
  state=$private
fi
state=$(cd -P "$state" && pwd -P)
goroot=$state/go/go$version
gocache=$state/gocache/go$version
mkdir -p "$state/go" "$state/gopath/pkg/mod" "$gocache" || die 6 "cannot write to $state"

# Removes what interrupted activations left. A staging folder's name says node and process; those of other nodes (a
# kit on a network mount, containers) cannot be asked, and go after a day.
set +f
for old in "$state"/tmp/*-*-*; do
  [ -e "$old" ] || continue
  pid=${old##*-}
  case $old in
    *-"$node"-*) kill -0 "$pid" 2>/dev/null || rm -rf "$old" ;;
    *) [ -z "$(find "$old" -prune -mtime +0 2>/dev/null)" ] || rm -rf "$old" ;;
  esac
done
set -f

# ---- checking and unpacking

# True where the tree at $1 has exactly the listed files with the listed sizes; with a second argument the digests of the
# tools are compared too. One `ls` over the tree: no process per file.
tree_is_whole() {
  [ -d "$1" ] && [ ! -L "$1" ] || return 1
  sizes() {
    (cd "$1" && ls -lnRA .) 2>/dev/null | awk '
      /:$/ && (NR == 1 || blank) { dir = substr($0, 1, length($0) - 1); dir = dir == "." ? "" : substr(dir, 3) "/"; blank = 0; next }
      { blank = ($0 == "") }
      /^-/ { print (NF == 9) ? $5 " " dir $9 : "odd " $0; next }
      /^[^dt]/ { print "odd " $0 }' | sort -k 2 | digest
  }
  if [ -z "${2-}" ]; then
    case $(sizes "$1") in "$tree_sizes "*) return 0 ;; *) return 1 ;; esac
  fi
  for tool in $tree_tools; do
    [ -x "$1/$tool" ] || return 1
  done
  # Both at the same time: the digests flow through the pipe while the sizes are taken.
  # shellcheck disable=SC2086 # tools have no blanks in their names
  (cd "$1" && digest $tree_tools) 2>/dev/null | {
    got_sizes=$(sizes "$1")
    awk -v tools="$tree_tools" '
      BEGIN { n = split(tools, t, " ") }
      FILENAME != "-" { want[$2] = $1; next }
      { path = $2; sub(/^\*/, "", path); if ($1 != "" && want[path] == $1) same[path] = 1 }
      END { for (i = 1; i <= n; i++) if (!(t[i] in same)) exit 1 }' "$tool_dir/files.txt" - || exit 1
    case $got_sizes in "$tree_sizes "*) ;; *) exit 1 ;; esac
  }
}

# One part, in the background: checked, then unpacked into folder $3. Leaves $stage/failed.N where that went wrong.
# -o: the files are ours; -m (in $4) lets them be new.
unpack_part() {
  if ! matches "$2"; then
    printf '4 %s is damaged or missing (its SHA-256 is not the one that the kit lists)\n' "$differing" >"$stage/failed.$1"
    return
  fi
  path=$kit/${2#* }
  {
    gzip -dc "$path" 2>"$stage/gzip.$1" || printf '6 gzip: %s\n' "$(head -n 1 "$stage/gzip.$1")" >"$stage/failed.$1"
  } | (cd "$3" && tar -xo"$4"f - 2>"$stage/tar.$1") || printf '6 cannot unpack (%s)\n' "$(head -n 1 "$stage/tar.$1")" >"$stage/failed.$1"
}

# The parts of the warm cache that this GOCACHE has not had; `go clean -cache` takes the folders away, then all of them.
warm_missing_parts() {
  warm_todo=
  warm_done=
  warm_now=
  warm_later=
  if [ -f "$gocache/medkit-warm.txt" ] && [ -d "$gocache/00" ]; then warm_done=$nl$(cat "$gocache/medkit-warm.txt")$nl; fi
  # shellcheck disable=SC2086 # words without blanks, two a line
  set -- $warm_parts
  while [ "$#" -ge 2 ]; do
    case $warm_done in *"$nl$1 "*) ;; *) warm_todo="$warm_todo$1 $2$nl" ;; esac
    shift 2
  done
}

# Only one process unpacks at a time, so that ten shells do not need ten times the disk and the time; but nothing rests on
# it: a lock whose holder is gone is taken, and after two minutes the work is done without it.
take_lock() {
  waited=0
  while ! mkdir "$state/tmp/lock" 2>/dev/null; do
    holder=$(cat "$state/tmp/lock/holder" 2>/dev/null)
    case $holder in
      "$node "*) kill -0 "${holder#* }" 2>/dev/null || rm -rf "$state/tmp/lock" ;;
      *) [ "$waited" -lt 30 ] || [ -n "$holder" ] || rm -rf "$state/tmp/lock" ;;
    esac
    [ "$waited" -lt 1200 ] || return 0
    if [ "$waited" -eq 20 ]; then say "waiting for another shell that unpacks the same kit"; fi
    sleep 0.1 2>/dev/null || sleep 1
    waited=$((waited + 1))
  done
  lock=$state/tmp/lock
  printf '%s %s\n' "$node" "$$" >"$lock/holder"
}

# Puts the staged toolchain in its place. `mv` into an existing parent is one rename(2), which refuses a target that holds
# something; so of two shells one wins, and the other uses what it finds.
install_tree() {
  if mv -f "$stage/tree/go$version" "$state/go/" 2>/dev/null; then return 0; fi
  if tree_is_whole "$goroot" tools; then return 0; fi
  mkdir "$stage/old" && mv -f "$goroot" "$stage/old/" 2>/dev/null
  mv -f "$stage/tree/go$version" "$state/go/" 2>/dev/null || tree_is_whole "$goroot" tools
}

unpack() {
  take_lock
  need_tree=
  if ! tree_is_whole "$goroot" tools; then
    need_tree=1
    if [ -e "$goroot" ] || [ -L "$goroot" ]; then say "the unpacked go$version is not as the kit lists it (something changed it): unpacking it afresh"; fi
  fi
  warm_missing_parts
  [ -n "$need_tree$warm_todo" ] || return 0
  stage=$state/tmp/stage-$node-$$
  mkdir -p "$stage/tree/go$version" || die 6 "cannot write to $state"
  # All folders first: of two tars that make the same missing parent at the same moment, GNU's gives up.
  if [ -n "$warm_todo" ]; then
    (cd "$gocache" && awk 'BEGIN { for (i = 0; i < 256; i++) printf "%02x\n", i }' | xargs mkdir -p) || die 6 "cannot write to $gocache"
  fi
  if [ -n "$need_tree" ]; then
    awk '{ d = $2; if (sub(/\/[^\/]*$/, "", d) && d != last) { print d; last = d } }' "$tool_dir/files.txt" |
      (cd "$stage/tree/go$version" && xargs mkdir -p) || die 6 "cannot write to $state"
  fi
  n=0
  if [ -n "$need_tree" ]; then
    # shellcheck disable=SC2086 # words without blanks, two a line
    set -- $parts
    while [ "$#" -ge 2 ]; do
      n=$((n + 1))
      unpack_part "$n" "$1 $2" "$stage/tree/go$version" '' &
      shift 2
    done
  fi
  # shellcheck disable=SC2086 # words without blanks, two a line
  set -- $warm_todo
  while [ "$#" -ge 2 ]; do
    case $2 in
      */part-1-* | */part-1.* | */part-*-cgo.tar.gz) ;;
      # A private folder is removed by deactivation: nothing may still be writing there.
      *) if [ -z "$private" ]; then warm_later="$warm_later$1 $2$nl"; shift 2; continue; fi ;;
    esac
    n=$((n + 1))
    warm_now="$warm_now$1 $2$nl"
    unpack_part "$n" "$1 $2" "$gocache" m &
    shift 2
  done
  wait
  set +f
  for failed in "$stage"/failed.*; do
    [ -f "$failed" ] || continue
    read -r failed_status failed_why <"$failed"
    die "$failed_status" "$failed_why; nothing was activated"
  done
  set -f
  if [ -n "$need_tree" ]; then
    tree_is_whole "$stage/tree/go$version" || die 4 "the unpacked go$version is not as $tool_dir/tree.txt says (is the disk full?); nothing was activated"
    install_tree || die 6 "cannot put go$version into $state/go; nothing was activated"
  fi
  if [ -n "$warm_todo" ]; then
    { [ -z "$warm_done" ] || printf '%s\n' "${warm_done#"$nl"}"; printf '%s' "$warm_now"; } | awk 'NF == 2' >"$stage/warm.txt"
    seconds >"$stage/trim.txt"
    mv -f "$stage/trim.txt" "$gocache/trim.txt"
    mv -f "$stage/warm.txt" "$gocache/medkit-warm.txt"
  fi
  rm -rf "$stage"
  stage=
  [ -z "$warm_later" ] || later_runs || unpack_later
}

# True where an earlier activation is still unpacking the later parts: one process at a time, so that deactivation ends them all.
later_runs() {
  [ -f "$later" ] || return 1
  read -r pid <"$later" || return 1
  case $pid in '' | *[!0-9]*) return 1 ;; esac
  kill -0 "$pid" 2>/dev/null || return 1
  # Its number may be another program's by now.
  who=$({ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null) || who=$(ps -o args= -p "$pid" 2>/dev/null)
  case $who in '' | *activate.sh*) ;; *) return 1 ;; esac
}

# What a shell runs (`sh -c`) when it has done with what process file $1 unpacks: forgets shell $2, and ends the process with the last one.
# A number that another program has by now is left alone, where the host tells what it is.
end_later='rm -f "$1.$2"
for user in "$1".*; do
  if kill -0 "${user##*.}" 2>/dev/null; then exit; fi
done
read -r pid <"$1" || exit
case $pid in "" | *[!0-9]*) pid= ;; esac
if [ -n "$pid" ] && kill -0 "$pid"; then
  who=$(tr "\0" " " <"/proc/$pid/cmdline") || who=$(ps -o args= -p "$pid")
  case $who in
    "" | *activate.sh*)
      kill "$pid"
      n=50
      while [ "$n" -gt 0 ] && [ -f "$1" ] && kill -0 "$pid"; do
        n=$((n - 1))
        sleep 0.1 || sleep 1
      done
      ;;
  esac
fi
rm -f "$1" "$1".*'

# Says that this shell uses what is being unpacked: the deactivation of another one is then not the end of it.
register() {
  set +f
  for old in "$later".*; do
    kill -0 "${old##*.}" 2>/dev/null || rm -f "$old"
  done
  set -f
  [ ! -f "$later.$shell_pid" ] || return 0
  user=$later.$shell_pid
  : >"$user"
}

# Part 1 of a cache is what the kit's own main modules hit; the other parts are unpacked behind the person's back, so that the
# first build does not wait for them. A build that reads meanwhile is safe: within a part all outputs (-d) come before the
# actions (-a) that name them. A part counts as unpacked only when it is whole; until then the next activation tries again.
unpack_later() {
  (
    job=
    trap '' HUP
    trap '[ -z "$job" ] || kill "$job"; set +f; rm -f "$later" "$later".*; exit 0' TERM
    # The first build comes first.
    sleep 2 & job=$!
    wait "$job"
    # shellcheck disable=SC2086 # words without blanks, two a line
    set -- $warm_later
    while [ "$#" -ge 2 ]; do
      if matches "$1 $2"; then
        nice -n 19 gzip -dc "$kit/$2" | (cd "$gocache" && exec nice -n 19 tar -xomf -) & job=$!
        # tar alone says whether all came: a part ends with tar's own end mark, which a broken gzip stream never reaches.
        if wait "$job"; then printf '%s %s\n' "$1" "$2" >>"$gocache/medkit-warm.txt"; fi
        job=
      fi
      shift 2
    done
    set +f
    rm -f "$later" "$later".*
  ) </dev/null >/dev/null 2>&1 &
  printf '%s\n' "$!" >"$later"
}

# Seconds since 1970, without a line end, as cmd/go/internal/cache writes them into trim.txt.
seconds() {
  now=$(date +%s 2>/dev/null)
  case $now in '' | *[!0-9]*) now=$(awk 'BEGIN { srand(); print srand() }') ;; esac
  printf %s "$now"
}

# Once a day every entry is made young again: Go drops those that were unused for 5 days, and a warm cache is there for
# the day when it is needed. trim.txt tells Go that this was done.
refresh_cache() {
  [ -f "$gocache/medkit-warm.txt" ] || return 0
  if [ -z "$(find "$gocache/medkit-warm.txt" "$gocache/trim.txt" -prune -mtime +0 2>/dev/null)" ]; then
    trimmed=$(cat "$gocache/trim.txt" 2>/dev/null)
    case $trimmed in
      '' | *[!0-9]*) ;;
      *) [ $(($(seconds) - trimmed)) -ge 86400 ] || return 0 ;;
    esac
  fi
  find "$gocache" -type f -mtime +0 -exec touch -c {} + 2>/dev/null
  seconds >"$state/tmp/trim-$node-$$" && mv -f "$state/tmp/trim-$node-$$" "$gocache/trim.txt"
}

# The number of the process that unpacks the later parts; beside it an empty file for each shell that is active, by its number.
later=
if [ -z "$private" ]; then
  later=$gocache/medkit-later.$node
  register
fi
warm_missing_parts
if [ -z "$warm_todo" ] && tree_is_whole "$goroot" tools; then :; else unpack; fi
refresh_cache
if [ -n "$lock" ]; then rm -rf "$lock"; lock=; fi

# ---- the flags

# The kit's go, with the settings that activation will give; $1: GOFLAGS. HOME is hidden: newer versions write counters there.
run_go() {
  run_flags=$1
  shift
  (
    unset HOME XDG_CONFIG_HOME GO111MODULE GOOS GOARCH GOEXPERIMENT GOCACHEPROG GODEBUG GOTMPDIR GOBIN GOFIPS140 GOAMD64 GOARM GOARM64 GO386 GOTOOLDIR GOPRIVATE GONOPROXY GONOSUMDB GOINSECURE GOVCS GOAUTH CC CXX
    GOROOT=$goroot GOPATH=$state/gopath GOMODCACHE=$state/gopath/pkg/mod GOCACHE=$gocache GOENV=off GOWORK=off GOPROXY=off GOSUMDB=off
    GOTOOLCHAIN=local GOFLAGS=$run_flags CGO_ENABLED=$cgo_enabled
    export GOROOT GOPATH GOMODCACHE GOCACHE GOENV GOWORK GOPROXY GOSUMDB GOTOOLCHAIN GOFLAGS CGO_ENABLED
    exec "$goroot/bin/go" "$@"
  ) </dev/null
}

# True where the kit's go takes $1 as GOFLAGS: names and, for build flags, values.
flags_pass() {
  if [ -z "$probe" ]; then
    probe=$state/tmp/probe-$node-$$
    mkdir -p "$probe" && printf 'module probe\n' >"$probe/go.mod" || return 1
  fi
  (cd "$probe" && run_go "$1" list unsafe) >/dev/null 2>&1
}

# Sets `flag` (as it has to stand in GOFLAGS) and `flags_rest` from the front of flags_rest, as cmd/internal/quoted splits:
# blanks part; a quote at the start of a word goes to the next such quote; nothing is an escape. Fails on an open quote.
next_flag() {
  flag=
  while :; do
    case $flags_rest in
      [\ "$tab$nl$cr"]*) flags_rest=${flags_rest#?} ;;
      *) break ;;
    esac
  done
  case $flags_rest in
    '') return 0 ;;
    \'*) flag_quote=\' ;;
    \"*) flag_quote=\" ;;
    *)
      flag=${flags_rest%%[\ "$tab$nl$cr"]*}
      flags_rest=${flags_rest#"$flag"}
      return 0
      ;;
  esac
  flags_rest=${flags_rest#?}
  case $flags_rest in *"$flag_quote"*) ;; *) return 1 ;; esac
  flag=$flag_quote${flags_rest%%"$flag_quote"*}$flag_quote
  flags_rest=${flags_rest#*"$flag_quote"}
}

# Sets goflags: the user's, without those that lead out of the kit and those that this go rejects, and -trimpath at the end
# (the last one counts). Sets flags_dropped.
filter_flags() {
  tab='	'
  cr=$(printf '\r')
  goflags='' flags_dropped='' flags_rest=${GOFLAGS-}
  while [ -n "$flags_rest" ]; do
    if ! next_flag; then goflags='' flags_dropped=" all of it (a quote is not closed)"; break; fi
    bare=${flag#[\"\']}
    case $bare in --*) bare=${bare#-} ;; esac
    bare=${bare%[\"\']}
    case $bare in
      '') ;;
      -trimpath | -trimpath=true) ;;
      -mod | -mod=* | -modfile | -modfile=* | -overlay | -overlay=* | -toolexec | -toolexec=* | -trimpath=*) flags_dropped="$flags_dropped $flag" ;;
      *) goflags="$goflags$flag " ;;
    esac
  done
  if [ -n "$goflags" ] && ! flags_pass "$goflags-trimpath"; then
    flags_rest=$goflags goflags=
    while [ -n "$flags_rest" ]; do
      next_flag || break
      [ -n "$flag" ] || continue
      if flags_pass "$goflags$flag -trimpath"; then goflags="$goflags$flag "; else flags_dropped="$flags_dropped $flag"; fi
    done
  fi
  goflags=$goflags-trimpath
}

# ---- the plan

case $cgo in '' | 0) cgo='' cgo_enabled=0 ;; *) cgo=1 cgo_enabled=1 ;; esac
got=$(run_go '' version 2>&1) || die 6 "the kit's go$version does not start here: $got"
filter_flags
if [ -n "$probe" ]; then rm -rf "$probe"; probe=; fi

aside=
# Plans to clear each named variable that has a value.
clear_leaks() {
  for name in "$@"; do
    eval "leak=\${$name-}"
    [ -n "$leak" ] || continue
    aside="$aside $name"
    case $name in GOENV | GONOSUMDB) ;; *) plan="${plan}medkit_clear_ $name$nl" ;; esac
  done
}
plan_set() {
  quote "$2"
  plan="${plan}medkit_set_ $1 $quoted$nl"
}

plan=
clear_leaks GOWORK GO111MODULE GOPRIVATE GONOPROXY GOINSECURE GOBIN GOOS GOARCH GOEXPERIMENT GOCACHEPROG \
  GO386 GOAMD64 GOARM GOARM64 GOMIPS GOMIPS64 GOPPC64 GORISCV64 GOWASM GOFIPS140 GOAUTH GOVCS \
  GOEXE GOHOSTARCH GOHOSTOS GOTOOLDIR GOROOT_FINAL GOGCCFLAGS GO_LDSO \
  GO19CONCURRENTCOMPILATION GOCLOBBERDEADHASH GOCOMPILEDEBUG GOSSAFUNC GOSSADIR GOBUILDTIMELOGFILE
if [ -z "$cgo" ]; then
  clear_leaks CC CXX AR FC GCCGO PKG_CONFIG GO_EXTLINK_ENABLED
  for name in CGO_CFLAGS CGO_CPPFLAGS CGO_CXXFLAGS CGO_FFLAGS CGO_LDFLAGS; do clear_leaks "$name" "${name}_ALLOW" "${name}_DISALLOW"; done
fi
# Settings of the running program are the user's; these change what the go command and the compiler themselves do.
case ",${GODEBUG-}" in *,gocache*=* | *,goindex=* | *,installgoroot=* | *,gotypesalias=* | *,fips140=* | *,cpu.*=*) clear_leaks GODEBUG ;; esac
if [ -n "${GOTMPDIR-}" ] && { [ ! -d "$GOTMPDIR" ] || [ ! -w "$GOTMPDIR" ]; }; then clear_leaks GOTMPDIR; fi
# GOENV=off: what `go env -w` wrote counts for nothing here.
env_file=
case ${GOENV-} in
  off) ;;
  '')
    case $os in darwin) env_file="${HOME-}/Library/Application Support/go/env" ;; *) env_file=${XDG_CONFIG_HOME:-${HOME-}/.config}/go/env ;; esac
    ;;
  *) env_file=$GOENV aside="$aside GOENV" ;;
esac
if [ -s "$env_file" ]; then aside="$aside (settings of go env -w in $env_file)"; fi
clear_leaks GONOSUMDB
if [ -n "$private_modules" ]; then plan_set GONOSUMDB "$private_modules"
elif [ -n "${GONOSUMDB-}" ]; then plan="${plan}medkit_clear_ GONOSUMDB$nl"; fi

kit_url=file://$(percent_encode "$kit")
goproxy=off
if [ -d modules ]; then goproxy=$kit_url/modules; fi
if [ -d modules ] && [ -d "modules-by-go/go$version" ]; then goproxy=$kit_url/modules-by-go/go$version,$goproxy; fi

plan_set GOROOT "$goroot"
plan_set GOPATH "$state/gopath"
plan_set GOMODCACHE "$state/gopath/pkg/mod"
plan_set GOCACHE "$gocache"
plan_set GOPROXY "$goproxy"
plan_set GOSUMDB "$gosumdb"
plan_set GOTOOLCHAIN local
plan_set GOFLAGS "$goflags"
plan_set GOENV off
plan_set CGO_ENABLED "$cgo_enabled"
# For bin/medkit, which finds state/ by itself but no other folder.
if [ "$state" != "$kit/state" ]; then plan_set MEDKIT_KIT_STATE "$state"; fi
quote "$kit"
plan="${plan}medkit_kit_=$quoted$nl"
quote "$private"
plan="${plan}medkit_private_=$quoted$nl"
quote "$later"
plan="${plan}medkit_later_=$quoted$nl"
quote "$end_later"
plan="${plan}medkit_end_later_=$quoted$nl"
plan="${plan}medkit_name_=go$version$nl"

where="state in $state"
if [ -n "$private" ]; then where="$where, removed by medkit_deactivate"; elif [ -n "$state_given" ]; then where="$where, as MEDKIT_KIT_STATE says"; fi
say "go$version $os/$arch of $kit is active ($where)"
[ -z "$aside" ] || say "set aside until medkit_deactivate:$aside"
[ -z "$flags_dropped" ] || say "dropped from GOFLAGS:$flags_dropped"
if [ -z "$cgo" ] && [ "${CGO_ENABLED:-0}" != 0 ]; then say "CGO_ENABLED=0 instead of $CGO_ENABLED (MEDKIT_CGO=1 leaves cgo on)"; fi
made_private=
if [ -f "$later" ]; then user=; fi
printf '%s# end\n' "$plan"
