#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# What the user changed while the kit was active is kept.
. "$(dirname "$0")/lib.sh"
make_kit_at "$work/kit"
cd "$work/kit" || exit 1
old_path=$PATH
check() {
  out=$(under_test "$2" "$work/kit" 2>"$work/err") || { not_ok "$1" "status $?: $out $(cat "$work/err")"; return; }
  out=$(printf '%s\n' "$out" | grep -v -E '^(BusyBox v.*|Enter .help. for.*|)$') # busybox greets an interactive user
  if [ "$out" = "$3" ]; then ok "$1"; else not_ok "$1" "got $out, want $3"; fi
}
check 'a variable changed' 'export GOPROXY=a GOFLAGS=-v; . ./activate.sh; GOPROXY=mine; . ./deactivate.sh; echo "$GOPROXY $GOFLAGS"' 'mine -v'
check 'a variable unset' 'export GOPROXY=a; . ./activate.sh; unset GOPROXY; . ./deactivate.sh; echo "${GOPROXY-gone}"' gone
check 'a cleared variable set' 'export GOOS=js; . ./activate.sh; export GOOS=linux; . ./deactivate.sh; echo "$GOOS"' linux
check 'a cleared variable left' 'export GOOS=js; . ./activate.sh; echo "${GOOS-none}"; . ./deactivate.sh; echo "$GOOS"' 'none
js'
check 'PATH, entries before and after' '. ./activate.sh; PATH="/front a:$PATH:/end"; . ./deactivate.sh; echo "$PATH"' "/front a:$old_path:/end"
check 'PATH, our entry last' 'p=$PATH; . ./activate.sh; PATH=$p:$GOROOT/bin; . ./deactivate.sh; echo "$PATH"' "$old_path"
check 'PATH, our entry gone' 'p=$PATH; . ./activate.sh; PATH=/y:$p; . ./deactivate.sh; echo "$PATH"' "/y:$old_path"
check 'PATH, a like entry stays' 'p=$PATH; . ./activate.sh; PATH=$GOROOT/bin2:$PATH:/z; . ./deactivate.sh; echo "$PATH"' "$work/kit/state/go/go1.21.13/bin2:$old_path:/z"
check 'one own entry in front' '. ./activate.sh; . ./activate.sh; case $PATH in "$1/state/go/go1.21.13/bin:"*) ;; *) echo no ;; esac; echo "${PATH#*:}"' "$old_path"
check 'readonly since' '. ./activate.sh; readonly GOSUMDB; medkit_deactivate; echo "$GOSUMDB ${GOROOT-gone}"' 'sum.golang.org gone'
shell_options=-i
check 'prompt changed' 'PS1="old> "; . ./activate.sh; PS1="new> "; . ./deactivate.sh; printf "%s\n" "$PS1"' 'new> '
check 'prompt shows the kit' 'PS1="old> "; . ./activate.sh; printf "%s\n" "$PS1"' '(go1.21.13 kit) old> '
shell_options=
# A readonly variable that is in the way: refused, and nothing changed.
rm -rf state
for v in GOROOT GOFLAGS PATH GOENV MEDKIT_KIT; do
  out=$(under_test "$v"'=${'"$v"'-$1}; readonly '"$v"'; snap "$2/a"; . ./activate.sh; echo "status $?"; snap "$2/b"' "$work/kit" "$work" 2>"$work/err")
  if [ "$out" = 'status 2' ] && why=$(same_snap "$work/a" "$work/b") && grep -q "in the way: $v\$" "$work/err" && [ ! -e state ]; then ok "readonly $v refused"
  else not_ok "readonly $v refused" "$out $(cat "$work/err") ${why-}"; fi
  rm -rf state
done
out=$(under_test 'CC=gcc; export CC; readonly CC; . ./activate.sh; echo "status $?"' 2>/dev/null)
if [ "$out" = 'status 2' ]; then ok 'readonly CC refused'; else not_ok 'readonly CC refused' "$out"; fi
out=$(under_test 'GOBIN=; readonly GOBIN; . ./activate.sh; echo "status $?"; . ./deactivate.sh' 2>/dev/null)
if [ "$out" = 'status 0' ]; then ok 'readonly but harmless'; else not_ok 'readonly but harmless' "$out"; fi
finish
