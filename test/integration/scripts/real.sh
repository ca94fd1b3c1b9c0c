#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# The real toolchain, without network: build from the warm cache, also of a kit that lay for 60 days.
. "$(dirname "$0")/lib.sh"
if ! real_kit_at "$work/kit"; then
  skip real "no go that gives go$real_go"
  exit 0
fi
if can_unshare -rn; then prefix='unshare -rn'; else skip 'without network' 'unshare -rn is not allowed here: the network is there'; fi
mkdir -p "$work/app"
cat >"$work/app/main.go" <<'GO'
package main

import "fmt"

func main() { fmt.Println("built") }
GO
printf 'module app\n' >"$work/app/go.mod"
check() {
  out=$(under_test "$2" "$work/kit" "$work" 2>"$work/err")
  if [ "$out" = "$3" ]; then ok "$1"; else not_ok "$1" "got $out, want $3; $(cat "$work/err")"; fi
}
cd "$work/kit" || exit 1
# `go build -v` names what it compiles: with a warm cache nothing but the program itself.
# shellcheck disable=SC2016 # text for another shell
build='cd "$2/app"; go build -v -o app . 2>&1; ./app'
# shellcheck disable=SC2016 # text for another shell
home_clean='find "$HOME" ! -type d | grep -v /telemetry/ | head -n 3'
check 'all of go env lies in the kit' '. ./activate.sh; go version; for v in GOROOT GOPATH GOMODCACHE GOCACHE; do case $(go env $v) in "$1/state/"*) ;; *) go env $v ;; esac; done; go env GOPROXY GOSUMDB GOTOOLCHAIN GOFLAGS CGO_ENABLED GONOSUMDB GOWORK; echo "$GOENV"' "go version go$real_go linux/amd64
file://$work/kit/modules
sum.golang.org
local
-trimpath
0


off"
out=$(under_test ". ./activate.sh; $build" "$work/kit" "$work" 2>&1 | grep -v '^medkit: ')
if [ "$out" = 'app
built' ]; then ok 'warm build'; else not_ok 'warm build' "$out"; fi
entries=$(find state/gocache -type f | wc -l)

# 60 days in a drawer: all files, also Go's own notes in the cache.
find . -exec touch -c -d '60 days ago' {} +
date -d '60 days ago' +%s | tr -d '\n' >"state/gocache/go$real_go/trim.txt"
touch -d '60 days ago' "state/gocache/go$real_go/trim.txt"
check 'aged: trim.txt is of today' '. ./activate.sh; t=$(cat "$GOCACHE/trim.txt"); [ $(($(date +%s) - t)) -lt 100 ] && echo fresh; find "$GOCACHE" -type f -mtime +0 | wc -l | tr -d " "' 'fresh
0'
for i in 1 2 3; do echo "// $i" >>"$work/app/main.go"; under_test ". ./activate.sh; $build" "$work/kit" "$work" >/dev/null 2>&1; done
echo '// last' >>"$work/app/main.go"
check 'aged: still warm after three builds' ". ./activate.sh; $build" 'app
built'
if [ "$(find state/gocache -type f | wc -l)" -ge "$entries" ]; then ok 'aged: no entry lost'; else not_ok 'aged: no entry lost' "$entries before, $(find state/gocache -type f | wc -l) after"; fi
# The other way: aged between activation and build, with Go's note still there
check 'go clean -cache, then activation' '. ./activate.sh; go clean -cache; . ./activate.sh; cd "$2/app"; rm -f app; go build -v -o app . 2>&1' 'app'
check 'GOPATH mode, poisoned' 'export GO111MODULE=off GOFLAGS=-mod=mod GOROOT=/bad GOPROXY=direct; . ./activate.sh; cd "$2/app"; go build -o app . && ./app' built
check 'set -eu' "set -eu; . ./activate.sh; $build; . \"\$1/deactivate.sh\"" 'built'
check 'verify after use' '. ./activate.sh; sh ./verify.sh --quiet; echo $?' 0
check 'HOME stays clean' ". ./activate.sh; go version >/dev/null; $home_clean" ''
rm -rf "$work/moved"
mv "$work/kit" "$work/moved kit ü"
cd "$work/moved kit ü" || exit 1
rm -f "$work/app/app"
check 'moved: still warm' '. ./activate.sh; cd "$2/app"; echo "//" >>main.go; go build -v -o app . 2>&1; ./app' 'app
built'
rm -rf state
check 'moved and fresh: still warm' '. ./activate.sh; cd "$2/app"; echo "//" >>main.go; go build -v -o app . 2>&1; ./app' 'app
built'
finish
