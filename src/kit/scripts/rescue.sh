#!/bin/sh
# From a failing go command to a passing one, with nothing on the host but a POSIX shell:
#
#   sh rescue.sh -- go build ./...
#
# For hosts on which bin/medkit does not start; it knows the ten most frequent causes, `medkit rescue` knows many more.
# The command runs as it is. Where it fails by its environment, the cause is shown by looking (not by the words of the
# failure alone), one variable is changed for the command, and it runs again. No file of yours is changed, and no check of
# a module's hash is ever made weaker.
#
# Status: 0 where the command passed in the end, the command's own where the fault is the program's or nobody knows it,
# 3 where a fault of the environment remains, 2 for a wrong use, 4 where the kit is incomplete.

# `zsh rescue.sh`: zsh's own ways are not sh's.
if [ -n "${ZSH_VERSION-}" ] && [ "$(emulate)" != sh ]; then exec sh "$0" "$@"; fi
set -u
nl='
'

tab=$(printf '\t')
cr=$(printf '\r')

# A text from outside as a part of one line: line ends and tabs are blanks; control characters, and what turns the order of
# what is read around or is not seen (in UTF-8: C1, bidirectional controls, characters without width) are left out.
hidden=$(printf 's/\302[\200-\237\255]//g;s/\330\234//g;s/\342\200[\213-\217\250-\256]//g;s/\342\201[\240-\257]//g;s/\357\273\277//g')
one_line() {
  one=$(printf '%s' "$1" | LC_ALL=C tr '\t\n\r' '   ' | LC_ALL=C tr -d '\000-\037\177' | LC_ALL=C sed "$hidden")
  # No tr or no sed on this host: the words count more than their looks.
  printf '%s' "${one:-$1}"
}
say() { printf 'rescue: %s\n' "$(one_line "$*")" >&2; }
die() {
  status=$1
  shift
  say "$*"
  exit "$status"
}

[ "${1-}" = -- ] && shift
[ $# -gt 0 ] || die 2 "usage: sh rescue.sh -- COMMAND…"
case $0 in */*) kit=${0%/*} ;; *) kit=. ;; esac
kit=$(unset CDPATH && cd -P "$kit" && pwd -P) || die 4 "cannot enter the kit's folder"
[ -f "$kit/activate.sh" ] && [ -f "$kit/manifest.json" ] || die 4 "this is not the folder of a kit: $kit"

# ---- a private folder, somewhere that can be written to and run from

work=
# True where a program can be started from folder $1.
runs_here() {
  printf '#!/bin/sh\nexit 0\n' >"$1/.probe" 2>/dev/null && chmod 700 "$1/.probe" 2>/dev/null && "$1/.probe" 2>/dev/null
  runs=$?
  rm -f "$1/.probe"
  return "$runs"
}
for base in "${TMPDIR:-/tmp}" /tmp /var/tmp /dev/shm "$kit/state"; do
  [ -d "$base" ] || continue
  candidate=$base/medkit-rescue-$$
  (umask 077 && mkdir "$candidate") 2>/dev/null || continue
  if runs_here "$candidate"; then
    work=$candidate
    break
  fi
  rmdir "$candidate" 2>/dev/null
done
[ -n "$work" ] || die 6 "no folder here can be written to and run from (tried TMPDIR, /tmp, /var/tmp, /dev/shm, the kit's state/)"
# What is left of it is the folders that the command was given instead of its own.
clean() {
  chmod -R u+w "$work" 2>/dev/null
  rm -rf "$work"
}
trap 'clean' EXIT

# ---- running the command: its streams and signals go through, what it says on stderr is kept too

# A shell looks at signals only after what it runs in front has ended. On a terminal that is right: the keyboard's signals go to
# all. Without one they are sent to us alone, so the command runs behind, and gets what we get: it ends in its own way, and so do we.
behind=1
if [ -t 0 ] || [ -t 1 ] || [ -t 2 ]; then behind=; fi
# What runs behind ignores INT and QUIT, and no shell can change that; GNU env can. Elsewhere TERM is sent for them.
natural=
if [ -n "$behind" ] && handling=$(env --list-signal-handling true 2>&1); then
  # Ignored from the start (nohup, a job of a script): it stays so.
  case $handling in *INT* | *QUIT*) ;; *) natural=1 ;; esac
fi
own_sh="sh"
if [ -x /bin/sh ]; then own_sh=/bin/sh; fi
input=0
if ! (true 5<&0) 2>/dev/null; then
  exec 6</dev/null
  input=6
fi
got='' pipeline='' starting=
forward() {
  got=$1
  # The command's end comes first; between two runs there is nothing to wait for.
  if [ -n "$starting" ]; then return 0; fi
  if [ -z "$pipeline" ]; then end_by_signal; fi
  while [ ! -s "$work/pid" ] && kill -0 "$pipeline" 2>/dev/null; do :; done
  # Something that it left behind holds its stderr open.
  if [ -s "$work/status" ]; then end_by_signal; fi
  send=$got
  case $got$natural in INT | QUIT) send=TERM ;; esac
  kill -s "$send" "$(cat "$work/pid")" 2>/dev/null
}
# Ends as who waits for us expects of one whom the signal ended.
end_by_signal() {
  clean
  trap - EXIT "$got"
  kill -s "$got" "$$"
  case $got in HUP) exit 129 ;; INT) exit 130 ;; QUIT) exit 131 ;; *) exit 143 ;; esac
}
for signal in HUP INT QUIT TERM; do
  # shellcheck disable=SC2064 # which signal it is must be known now
  trap "forward $signal" "$signal"
done
in_front() {
  {
    {
      # Signals to the whole group are the command's affair: its status and its last words are still wanted.
      trap : HUP INT QUIT TERM
      # Its own process, whose number is known.
      # shellcheck disable=SC2016 # text for another shell
      set -- "$own_sh" -c 'echo $$ >"$1" && shift && exec "$@"' rescue.sh "$work/pid" "$@"
      if [ -n "$natural" ]; then set -- env --default-signal=INT,QUIT "$@"; fi
      "$@" 2>&4 4>&-
      echo $? >"$work/status"
    } 4>&1 1>&3 3>&- | (trap '' HUP INT QUIT TERM && exec tee "$work/stderr" >&2)
  } 3>&1
}
run_command() {
  rm -f "$work/pid" "$work/status"
  starting=1
  if [ -n "$behind" ]; then
    # What runs behind would read nothing, unless it is told what.
    { { trap : HUP INT QUIT TERM && in_front "$@"; } <&5 5<&- & } 5<&"$input"
    pipeline=$! starting=
    if [ -n "$got" ]; then forward "$got"; fi
    while :; do
      wait "$pipeline" 2>/dev/null
      kill -0 "$pipeline" 2>/dev/null || break
    done
    pipeline=
  else
    in_front "$@"
    starting=
  fi
  status=$(cat "$work/status" 2>/dev/null)
  if [ -z "$status" ] && [ -n "$got" ]; then end_by_signal; fi
  status=${status:-1}
  # Told to end: nothing is tried any more.
  if [ -n "$got" ]; then
    if [ "$status" -gt 128 ]; then end_by_signal; fi
    exit "$status"
  fi
}
said() { grep -E -e "$1" "$work/stderr" >/dev/null 2>&1; }
line_of() { grep -E -e "$1" "$work/stderr" 2>/dev/null | head -n 1; }

# ---- facts

# The go.mod that counts for this folder.
find_module() {
  folder=$(pwd -P)
  while :; do
    if [ -f "$folder/go.mod" ]; then
      module=$folder
      return 0
    fi
    [ "$folder" != / ] || return 1
    folder=${folder%/*}
    [ -n "$folder" ] || folder=/
  done
}
go_runs() { go version >/dev/null 2>&1; }
writable_folder() {
  mkdir -p "$1" 2>/dev/null && : 2>/dev/null >"$1/.medkit-probe" && rm -f "$1/.medkit-probe"
}
# A number that sorts as the version does: 1.21.13 is 1021013.
number_of() { echo "$1" | awk -F '[.a-z]' '{ printf "%d\n", $1 * 1000000 + $2 * 1000 + $3 }'; }

percent_encode() {
  case $1 in
    *[!A-Za-z0-9._~/-]*) ;;
    *)
      printf %s "$1"
      return
      ;;
  esac
  printf %s "$1" | od -An -v -tx1 | awk '
    BEGIN { for (i = 33; i < 127; i++) { c = sprintf("%c", i); if (c ~ /[A-Za-z0-9._~\/-]/) plain[sprintf("%02x", i)] = c } }
    { for (i = 1; i <= NF; i++) printf "%s", ($i in plain) ? plain[$i] : "%" toupper($i) }'
}

# ---- remedies: each changes variables of this process, which the command inherits

changes=
note() {
  changes="$changes  $(one_line "$1")$nl"
  say "trying: $1"
}

# The kit's own Go in front of PATH: the oldest that is at least $1 (a number_of), or the oldest there is. The rest of the environment stays.
kit_go() {
  best='' best_number=
  for tree in "$kit"/toolchains/go*; do
    [ -f "$tree/tree.txt" ] || continue
    version=${tree##*/go}
    version=${version%.*-*}
    number=$(number_of "$version")
    [ "$number" -ge "$1" ] || continue
    if [ -z "$best" ] || [ "$number" -lt "$best_number" ]; then best=$version best_number=$number; fi
  done
  [ -n "$best" ] || return 1
  # In a shell of its own: only three of its variables are wanted.
  # shellcheck source=/dev/null
  found=$(
    unset GOROOT GOFLAGS GOENV
    MEDKIT_GO=$best
    export MEDKIT_GO
    if ! writable_folder "$kit/state"; then
      mkdir "$work/state"
      MEDKIT_KIT_STATE=$work/state
      export MEDKIT_KIT_STATE
    fi
    cd "$kit" && . ./activate.sh >&2 && printf '%s\n%s\n' "$GOROOT" "$GOCACHE"
  ) || return 1
  goroot=${found%%"$nl"*}
  [ -x "$goroot/bin/go" ] || return 1
  PATH=$goroot/bin:$PATH
  GOCACHE=${found#*"$nl"}
  GOTOOLCHAIN=local
  case " ${GOFLAGS-} " in *' -trimpath '*) ;; *) GOFLAGS="${GOFLAGS-}${GOFLAGS:+ }-trimpath" ;; esac
  unset GOROOT
  export PATH GOCACHE GOTOOLCHAIN GOFLAGS
  note "Go $best of the kit, with its warm build cache"
}

# 1. no go, or one that does not start
cure_go_missing() {
  said 'go: (command )?not found|command not found: go|[Ee]xec format error|go: [Pp]ermission denied|go: No such file|cannot execute' || [ "$status" = 126 ] || [ "$status" = 127 ] || return 1
  ! go_runs || return 1
  say "there is no go on PATH that starts"
  kit_go 0
}

# 2. GOROOT of another Go, or of none
cure_goroot() {
  [ -n "${GOROOT-}" ] || return 1
  said 'cannot find GOROOT|does not match go tool version|is not in (GOROOT|std)|no such tool' || return 1
  own=$(unset GOROOT && go env GOROOT 2>/dev/null) || return 1
  [ "$own" != "$GOROOT" ] || return 1
  say "GOROOT=$GOROOT is not the tree of the go on PATH ($own)"
  unset GOROOT
  note "GOROOT unset"
}

# 3. modules switched off in a module
cure_module_mode() {
  find_module || return 1
  [ "$(go env GO111MODULE 2>/dev/null)" = off ] || return 1
  said 'modules disabled|cannot find package|is not in (GOROOT|std)' || return 1
  say "GO111MODULE=off, and $module/go.mod says that this is a module"
  GO111MODULE=on
  export GO111MODULE
  note "GO111MODULE=on"
}

# 4. a workspace that does not fit
cure_workspace() {
  said 'go\.work|workspace' || return 1
  find_module || return 1
  file=$(go env GOWORK 2>/dev/null)
  [ -n "$file" ] && [ "$file" != off ] || [ -n "${GOWORK-}" ] || return 1
  (GOWORK=off && export GOWORK && go list -m >/dev/null 2>&1) || return 1
  say "the workspace ${file:-$GOWORK} stands in the way of the module $module"
  GOWORK=off
  export GOWORK
  note "GOWORK=off"
}

# The first word of $rest, as cmd/go splits GOFLAGS: blanks separate; quotes around a word hold it together, and nothing escapes.
# Gives it in $flag, as it was written in $whole, and what follows in $rest. False where there is none.
next_flag() {
  rest=${rest#"${rest%%[!" $tab$cr$nl"]*}"}
  case $rest in
    '') return 1 ;;
    \'*) quote="'" ;;
    \"*) quote='"' ;;
    *)
      flag=${rest%%[" $tab$cr$nl"]*}
      whole=$flag
      rest=${rest#"$flag"}
      return 0
      ;;
  esac
  flag=${rest#?}
  case $flag in
    *"$quote"*)
      rest=${flag#*"$quote"}
      flag=${flag%%"$quote"*}
      whole=$quote$flag$quote
      ;;
    *)
      # Never closed: nothing of it can be taken.
      whole=$rest
      rest=
      ;;
  esac
}

# 5. a flag in GOFLAGS that this go rejects, or that asks for a vendor folder which is not there
cure_goflags() {
  flags=$(go env GOFLAGS 2>/dev/null)
  [ -n "${GOFLAGS-}${flags}" ] || return 1
  rest=${GOFLAGS:-$flags} kept='' dropped=
  vendor=
  if find_module && [ -d "$module/vendor" ]; then vendor=1; fi
  while next_flag; do
    bad=
    case $flag in
      -mod=vendor | --mod=vendor) [ -n "$vendor" ] || bad=1 ;;
      -toolexec* | --toolexec* | -modfile* | --modfile* | -overlay* | --overlay*) bad=1 ;;
      *) (GOFLAGS=$whole && GOENV=off && export GOFLAGS GOENV && go list -e std >/dev/null 2>"$work/flag") || ! grep -E 'GOFLAGS|flag provided but not defined|unknown flag|invalid value' "$work/flag" >/dev/null || bad=1 ;;
    esac
    if [ -n "$bad" ]; then dropped="$dropped $whole"; else kept="$kept${kept:+ }$whole"; fi
  done
  [ -n "$dropped" ] || return 1
  said 'GOFLAGS|-mod=vendor|vendor|flag provided but not defined|unknown flag|toolexec|modfile|overlay' || return 1
  say "GOFLAGS holds what cannot work here:$dropped"
  if [ -n "$kept" ]; then
    GOFLAGS=$kept
    export GOFLAGS
  else
    unset GOFLAGS
    # Unset lets the line of `go env -w` through; a flag that says what counts anyway keeps it out.
    if [ -n "$(go env GOFLAGS 2>/dev/null)" ]; then
      GOFLAGS=-v=false
      export GOFLAGS
    fi
  fi
  note "GOFLAGS=${GOFLAGS-}"
}

# 6. a newer Go is asked for
cure_too_old() {
  said 'requires go >= |requires go1|toolchain not available|download go1|unknown directive|invalid go version' || return 1
  find_module || return 1
  wanted=$(sed -n 's/^go  *\([0-9][0-9.a-z]*\).*/\1/p' "$module/go.mod" | head -n 1)
  [ -n "$wanted" ] || return 1
  have=$(GOTOOLCHAIN=local go version 2>/dev/null | sed -n 's/^go version go\([0-9][0-9.]*\).*/\1/p')
  if [ -n "$have" ] && [ "$(number_of "$have")" -ge "$(number_of "$wanted")" ]; then
    [ "${GOTOOLCHAIN-}" != local ] || return 1
    say "go.mod asks for Go $wanted, and the go on PATH ($have) has it; a further toolchain cannot be had here"
    GOTOOLCHAIN=local
    export GOTOOLCHAIN
    note "GOTOOLCHAIN=local"
    return 0
  fi
  say "go.mod asks for Go $wanted, and the go on PATH is ${have:-unknown}"
  kit_go "$(number_of "$wanted")"
}

# 7. modules that cannot be had
cure_modules() {
  said 'dial tcp|connection refused|no such host|i/o timeout|module lookup disabled|server misbehaving|TLS handshake|x509:|proxyconnect|50[0-9] |403 |40[47] |410 |unexpected EOF|invalid character|deadline exceeded|network is unreachable|cannot find module|missing go.sum entry|executable file not found' || return 1
  # What a hash says is never gone around.
  ! said 'SECURITY ERROR|checksum mismatch' || return 1
  [ -d "$kit/modules" ] || return 1
  proxy=file://$(percent_encode "$kit")/modules
  version=$(go env GOVERSION 2>/dev/null)
  if [ -d "$kit/modules-by-go/$version" ]; then proxy=file://$(percent_encode "$kit")/modules-by-go/$version,$proxy; fi
  case ${GOPROXY-} in "$proxy"*) return 1 ;; esac
  said 'missing go.sum entry' && return 1
  database=sum.golang.org
  if [ -f "$kit/modules/gosumdb.txt" ]; then
    IFS= read -r database <"$kit/modules/gosumdb.txt" || database=
    # A verifier key, never `off`, and no address: the form that activate.sh takes. It is the one that the manifest names.
    case $database in
      *[!A-Za-z0-9.+/=:_~-]* | -* | +* | *+) database= ;;
      *+????????+*) ;;
      *) database= ;;
    esac
    [ -n "$database" ] && grep -F "\"key\": \"$database\"" "$kit/manifest.json" >/dev/null 2>&1 ||
      die 4 "modules/gosumdb.txt is not the key of the kit's checksum database: no module of this kit is used; check it with verify.sh"
  fi
  say "modules cannot be had from $(go env GOPROXY 2>/dev/null | sed 's,//[^/@]*@,//[secret]@,g')"
  GOPROXY=$proxy,off
  GOSUMDB=$database
  export GOPROXY GOSUMDB
  note "modules from the kit, the checksum database on"
}

# 8. no place for the build cache, or for anything
cure_cache() {
  said 'GOCACHE|build cache|HOME|GOPATH|module cache not found|permission denied|read-only file system|no space left' || return 1
  helped=1
  cache=$(go env GOCACHE 2>/dev/null)
  case $cache in /*) writable_folder "$cache" || cache= ;; *) cache= ;; esac
  if [ -z "$cache" ] || said "no space left.*go-build|go-build.*no space left"; then
    GOCACHE=$work/gocache
    export GOCACHE
    say "there is no usable build cache"
    note "an empty build cache of our own"
    helped=0
  fi
  mods=$(go env GOMODCACHE 2>/dev/null)
  case $mods in
    /*) ;;
    *)
      GOPATH=$work/gopath
      export GOPATH
      say "there is no place for modules: HOME and GOPATH are not set"
      note "a GOPATH of our own"
      helped=0
      ;;
  esac
  return "$helped"
}

# 9. no place for temporary files, or none that programs run from
cure_temporary() {
  tmp=$(go env GOTMPDIR 2>/dev/null)
  tmp=${tmp:-${TMPDIR:-/tmp}}
  said 'permission denied|no such file or directory|creating work dir|no space left' || return 1
  if [ -d "$tmp" ] && writable_folder "$tmp" && runs_here "$tmp" && ! said 'creating work dir'; then return 1; fi
  say "temporary files cannot be made in $tmp, or programs not run from it"
  mkdir -p "$work/tmp"
  GOTMPDIR=$work/tmp
  export GOTMPDIR
  [ -d "${TMPDIR:-/tmp}" ] || { TMPDIR=$work/tmp && export TMPDIR; }
  note "GOTMPDIR=$GOTMPDIR"
}

# 10. a target or a compiler that leaked in from another job
cure_leaked() {
  helped=1
  if said 'C compiler .* not found|executable file not found in \$PATH|cgo: ' && [ "$(go env CGO_ENABLED 2>/dev/null)" = 1 ]; then
    cc=$(go env CC 2>/dev/null)
    if ! command -v "${cc%% *}" >/dev/null 2>&1; then
      if [ -n "${CC-}" ] && { command -v gcc || command -v clang; } >/dev/null 2>&1; then
        say "CC=$CC is not on this host"
        unset CC
        note "CC unset"
        helped=0
      elif (CGO_ENABLED=0 && export CGO_ENABLED && go list -deps ./... >/dev/null 2>&1); then
        say "there is no C compiler, and the program needs none"
        CGO_ENABLED=0
        export CGO_ENABLED
        note "CGO_ENABLED=0"
        helped=0
      fi
    fi
  fi
  # Only where the command starts what it builds: a deliberate cross build is nobody's fault.
  case ${executes-} in
    1)
      if said 'exec format error|cannot execute' && [ "$(go env GOOS GOARCH 2>/dev/null)" != "$(go env GOHOSTOS GOHOSTARCH 2>/dev/null)" ]; then
        say "GOOS=${GOOS-} GOARCH=${GOARCH-} is not this host, and the command starts what it builds"
        unset GOOS GOARCH
        note "GOOS and GOARCH unset"
        helped=0
      fi
      ;;
  esac
  return "$helped"
}

# ---- the loop

executes=
case "${1##*/} ${2-}" in 'go run' | 'go test' | 'go generate') executes=1 ;; esac

run_command "$@"
rounds=0 cured=
while [ "$status" != 0 ] && [ "$rounds" -lt 10 ]; do
  rounds=$((rounds + 1))
  if [ "$status" -gt 128 ] && [ "$status" != 137 ]; then break; fi
  if said 'SECURITY ERROR|checksum mismatch'; then
    say "what a module is does not match its hash: $(line_of 'checksum mismatch|SECURITY ERROR')"
    say "this is never gone around. Find out who changed it, or look at it with: bin/medkit rescue -- $*"
    exit 3
  fi
  tried=
  for cure in go_missing goroot module_mode workspace goflags too_old cache temporary leaked modules; do
    case " $cured " in *" $cure "*) continue ;; esac
    if "cure_$cure"; then
      tried=1 cured="$cured $cure"
      break
    fi
  done
  [ -n "$tried" ] || break
  run_command "$@"
done

if [ "$status" = 0 ]; then
  if [ -n "$changes" ]; then
    say "recovered. Changed for this command only:"
    printf '%s' "$changes" >&2
    say "nothing outlives it: there is nothing to undo"
  fi
  exit 0
fi
if [ -z "$changes" ]; then
  say "the fault is in the program, or one that this script does not know; nothing was changed"
  say "bin/medkit rescue -- … knows more, where it starts"
  exit "$status"
fi
if said '^[^ ]*\.go:[0-9]+|^--- FAIL|^FAIL'; then
  say "the environment is in order now, and the program itself fails. Changed for this command only:"
  printf '%s' "$changes" >&2
  exit "$status"
fi
say "not recovered: a fault of the environment remains. Tried:"
printf '%s' "$changes" >&2
exit 3
