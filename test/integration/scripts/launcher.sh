#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# bin/medkit: finds its kit, checks and unpacks the executable once, runs it.
. "$(dirname "$0")/lib.sh"
make_kit_at "$work/a kit" --launcher
cd "$work/a kit" || exit 1
# shellcheck disable=SC2086 # a command and its arguments
run() {
  out=$($prefix $run_shell "$@" 2>"$work/err")
  st=$?
}
is() { if [ "$st" -eq "$2" ] && [ "$out" = "${3-$out}" ]; then ok "$1"; else not_ok "$1" "status $st, $out $(cat "$work/err")"; fi; }
one_line() { if [ "$(wc -l <"$work/err")" -eq 1 ]; then ok "$1: one line"; else not_ok "$1: one line" "$(cat "$work/err")"; fi; }
run bin/medkit a 'b c' ''
is 'runs, with its arguments' 0 "kit=$work/a kit
a
b c"
FAKE_EXIT=3
export FAKE_EXIT
run bin/medkit x
is 'gives its status' 3
unset FAKE_EXIT
ln -s "a kit/bin/medkit" "$work/medkit"
ln -s medkit "$work/again"
cd /
run "$work/again" x
is 'through links, from elsewhere' 0 "kit=$work/a kit
x"
cd "$work/a kit" || exit 1
echo '#' >>state/bin/medkit-linux-amd64
run bin/medkit x
is 'a changed unpacked one is unpacked again' 0
if gzip -dc bin/medkit-linux-amd64.gz | cmp -s - state/bin/medkit-linux-amd64; then ok 'unpacked again'; else not_ok 'unpacked again' 'still changed'; fi
# shellcheck disable=SC2086 # a command and its arguments
for _ in 1 2 3 4 5 6; do rm -rf state; for j in 1 2 3 4; do ($run_shell bin/medkit ok >"$work/o$j" 2>&1) & done; wait; cat "$work"/o?; done | grep -v -x -e ok -e "kit=$work/a kit" >"$work/odd"
if [ -s "$work/odd" ]; then not_ok 'four at once' "$(cat "$work/odd")"; else ok 'four at once'; fi
if can_unshare -rm; then
  printf '#!/bin/sh\nmount --bind "$KIT" "$KIT" && mount -o remount,bind,ro "$KIT" && cd "$KIT" && exec "$@"\n' >"$work/mount.sh"
  KIT=$work/a\ kit
  export KIT
  rm -rf state
  prefix="unshare -rm sh $work/mount.sh"
  FAKE_EXIT=4
  export FAKE_EXIT
  run bin/medkit x
  is 'read-only kit' 4 "kit=$work/a kit
x"
  unset FAKE_EXIT
  prefix=
  if [ -z "$(ls -A "$TMPDIR")" ]; then ok 'read-only kit: nothing left'; else not_ok 'read-only kit: nothing left' "$(ls -A "$TMPDIR")"; fi
else skip 'read-only kit' 'unshare -rm is not allowed here'; fi
rm -rf state
cp bin/medkit-linux-amd64.gz "$work/good"
for m in .gz -musl.gz; do printf X | dd of=bin/medkit-linux-amd64$m bs=1 seek=30 conv=notrunc 2>/dev/null; done
run bin/medkit x
is 'damaged' 4 ''
one_line damaged
cp "$work/good" bin/medkit-linux-amd64.gz
echo x >>bin/executables.txt
run bin/medkit x
is 'damaged list' 4 ''
grep -v 'medkit-linux-amd64' bin.sha256sum >x; mv x bin.sha256sum
run bin/medkit x
is 'none for this platform' 6 ''
one_line 'none for this platform'
# One that cannot start
cd "$work" && rm -rf 'a kit' && make_kit_at "$work/bad" --launcher
cd "$work/bad" || exit 1
printf 'no program' >x
for m in '' -musl; do
  gzip -n -c x >bin/medkit-linux-amd64$m.gz
  printf '%s  %s\n' "$(sha256sum <x | cut -c1-64)" "medkit-linux-amd64$m"
done >bin/executables.txt
printf '\177ELF\0\0' >x
for m in '' -musl; do
  gzip -n -c x >bin/medkit-linux-amd64$m.gz
  printf '%s  %s\n' "$(sha256sum <x | cut -c1-64)" "medkit-linux-amd64$m"
done >bin/executables.txt
rm x
sha256sum bin/* >bin.sha256sum
run bin/medkit x
is 'cannot start' 6 ''
one_line 'cannot start'
finish
