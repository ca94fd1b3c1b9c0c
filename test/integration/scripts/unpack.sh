#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# Unpacking: many shells at once, interrupted ones, damaged parts, an unpacked tree that something changed.
. "$(dirname "$0")/lib.sh"
make_kit_at "$work/kit" --cache
check() {
  out=$(under_test "$2" "$work/kit" "$work" 2>"$work/err")
  if [ "$out" = "$3" ]; then ok "$1"; else not_ok "$1" "got $out, want $3; $(cat "$work/err")"; fi
}
has() { if grep -q -F -e "$2" "$work/err"; then ok "$1"; else not_ok "$1" "$(cat "$work/err")"; fi; }
clean_tmp() { if [ -z "$(ls -A state/tmp)" ] && [ "$(ls state/go)" = go1.21.13 ]; then ok "$1"; else not_ok "$1" "$(ls -A state/tmp state/go)"; fi; }
go_is='. ./activate.sh; go version'
version='go version go1.21.13 linux/amd64'
# shellcheck disable=SC2016 # text for another shell
tree='cd "$GOROOT" && find . -type f | sed "s,^\./,," | LC_ALL=C sort | xargs sha256sum | cmp - "$MEDKIT_KIT/toolchains/go1.21.13.linux-amd64/files.txt"'

cd "$work/kit" || exit 1
rounds=0
while [ "$rounds" -lt 3 ]; do
  rounds=$((rounds + 1))
  rm -rf state
  for i in 1 2 3 4 5 6 7 8 9 10; do (under_test "$go_is; $tree && echo same" "$work/kit" >"$work/out.$i" 2>"$work/err.$i") & done
  wait
  bad=
  for i in 1 2 3 4 5 6 7 8 9 10; do
    [ "$(cat "$work/out.$i")" = "$version
same" ] || bad="$bad $i: $(cat "$work/out.$i" "$work/err.$i")"
  done
  if [ -z "$bad" ]; then ok "ten at once, round $rounds"; else not_ok "ten at once, round $rounds" "$bad"; fi
  clean_tmp "ten at once, round $rounds: nothing left"
done
# In subshells of one shell, which share $$
rm -rf state
check 'subshells at once' 'for i in 1 2 3 4; do (. ./activate.sh && go version) & done; wait' "$version
$version
$version
$version"
clean_tmp 'subshells at once: nothing left'

# Changed after unpacking: found at the next activation, one line, unpacked afresh
altered() { # NAME COMMAND
  rm -rf state
  under_test '. ./activate.sh' 2>/dev/null
  (cd state/go/go1.21.13 && eval "$2")
  check "$1" "$go_is; $tree && echo same" "$version
same"
  if [ "$(grep -c 'unpacking it afresh' "$work/err")" = 1 ]; then ok "$1: said in one line"; else not_ok "$1: said in one line" "$(cat "$work/err")"; fi
}
altered 'a tool changed, same size' 'printf "#!/bin/sh\necho COMPILE\n#2345" | head -c "$(wc -c <pkg/tool/linux_amd64/compile)" >x; cat x >pkg/tool/linux_amd64/compile; rm x'
altered 'a file grew' 'echo >>src/fmt/print.go'
altered 'a file is missing' 'rm src/fmt/f1.go'
altered 'a file was added' 'echo >src/fmt/x.go'
altered 'a hidden file was added' 'echo >src/fmt/.x'
altered 'a file became a link' 'mv src/fmt/f1.go ../f1; ln -s ../../../f1 src/fmt/f1.go'
altered 'an added name with blanks' 'echo >"src/a b"'
altered 'go lost its executable bit' 'chmod a-x bin/go'
altered 'two files swapped' 'mv VERSION y; mv src/unsafe/unsafe.go VERSION; mv y src/unsafe/unsafe.go'
altered 'the tree is empty' 'rm -rf ./* ./.h*'
altered 'the tree is a file' 'cd ..; rm -rf go1.21.13; echo >go1.21.13; true'
clean_tmp 'afterwards nothing is left'

# Damaged parts: refused, nothing activated, nothing left
damaged() { # NAME FILE COMMAND STATUS
  make_kit_at "$work/bad"
  cp -a "$work/kit/cache" "$work/kit/cache.sha256sum" "$work/bad/" 2>/dev/null
  rm -rf "$work/bad" && make_kit_at "$work/bad" --cache
  cd "$work/bad" || exit 1
  (eval "$3")
  check "$1" 'export GOROOT=/x; snap "$2/a"; . ./activate.sh; echo "$?"; snap "$2/b"' 4
  if why=$(same_snap "$work/a" "$work/b"); then ok "$1: nothing changed"; else not_ok "$1: nothing changed" "$why"; fi
  if [ "$(wc -l <"$work/err")" -eq 1 ] && grep -q -F -e "$2" "$work/err"; then ok "$1: named in one line"; else not_ok "$1: named in one line" "$(cat "$work/err")"; fi
  if [ ! -e state ] || { [ -z "$(ls -A state/tmp)" ] && [ -z "$(ls -A state/go)" ]; }; then ok "$1: nothing left"; else not_ok "$1: nothing left" "$(find state | head)"; fi
  cd "$work" && rm -rf bad
}
t=toolchains/go1.21.13.linux-amd64
damaged 'a part flipped' part-2-src.tar.gz "printf X | dd of=$t/part-2-src.tar.gz bs=1 seek=100 conv=notrunc 2>/dev/null"
damaged 'a part cut' part-1-bin.tar.gz "head -c 200 $t/part-1-bin.tar.gz >x; cat x >$t/part-1-bin.tar.gz; rm x"
damaged 'a part gone' part-3-rest.tar.gz "rm $t/part-3-rest.tar.gz"
damaged 'the list of files changed' files.txt "echo >>$t/files.txt"
damaged 'tree.txt changed' tree.txt "echo >>$t/tree.txt"
damaged 'the sum file changed' toolchains.sha256sum "sed '1s/^./0/' toolchains.sha256sum >x; cmp -s x toolchains.sha256sum && sed '1s/^./1/' toolchains.sha256sum >x; mv x toolchains.sha256sum"
damaged 'the sum file lost a part' toolchains.sha256sum "grep -v part-2 toolchains.sha256sum >x; mv x toolchains.sha256sum"
damaged 'a cache part flipped' cache/go1.21.13.linux-amd64/part-1.tar.gz "printf X | dd of=cache/go1.21.13.linux-amd64/part-1.tar.gz bs=1 seek=50 conv=notrunc 2>/dev/null"
damaged 'no manifest' manifest.json 'rm manifest.json'

# Interrupted
cd "$work/kit" && rm -rf state
mkdir -p "state/tmp/stage-$(uname -n)-999999/tree/go1.21.13" state/tmp/lock state/tmp/stage-elsewhere-1
echo "$(uname -n) 999999" >state/tmp/lock/holder
touch -t 202001010000 state/tmp/stage-elsewhere-1
check 'leftovers of a killed one' "$go_is" "$version"
clean_tmp 'leftovers of a killed one: removed'
if real_kit_at "$work/real"; then
  cd "$work/real" || exit 1
  round=0
  for delay in 0.05 0.2 0.4 0.7 1.0; do
    round=$((round + 1))
    rm -rf state
    # A session of its own, so that all of its processes can be killed at once.
    # shellcheck disable=SC2086 # a command and its arguments
    setsid $run_shell -c '. ./activate.sh' >/dev/null 2>&1 &
    leader=$!
    sleep "$delay"
    kill -9 -- "-$leader" 2>/dev/null
    wait "$leader" 2>/dev/null
    check "killed after $delay s" "$go_is; $tree && echo same" "$version
same"
    clean_tmp "killed after $delay s: nothing left"
  done
  rm -rf state
  # shellcheck disable=SC2086 # a command and its arguments
  setsid $run_shell -c '. ./activate.sh' >/dev/null 2>&1 &
  leader=$!
  sleep 0.6
  kill -INT -- "-$leader" 2>/dev/null
  wait "$leader" 2>/dev/null
  check 'after Ctrl-C' "$go_is" "$version"
  clean_tmp 'after Ctrl-C: nothing left'
else skip interrupted "no go that gives go$real_go"; fi
finish
