# shellcheck shell=sh
# shellcheck disable=SC1091 # beside this file
# The conventional way: the published toolchain archive, a file:// proxy, cold caches. Same build settings as the kit's.
. "$BENCH_SCRIPTS/steps.sh"

bench_begin unpack
cd "$BENCH_FOLDER" || bench_fail "no folder"
tar -xzf "$BENCH_TOOLCHAIN" || bench_fail "tar"
GOROOT=$BENCH_FOLDER/go PATH=$BENCH_FOLDER/go/bin:$PATH
GOPATH=$BENCH_FOLDER/gopath GOMODCACHE=$BENCH_FOLDER/gopath/pkg/mod GOCACHE=$BENCH_FOLDER/gocache
GOPROXY=$BENCH_PROXY GOSUMDB=sum.golang.org GOTOOLCHAIN=local GOENV=off GOFLAGS=-trimpath CGO_ENABLED=0
export GOROOT PATH GOPATH GOMODCACHE GOCACHE GOPROXY GOSUMDB GOTOOLCHAIN GOENV GOFLAGS CGO_ENABLED
bench_end

bench_build_and_ask
