# shellcheck shell=sh
# What is still being unpacked behind the build holds the tools.
drill_waited=0
while [ -n "$(command find "$GOCACHE" -name 'medkit-later*')" ]; do
  drill_waited=$((drill_waited + 1))
  if [ "$drill_waited" -gt 2400 ]; then drill_fail "the later parts of the cache do not come"; fi
  drill_pause
done
cd "$DRILL_TOOLS_PROGRAM" || drill_fail "the program to look at is gone"
go build -o "$DRILL_OUT/looked-at" . || drill_fail "the program to look at does not build"
"$DRILL_OUT/looked-at" || drill_fail "the program to look at does not run"
command find "$GOCACHE" -name '*-d' >"$DRILL_OUT/outputs-before.txt"
drill_begin go-tools
go tool nm "$DRILL_OUT/looked-at" >"$DRILL_OUT/nm.txt" || drill_fail "go tool nm failed"
drill_address=$(awk '$3 == "main.main" { print $1 }' "$DRILL_OUT/nm.txt")
if [ -z "$drill_address" ]; then drill_fail "go tool nm does not name main.main"; fi
go tool objdump -s '^main.main$' "$DRILL_OUT/looked-at" >"$DRILL_OUT/objdump.txt" || drill_fail "go tool objdump failed"
case $(cat "$DRILL_OUT/objdump.txt") in 'TEXT main.main(SB)'*) ;; *) drill_fail "go tool objdump does not show main.main" ;; esac
case $(echo "0x$drill_address" | go tool addr2line "$DRILL_OUT/looked-at") in 'main.main'*) ;; *) drill_fail "go tool addr2line does not know main.main" ;; esac
go tool pprof -top -sample_index=inuse_space "$DRILL_OUT/looked-at" heap.out >"$DRILL_OUT/pprof.txt" || drill_fail "go tool pprof failed"
case $(cat "$DRILL_OUT/pprof.txt") in *main.main*) ;; *) drill_fail "go tool pprof does not show main.main" ;; esac
go tool trace -pprof=sched trace.out >"$DRILL_OUT/sched.out" || drill_fail "go tool trace failed"
if [ ! -s "$DRILL_OUT/sched.out" ]; then drill_fail "go tool trace gave nothing"; fi
drill_end
command find "$GOCACHE" -name '*-d' >"$DRILL_OUT/outputs-after.txt"
# Go also keeps an index of each package folder that it reads. What a compiler made is an archive, what a linker made a folder with a program.
awk 'NR == FNR { old[$0] = 1; next } !($0 in old)' "$DRILL_OUT/outputs-before.txt" "$DRILL_OUT/outputs-after.txt" >"$DRILL_OUT/outputs-new.txt"
drill_told compiled "$(while IFS= read -r drill_output; do
  if [ -d "$drill_output" ]; then echo program; else head -c 7 "$drill_output"; echo; fi
done <"$DRILL_OUT/outputs-new.txt" | tee "$DRILL_OUT/outputs-kinds.txt" | awk '$0 == "!<arch>" { n++ } END { print n + 0 }')"
drill_told outputs "$(LC_ALL=C sort "$DRILL_OUT/outputs-kinds.txt" | uniq -c | tr -s ' \n' ' ')"
rm -f heap.out trace.out
cd "$DRILL_PROJECT" || drill_fail "the project's folder is gone"
