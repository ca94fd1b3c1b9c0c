#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# Second activation, several versions, platforms, refusals; where the kit is found.
. "$(dirname "$0")/lib.sh"
make_kit_at "$work/kit" --fake 1.21.13 --fake 1.22.5 --fake 1.9.7 --fake 1.22rc1 --platform plan9-386 --fake 1.30.1 --cache --overlay 1.21.13
make_kit_at "$work/ü kit/go-emergency-kit"
cd "$work/kit" || exit 1
check() {
  out=$(under_test "$2" "$work/kit" "$work" 2>"$work/err")
  if [ "$out" = "$3" ]; then ok "$1"; else not_ok "$1" "got $out, want $3; $(cat "$work/err")"; fi
}
has() { if grep -q -e "$2" "$work/err"; then ok "$1"; else not_ok "$1" "$(cat "$work/err")"; fi; }
one_line() { if [ "$(wc -l <"$work/err")" -eq 1 ]; then ok "$1"; else not_ok "$1" "$(cat "$work/err")"; fi; }
check 'newest is the default' '. ./activate.sh; go version' 'go version go1.22.5 linux/amd64'
check 'MEDKIT_GO' 'MEDKIT_GO=1.21.13; . ./activate.sh; go version' 'go version go1.21.13 linux/amd64'
check 'MEDKIT_GO with go in front' 'MEDKIT_GO=go1.21.13; . ./activate.sh; go version' 'go version go1.21.13 linux/amd64'
check 'MEDKIT_GO of a series' 'export MEDKIT_GO=1.21; . ./activate.sh; go version' 'go version go1.21.13 linux/amd64'
check 'MEDKIT_GO of a candidate' 'export MEDKIT_GO=1.22rc1; . ./activate.sh; go version' 'go version go1.22rc1 linux/amd64'
check 'MEDKIT_GO 1.22 is not the candidate' 'export MEDKIT_GO=1.22; . ./activate.sh; go version' 'go version go1.22.5 linux/amd64'
check 'overlay first' 'MEDKIT_GO=1.21.13; . ./activate.sh; echo "$GOPROXY"' "file://$work/kit/modules-by-go/go1.21.13,file://$work/kit/modules"
check 'no overlay' '. ./activate.sh; echo "$GOPROXY"' "file://$work/kit/modules"
check 'unknown version' 'MEDKIT_GO=1.30.1; . ./activate.sh; echo $?${GOROOT-}; command -v medkit_deactivate; set | grep -a "^medkit"' 5
one_line 'unknown version: one line'
has 'unknown version: names those there' 'go1.21.13 go1.22.5'
check 'no version' 'MEDKIT_GO="1;x"; . ./activate.sh; echo $?${GOROOT-}' 2
check 'second activation' 'export GOROOT=/x; snap "$2/a"; . ./activate.sh; . ./activate.sh; . ./activate.sh; go version; . ./deactivate.sh; snap "$2/b"' 'go version go1.22.5 linux/amd64'
if why=$(same_snap "$work/a" "$work/b"); then ok 'second activation: restored'; else not_ok 'second activation: restored' "$why"; fi
check 'switching versions' 'export GOROOT=/x GOFLAGS=-v; snap "$2/a"; MEDKIT_GO=1.21.13; . ./activate.sh; go version; MEDKIT_GO=1.22.5; . ./activate.sh; go version; echo $GOFLAGS; unset MEDKIT_GO; . ./deactivate.sh; snap "$2/b"' 'go version go1.21.13 linux/amd64
go version go1.22.5 linux/amd64
-v -trimpath'
if why=$(same_snap "$work/a" "$work/b"); then ok 'switching versions: restored'; else not_ok 'switching versions: restored' "$why"; fi
check 'failed switch keeps the old' '. ./activate.sh; MEDKIT_GO=9.9; . ./activate.sh; echo $?; go version; . ./deactivate.sh; echo ${GOROOT-none}' '5
go version go1.22.5 linux/amd64
none'
check 'another kit in the same shell' '. ./activate.sh; cd "$2/ü kit"; . ./go-emergency-kit/activate.sh; go version; echo "$GOPROXY"; . "$1/deactivate.sh"; echo ${MEDKIT_KIT-none}' "go version go1.21.13 linux/amd64
file://$work/%C3%BC%20kit/go-emergency-kit/modules
none"
check 'a subshell' '. ./activate.sh; (. ./activate.sh; medkit_deactivate; echo "${GOROOT-none}"); go version; . ./deactivate.sh' 'none
go version go1.22.5 linux/amd64'
check 'from the folder above' 'cd "$2/ü kit"; . ./go-emergency-kit/activate.sh; go version' 'go version go1.21.13 linux/amd64'
check 'MEDKIT_KIT' 'cd /; MEDKIT_KIT="$2/ü kit/go-emergency-kit"; . "$1/activate.sh"; go version; echo "$GOROOT"' "go version go1.21.13 linux/amd64
$work/ü kit/go-emergency-kit/state/go/go1.21.13"
check 'MEDKIT_KIT wrong' 'MEDKIT_KIT=/nowhere; . "$1/activate.sh"; echo $?' 2
one_line 'MEDKIT_KIT wrong: one line'
case $shell in
  bash | zsh)
    check 'from anywhere' 'cd /; . "$1/activate.sh"; go version' 'go version go1.22.5 linux/amd64'
    ln -s "$work/kit/activate.sh" "$work/link.sh"
    check 'through a link' 'cd /; . "$2/link.sh"; go version' 'go version go1.22.5 linux/amd64'
    ;;
  *)
    check 'from anywhere refused' 'cd /; . "$1/activate.sh"; echo $?; command -v medkit_deactivate medkit_find_; set | grep -a "^medkit"' 2
    one_line 'from anywhere refused: one line'
    ;;
esac
# shellcheck disable=SC2086 # a command and its arguments
$run_shell ./activate.sh >"$work/out" 2>"$work/err"
if [ "$?" -eq 2 ] && grep -q sourced "$work/err"; then ok 'executed: refused'; else not_ok 'executed: refused' "$(cat "$work/out" "$work/err")"; fi
# A platform that the kit does not hold
mkdir "$work/bin"
printf '#!/bin/sh\necho "Linux host riscv64"\n' >"$work/bin/uname"
chmod 755 "$work/bin/uname"
# busybox runs its own uname, whatever PATH says.
[ "$shell" = 'busybox ash' ] && run_shell=dash
check 'wrong platform' 'PATH=$2/bin:$PATH; . ./activate.sh; echo $?${GOROOT-}' 6
one_line 'wrong platform: one line'
has 'wrong platform: names those there' 'linux/riscv64, only:.*go1.21.13(linux/amd64).*go1.30.1(plan9/386)'
[ "$shell" = 'busybox ash' ] && run_shell=$shell
# Warm caches of other platforms
rm -rf state
check 'warm cache of this platform only' 'MEDKIT_GO=1.22.5; . ./activate.sh; cd "$GOCACHE"; ls 00/* ab/*; n=0; while [ ! -f ff/ff0123-a ] && [ "$n" -lt 30 ]; do sleep 1; n=$((n + 1)); done; ls [0-9a-f][0-9a-f]/*' '00/000123-a
00/004567-d
ab/ab0123-a
ab/ab4567-d
00/000123-a
00/004567-d
ab/ab0123-a
ab/ab4567-d
ff/ff0123-a
ff/ff4567-d'
check 'warm cache of another' 'MEDKIT_GO=1.22.5; MEDKIT_WARM=plan9/386; . ./activate.sh; cd "$GOCACHE"; ls [0-9a-f][0-9a-f]/*' '00/000123-a
00/004567-d
77/770123-a
ab/ab0123-a
ab/ab4567-d
ff/ff0123-a
ff/ff4567-d'
check 'warm cache that is not there' 'MEDKIT_WARM="js/wasm plan9/386"; . ./activate.sh; echo $?' 0
has 'warm cache that is not there: said' 'no warm cache in this kit for js/wasm ('
if [ -z "$(ls -A state/tmp)" ]; then ok 'nothing left in state/tmp'; else not_ok 'nothing left in state/tmp' "$(ls -A state/tmp)"; fi
check 'rescue only with bin/medkit' '. ./activate.sh; command -v medkit_rescue || echo none' none
make_kit_at "$work/with" --launcher
cd "$work/with" || exit 1
check 'rescue' '. ./activate.sh; medkit_rescue go build "a b"' "kit=$work/with
rescue
--kit
$work/with
--
go
build
a b"
check 'verify after use' '. ./activate.sh; sh ./verify.sh --quiet; echo $?' 0
finish
