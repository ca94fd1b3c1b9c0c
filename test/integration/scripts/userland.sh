#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# Other userlands: nothing but busybox in a chroot; bsdtar and shasum as on macOS; each digest tool alone; none.
. "$(dirname "$0")/lib.sh"
make_kit_at "$work/kit" --cache --launcher
cd "$work/kit" || exit 1
check() {
  out=$(under_test "$2" "$work/kit" "$work" 2>"$work/err")
  if [ "$out" = "$3" ]; then ok "$1"; else not_ok "$1" "got $out, want $3; $(cat "$work/err")"; fi
}
# shellcheck disable=SC2016 # text for another shell
story='. ./activate.sh; go version; ls "$GOCACHE/00"; sh ./verify.sh --quiet; echo $?; ./bin/medkit --version; . ./deactivate.sh; echo "${GOROOT-none}"'
want='go version go1.21.13 linux/amd64
000123-a
004567-d
0
medkit 0
none'
# tools NAME…: a PATH with these only; NAME=PROGRAM gives one another name
tools() {
  rm -rf "${work:?}/bin"
  mkdir "$work/bin"
  for t; do
    p=$(command -v "${t#*=}") || { skip "$name" "${t#*=} is not installed"; return 1; }
    ln -s "$p" "$work/bin/${t%%=*}"
  done
}
base='sh awk cat chmod cp date env find grep gzip head id ls mkdir mv od printf readlink rm rmdir sed sleep sort tail touch tr uname wc xargs true'
path_story() {
  rm -rf state
  # busybox prefers its own applets to PATH, whatever lies there: it has its own test below.
  case $shell in busybox*) return ;; esac
  check "$name" "PATH=\$2/bin; $story" "$want"
}
# shellcheck disable=SC2086 # a list of names
{
  name='bsdtar and shasum'
  tools $base tar=bsdtar shasum && path_story
  name='only openssl'
  tools $base tar openssl && path_story
  name='only sha256sum'
  tools $base tar sha256sum && path_story
  name='busybox tar, gzip, ls, sort, find'
  if tools $base tar=busybox sha256sum=busybox; then
    for t in gzip ls sort find awk od tail wc tr xargs date; do ln -sf "$(command -v busybox)" "$work/bin/$t"; done
    path_story
  fi
  name='no digest tool'
  if tools $base tar; then
    rm -rf state
    case $shell in
      busybox*) ;;
      *)
        check "$name" 'PATH=$2/bin; . ./activate.sh; echo "$?${GOROOT-}"; sh ./verify.sh >/dev/null; echo $?' '6
6' ;;
    esac
  fi
}
# A chroot that holds nothing but a static busybox.
if [ "$shell" != 'busybox ash' ]; then :
elif ! can_unshare -rm chroot /; then skip 'chroot with busybox only' 'unshare -rm is not allowed here'
else
  rm -rf state
  mkdir -p "$work/chroot/bin" "$work/chroot/tmp" "$work/chroot/dev"
  cp "$(command -v busybox)" "$work/chroot/bin/busybox"
  for t in $(busybox --list | grep -vx busybox); do ln -sf busybox "$work/chroot/bin/$t"; done
  : >"$work/chroot/dev/null"
  cp -a "$work/kit" "$work/chroot/kit"
  out=$(unshare -rm chroot "$work/chroot" /bin/busybox ash -c "cd /kit; export PATH=/bin; $story" 2>"$work/err")
  if [ "$out" = "$want" ]; then ok 'chroot with busybox only'; else not_ok 'chroot with busybox only' "$out $(cat "$work/err")"; fi
  if real_kit_at "$work/chroot/real"; then
    out=$(unshare -rmn chroot "$work/chroot" /bin/busybox ash -c 'cd /real; export PATH=/bin TMPDIR=/tmp; . ./activate.sh; mkdir /app; cd /app; printf "package main\nimport \"fmt\"\nfunc main() { fmt.Println(42) }\n" >main.go; printf "module app\n" >go.mod; go build -v -o app . 2>&1; ./app' 2>"$work/err")
    if [ "$out" = "app
42" ]; then ok 'chroot with busybox only: real build'; else not_ok 'chroot with busybox only: real build' "$out $(cat "$work/err")"; fi
  fi
fi
finish
