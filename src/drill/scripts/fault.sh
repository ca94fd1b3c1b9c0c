#!/bin/sh
# One fault: the command is seen to fail, medkit is let at it, what it left is undone. $1 is the run's settings, written by medkit: it sets f_out and
# f_tool, and defines f_command, f_rescue, f_serve (nothing: no server). Descriptor 3 carries markers for medkit to time.
set -u
f_out='' f_tool='' f_serves='' f_passes=''
# shellcheck source=/dev/null
. "$1"

f_end() {
  [ -z "$f_server" ] || kill "$f_server" 2>/dev/null
  exit "$1"
}
f_fail() {
  printf 'fail %s\n' "$1" >&3
  f_end 1
}
f_begin() {
  printf '\n== %s\n' "$1"
  printf 'begin %s\n' "$1" >&3
}

f_server=
env | sort >"$f_out/before.env"
if [ -n "$f_serves" ]; then
  f_begin server
  f_serve >"$f_out/server.txt" 2>&1 3>&- &
  f_server=$!
  f_tries=0
  until [ -s "$f_out/server.txt" ]; do
    f_tries=$((f_tries + 1))
    [ "$f_tries" -le 200 ] || f_fail "the server did not come up"
    sleep 0.05
  done
  echo end >&3
fi

f_begin break
(f_command) 3>&-
f_status=$?
printf 'told broken %s\n' "$f_status" >&3
if [ -z "$f_passes" ]; then
  [ "$f_status" -ne 0 ] || f_fail "the command passes: the fault is none here"
else
  [ "$f_status" -eq 0 ] || f_fail "the command does not pass, and has to"
fi
echo end >&3

f_begin rescue
(f_rescue) 3>&-
f_status=$?
printf 'told exit %s\n' "$f_status" >&3
echo end >&3

f_begin undo
f_undo=$(sed -n 's/^  "undo": "medkit \(.*\)",\{0,1\}$/\1/p' "$f_out/report.json")
if [ -n "$f_undo" ]; then
  # shellcheck disable=SC2086 # words of our own making
  (umask 022; "$f_tool" $f_undo) 3>&- || f_fail "rescue --undo ended with status $?"
fi
echo end >&3
env | sort >"$f_out/after.env"
f_end 0
