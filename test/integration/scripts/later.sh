#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# What is unpacked behind the first build: it goes on as long as a shell that uses it is active, and ends with the last one.
. "$(dirname "$0")/lib.sh"
make_kit_at "$work/kit" --cache
cd "$work/kit" || exit 1
parts=$(find cache/go1.21.13.linux-amd64 -name 'part-*.tar.gz' | wc -l)
gocache=$work/kit/state/gocache/go1.21.13
case $(uname -n) in *[!A-Za-z0-9.]*) node=host ;; *) node=$(uname -n) ;; esac
number=$gocache/medkit-later.$node
# In the shell under test: waits until file $1 is there; until all parts are, as medkit-warm.txt says. Ten seconds each.
waits='wait_for() { n=0; until [ -e "$1" ] || [ "$n" -ge 100 ]; do sleep 0.1; n=$((n + 1)); done; }
wait_for_parts() { n=0; until [ "$(grep -c . "$GOCACHE/medkit-warm.txt")" -ge "$1" ] || [ "$n" -ge 100 ]; do sleep 0.1; n=$((n + 1)); done; grep -c . "$GOCACHE/medkit-warm.txt"; }
'
equal() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "got $2, want $3; $(cat "$work"/err.*)"; fi; }
fresh() { rm -rf state "$work"/*.ready "$work"/*.gone; }
# The first shell starts it, the second one comes while it runs; the first is gone before it unpacks anything.
two() { # WHAT THE SECOND DOES
  fresh
  (under_test "$waits"'. ./activate.sh; : >"$2/a.ready"; wait_for "$2/b.ready"; . ./deactivate.sh; : >"$2/a.gone"' "$work/kit" "$work" 2>"$work/err.a") &
  out=$(under_test "$waits"'wait_for "$2/a.ready"; . ./activate.sh; : >"$2/b.ready"; wait_for "$2/a.gone"; '"$1" "$work/kit" "$work" "$parts" 2>"$work/err.b")
  wait
}

[ "$parts" -gt 1 ] || not_ok 'the kit has parts for later' "$parts"
two 'wait_for_parts "$3"; . ./deactivate.sh'
equal 'goes on for the second shell' "$out" "$parts"
equal 'nothing of it is left' "$(find "$gocache" -name 'medkit-later*')" ""

two '. ./deactivate.sh; sleep 3; grep -c . "$2/kit/state/gocache/go1.21.13/medkit-warm.txt"'
equal 'ends with the last shell' "$out" 1

fresh
under_test '. ./activate.sh; . ./deactivate.sh' 2>"$work/err.a"
sleep 3
equal 'ends with the only shell' "$(grep -c . "$gocache/medkit-warm.txt")" 1

# A shell that was killed does not hold it.
fresh
under_test '. ./activate.sh; kill -9 $$' >/dev/null 2>"$work/err.a"
under_test '. ./activate.sh; . ./deactivate.sh' 2>"$work/err.b"
sleep 3
equal 'a killed shell does not keep it going' "$(grep -c . "$gocache/medkit-warm.txt")" 1

# Activated again, and a subshell that ends its own: the shell itself still counts.
fresh
out=$(under_test "$waits"'. ./activate.sh; . ./activate.sh; wait_for_parts "$3"; . ./deactivate.sh' "$work/kit" "$work" "$parts" 2>"$work/err.a")
equal 'goes on after a second activation' "$out" "$parts"

# Another state folder (so it is with another version): what was unpacked for the former ends, and the new one goes on.
fresh
out=$(under_test "$waits"'. ./activate.sh; MEDKIT_KIT_STATE=$2/other; . ./activate.sh; wait_for_parts "$3"; . ./deactivate.sh' "$work/kit" "$work" "$parts" 2>"$work/err.a")
equal 'goes on in another state folder' "$out" "$parts"
equal 'ends in the former state folder' "$(grep -c . "$gocache/medkit-warm.txt")" 1
equal 'nothing is left in the former' "$(find "$gocache" -name 'medkit-later*')" ""
rm -rf "$work/other"

# A number that another program has by now, which is none of ours.
fresh
sleep 60 &
other=$!
mkdir -p "$gocache"
echo "$other" >"$number"
out=$(under_test "$waits"'. ./activate.sh; wait_for_parts "$3"; . ./deactivate.sh' "$work/kit" "$work" "$parts" 2>"$work/err.a")
equal 'a stale number stops nothing' "$out" "$parts"
fresh
mkdir -p "$gocache"
under_test '. ./activate.sh; kill "$(cat "$4")"; while [ -e "$4" ]; do sleep 0.1; done; echo "$3" >"$4"; . ./deactivate.sh' "$work/kit" "$work" "$other" "$number" 2>"$work/err.a"
if [ -e "$number" ]; then not_ok 'a stale number goes' "$(cat "$number")"; else ok 'a stale number goes'; fi
if kill -0 "$other" 2>/dev/null; then ok 'a stranger is not killed'; else not_ok 'a stranger is not killed' 'it was'; fi
kill "$other" 2>/dev/null
finish
