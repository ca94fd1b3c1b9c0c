#!/bin/bash
# Runs a command and prints its wall time and CPU time, in seconds: what a shell sees of it. Needs bash 5.
out=$1
shift
TIMEFORMAT='%3U %3S'
begin=$EPOCHREALTIME
{ time "$@" >"$out" 2>&1 </dev/null; } 2>"$out.cpu"
status=$?
end=$EPOCHREALTIME
read -r user system <"$out.cpu"
printf '%s %s %s %s %s\n' "$status" "$begin" "$end" "$user" "$system"
