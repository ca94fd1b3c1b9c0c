#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# GOFLAGS is filtered, everything that would lead out of the kit is set aside and named.
. "$(dirname "$0")/lib.sh"
make_kit_at "$work/kit"
make_kit_at "$work/private" --private '*.corp.example,'
cd "$work/kit" || exit 1
has() { if grep -q -F -e "$2" "$work/err"; then ok "$1"; else not_ok "$1" "$(cat "$work/err")"; fi; }
check() {
  out=$(under_test "$2" "$work/kit" "$work" "${4-}" 2>"$work/err")
  if [ "$out" = "$3" ]; then ok "$1"; else not_ok "$1" "got $out, want $3; $(cat "$work/err")"; fi
}
flags() { check "flags: $1" "export GOFLAGS=\$3; . ./activate.sh; printf '%s\n' \"\$GOFLAGS\"" "$3" "$2"; }

flags none '' -trimpath
flags kept '-v  -tags=a,b' '-v -tags=a,b -trimpath'
flags 'tabs and line breaks' '-v	-x
 -tags=a' '-v -x -tags=a -trimpath'
flags forbidden '-mod=vendor -v --modfile=x -overlay=o -toolexec=t -mod' '-v -trimpath'
has 'flags: forbidden ones named' 'dropped from GOFLAGS: -mod=vendor --modfile=x -overlay=o -toolexec=t -mod'
flags quoted "'-ldflags=-s -w' \"-tags=a b\" '-toolexec=x y'" "'-ldflags=-s -w' \"-tags=a b\" -trimpath"
flags unknown '-nosuch -v -other=1' '-v -trimpath'
has 'flags: unknown ones named' 'dropped from GOFLAGS: -nosuch -other=1'
flags 'open quote' "-v '-x" -trimpath
flags 'trimpath twice' '-trimpath -trimpath=false -v' '-v -trimpath'
flags 'globs' '-tags=* -v' '-tags=* -v -trimpath'
check 'flags: not exported do not count' 'GOFLAGS=-v; . ./activate.sh; echo "$GOFLAGS"; medkit_deactivate; echo "$GOFLAGS"' '-trimpath
-v'
check 'cgo' 'export CGO_ENABLED=1 CC=clang; . ./activate.sh; echo "$CGO_ENABLED ${CC-none}"' '0 none'
has 'cgo: named' 'CGO_ENABLED=0 instead of 1'
check 'cgo kept' 'export CC=clang CGO_CFLAGS=-O3; MEDKIT_CGO=1; . ./activate.sh; echo "$CGO_ENABLED $CC $CGO_CFLAGS"' '1 clang -O3'

# Everything at once, poisoned.
poison='GOROOT=/bad GOPATH=/bad GOMODCACHE=/bad GOCACHE=/bad GOPROXY=direct GOSUMDB=off GOTOOLCHAIN=go9 GOENV=/bad/env GOWORK=/bad/go.work GO111MODULE=off GOPRIVATE=* GONOPROXY=* GONOSUMDB=* GOINSECURE=* GOBIN=/bad GOOS=plan9 GOARCH=mips GOEXPERIMENT=bad GOCACHEPROG=/bad CC=/bad CXX=/bad AR=/bad FC=/bad PKG_CONFIG=/bad GOAMD64=v9 GOARM=1 GO386=x GOARM64=x GOMIPS=x GOPPC64=x GORISCV64=x GOWASM=x GOFIPS140=x GOAUTH=/bad GOVCS=x GODEBUG=gocacheverify=1 GOTMPDIR=/bad GOEXE=x GOHOSTOS=x GOHOSTARCH=x GOTOOLDIR=/bad GOROOT_FINAL=/bad CGO_CFLAGS=x CGO_LDFLAGS_ALLOW=x GOSSAFUNC=x GOCLOBBERDEADHASH=x'
check 'poisoned' "export $(printf %s "$poison" | sed 's/=\*/="*"/g'); . ./activate.sh; env | grep -a -E '^(GO|CGO_|CC=|CXX=|AR=|FC=|PKG_CONFIG=)' | LC_ALL=C sort" "CGO_ENABLED=0
GOCACHE=$work/kit/state/gocache/go1.21.13
GOENV=off
GOFLAGS=-trimpath
GOMODCACHE=$work/kit/state/gopath/pkg/mod
GOPATH=$work/kit/state/gopath
GOPROXY=file://$work/kit/modules
GOROOT=$work/kit/state/go/go1.21.13
GOSUMDB=sum.golang.org
GOTOOLCHAIN=local"
named=1
for p in $poison; do
  case ${p%%=*} in GOROOT | GOPATH | GOMODCACHE | GOCACHE | GOPROXY | GOSUMDB | GOTOOLCHAIN) continue ;; esac
  sed -n 's/.*set aside until medkit_deactivate://p' "$work/err" | tr ' ' '\n' | grep -qx "${p%%=*}" || { named=0; not_ok 'poisoned: named' "${p%%=*} is not named"; break; }
done
[ "$named" = 0 ] || ok 'poisoned: named'
check 'harmless ones stay' 'export GODEBUG=http2client=0 GOGC=50 GOMAXPROCS=1 GOTMPDIR=$2; . ./activate.sh; echo "$GODEBUG $GOGC $GOMAXPROCS $GOTMPDIR"' "http2client=0 50 1 $work"
mkdir -p "$HOME/.config/go"
echo GOPROXY=bad >"$HOME/.config/go/env"
check 'go env -w' '. ./activate.sh; echo "$GOENV"' off
has 'go env -w: named' "settings of go env -w in $HOME/.config/go/env"
check 'tools misled by the environment' 'export TAR_OPTIONS=--exclude=bin GZIP=-x BLOCK_SIZE=K TIME_STYLE=long-iso QUOTING_STYLE=c LS_BLOCK_SIZE=M POSIXLY_CORRECT=1 GREP_OPTIONS=-v LC_ALL=C.UTF-8 IFS=o; rm -rf state; . ./activate.sh; go version' 'go version go1.21.13 linux/amd64'
cd "$work/private" || exit 1
check 'private modules: bad pattern' '. ./activate.sh; echo $?' 4
cd "$work" && rm -rf private && make_kit_at "$work/private" --private '*.corp.example'
cd "$work/private" || exit 1
check 'private modules' 'export GONOSUMDB=x; . ./activate.sh; echo "$GONOSUMDB ${GONOPROXY-none} ${GOPRIVATE-none} $GOSUMDB"; . ./deactivate.sh; echo $GONOSUMDB' '*.corp.example none none sum.golang.org
x'
echo '*' >>modules/private.txt
check 'private modules: changed' '. ./activate.sh; echo $?' 4
cd "$work/kit" && echo '*' >modules/private.txt
check 'private modules: added' '. ./activate.sh; echo $?' 4
rm modules/private.txt

# The checksum database of the kit
key=sum.corp.example+1a2b3c4d+AQWvIeOLCTMa8VeBWIqDY5TZEnFtnkYVwZlWpYsTQqPB
make_kit_at "$work/database" --gosumdb "$key"
cd "$work/database" || exit 1
check 'own database' '. ./activate.sh; echo "$GOSUMDB"' "$key"
echo 'off' >modules/gosumdb.txt
check 'own database: changed' '. ./activate.sh; echo $?' 4
for bad in off sum.corp.example 'a+12345678+x; touch /tmp/x' '+12345678+x'; do
  cd "$work" && rm -rf database && make_kit_at "$work/database" --gosumdb "$bad"
  cd "$work/database" || exit 1
  check "own database: $bad is no key" '. ./activate.sh; echo $?' 4
done
cd "$work/kit" && echo "$key" >modules/gosumdb.txt
check 'own database: added' '. ./activate.sh; echo $?' 4
rm modules/gosumdb.txt

# The flags that the real go knows
if real_kit_at "$work/real"; then
  cd "$work/real" || exit 1
  flags 'real go' "-tags=a '-ldflags=-s -w' -nosuch -p=abc -p=2 -race -buildvcs=false -count=1 -modcacherw -C=/ -buildmode=nosuch -json" "-tags=a '-ldflags=-s -w' -p=2 -buildvcs=false -count=1 -modcacherw -json -trimpath"
  has 'flags: real go names' 'dropped from GOFLAGS: -nosuch -p=abc -race -C=/ -buildmode=nosuch'
else skip 'flags: real go' "no go that gives go$real_go"; fi
finish
