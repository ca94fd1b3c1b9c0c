#!/bin/sh
# shellcheck disable=SC2016,SC1091 # code for the fake go; lib.sh lies beside
# rescue.sh gives go the key of the kit's own checksum database, and nothing that is none.
. "$(dirname "$0")/lib.sh"
key=sum.corp.example/team+1a2b3c4d+AQWvIeOLCTMa8VeBWIqDY5TZEnFtnkYVwZlWpYsTQqPB
# A go that has its modules only where GOPROXY is a kit's.
mkdir "$work/bin"
printf '%s\n' '#!/bin/sh' \
  'case $1 in version) echo go version go1.22.5 linux/amd64; exit ;; env) exit ;; esac' \
  'case ${GOPROXY-} in file://*) echo "with $GOSUMDB" ;; *) echo "m: module lookup disabled by GOPROXY=off" >&2; exit 1 ;; esac' >"$work/bin/go"
chmod 755 "$work/bin/go"
rescue() {
  cp "$here/../../../src/kit/scripts/rescue.sh" "$1/"
  # shellcheck disable=SC2086 # a command and its arguments
  out=$(cd "$work" && PATH=$work/bin:$PATH GOPROXY=off GOSUMDB=off $run_shell "$1/rescue.sh" -- go mod download 2>"$work/err")
  out="$? $out"
}
check() { if [ "$out" = "$2" ]; then ok "$1"; else not_ok "$1" "got $out, want $2; $(cat "$work/err")"; fi; }

make_kit_at "$work/plain"
rescue "$work/plain"
check 'the database that go knows by name' '0 with sum.golang.org'
make_kit_at "$work/own" --gosumdb "$key"
rescue "$work/own"
check 'own database' "0 with $key"
# As it is, and where the manifest says the same.
for bad in off sum.corp.example "$key https://sum.corp.example" '+12345678+x' '-x+12345678+x' 'a+12345678+x; touch x'; do
  rm -rf "$work/bad"
  make_kit_at "$work/bad" --gosumdb "$bad"
  rescue "$work/bad"
  check "$bad is no key" '4 '
done
printf '%s\n' "sum.evil.example${key#sum.corp.example/team}" >"$work/own/modules/gosumdb.txt"
rescue "$work/own"
check 'another key than the manifest names' '4 '
: >"$work/own/modules/gosumdb.txt"
rescue "$work/own"
check 'an empty file' '4 '
finish
