#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# Where state goes: read-only and noexec kits, a given folder, odd paths.
. "$(dirname "$0")/lib.sh"
chmod 755 "$work"
chmod 1777 "$TMPDIR"
check() {
  out=$(under_test "$2" "$work/kit" "$work" "$TMPDIR" 2>"$work/err")
  if [ "$out" = "$3" ]; then ok "$1"; else not_ok "$1" "got $out, want $3; $(cat "$work/err")"; fi
}
make_kit_at "$work/kit" --cache
cd "$work/kit" || exit 1
check 'MEDKIT_KIT_STATE' 'MEDKIT_KIT_STATE=$2/given; . ./activate.sh; echo "$GOROOT"; [ ! -e state ] || echo state; medkit_deactivate; [ -d "$2/given/go" ] && echo "kept $MEDKIT_KIT_STATE"' "$work/given/go/go1.21.13
kept $work/given"
check 'MEDKIT_KIT_STATE exported, again' 'export MEDKIT_KIT_STATE=$2/given; . ./activate.sh; . ./activate.sh; echo "$GOROOT"; medkit_deactivate; echo "$MEDKIT_KIT_STATE"' "$work/given/go/go1.21.13
$work/given"
check 'MEDKIT_KIT_STATE relative' 'MEDKIT_KIT_STATE=x; . ./activate.sh; echo $?' 2
check 'MEDKIT_KIT_STATE impossible' 'MEDKIT_KIT_STATE=/dev/null/x; . ./activate.sh; echo $?' 6
# The folder that a private activation makes, what is in it, and what is left of it.
private='. ./activate.sh; case $GOROOT in "$3"/medkit-kit-*/go/go1.21.13) echo private ;; *) echo "$GOROOT" ;; esac
  s=${GOROOT%/go/go1.21.13}; [ "$MEDKIT_KIT_STATE" = "$s" ] || echo "state $MEDKIT_KIT_STATE"; case $(ls -ld "$s") in drwx------*) echo 0700 ;; esac; go version
  mkdir -p "$GOMODCACHE/m@v1/d"; echo x >"$GOMODCACHE/m@v1/d/f"; chmod -R a-w "$GOMODCACHE/m@v1"
  . ./activate.sh; [ "$s/go/go1.21.13" = "$GOROOT" ] || echo "another folder: $GOROOT"
  sh ./verify.sh --quiet || echo "verify $?"
  . ./deactivate.sh; [ ! -e "$s" ] && echo "removed ${MEDKIT_KIT_STATE-none}"; ls "$3"'
want='private
0700
go version go1.21.13 linux/amd64
removed none'
if [ "$(id -u)" = 0 ] && setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null; then
  prefix='setpriv --reuid=65534 --regid=65534 --clear-groups'
  check 'read-only for this user' "$private" "$want"
  prefix=
elif [ "$(id -u)" != 0 ]; then
  chmod -R a-w .
  check 'read-only for this user' "$private" "$want"
  chmod -R u+w .
else skip 'read-only for this user' 'no setpriv'; fi
rm -rf state
# in_mount OPTIONS: the shell under test sees the kit under a bind mount with these options
in_mount() {
  # shellcheck disable=SC2016 # text for another shell
  printf '#!/bin/sh\nmount --bind "%s" "%s" && mount -o "remount,bind,$MOUNT" "%s" && cd "%s" && exec "$@"\n' "$work/kit" "$work/kit" "$work/kit" "$work/kit" >"$work/mount.sh"
  MOUNT=$1
  export MOUNT
  prefix="unshare -rm sh $work/mount.sh"
}
if can_unshare -rm; then
  in_mount ro
  check 'read-only mount' "$private" "$want"
  in_mount noexec
  check 'noexec mount' "$private" "$want"
  # The kit is moved to /mnt, since /tmp is covered.
  printf '#!/bin/sh\nmount --bind "%s" /mnt && mount -o remount,bind,ro /mnt && cd /mnt && for d in "%s" /tmp /var/tmp; do mount -t tmpfs -o noexec none "$d"; done; TMPDIR=/tmp exec "$@"\n' "$work/kit" "$TMPDIR" >"$work/mount.sh"
  check 'nowhere to unpack' '. ./activate.sh; echo "$?${GOROOT-}"' 6
  prefix=
else skip 'mounts' 'unshare -rm is not allowed here'; fi
rm -rf state
# A shell that is gone left its folder: the next activation removes it, and leaves that of a living one.
if can_unshare -rm; then
  in_mount ro
  out=$(under_test '. ./activate.sh; kill -9 $$' "$work/kit" 2>/dev/null)
  before=$(find "$TMPDIR" -maxdepth 1 -name 'medkit-kit-*' | wc -l)
  node=$(uname -n)
  mkdir "$TMPDIR/medkit-kit-$node-$$-0"
  check 'folders of dead shells' '. ./activate.sh; ls "$3" | wc -l; . ./deactivate.sh; ls "$3"' "2
medkit-kit-$node-$$-0"
  [ "$before" = 1 ] || not_ok 'folders of dead shells: there was one' "$before"
  rm -rf "$TMPDIR"/medkit-kit-*
  prefix=
fi

# Odd paths
# Two names only with the shell's quotes in them; `:` cannot be in PATH, so state is private then.
q=\'
for name in 'with blanks' 'ünïcödé 工具箱' "it${q}s \"quoted\"" '$HOME `x` \b' '-dash' '100%41' '[a]*?' 'a&b;c|d#e!f~'; do
  make_kit_at "$work/odd/$name"
  cd "$work/odd/$name" || exit 1
  check "path: $name" '. ./activate.sh; go version; [ "$GOROOT" = "$PWD/state/go/go1.21.13" ] || echo "$GOROOT"; sh ./verify.sh --quiet; . ./deactivate.sh; echo "${GOROOT-none}"' 'go version go1.21.13 linux/amd64
none'
done
make_kit_at "$work/odd/co:lon"
cd "$work/odd/co:lon" || exit 1
check 'path: colon' '. ./activate.sh; go version; case $GOROOT in "$3"/medkit-kit-*) echo private ;; esac; echo "$GOPROXY"' "go version go1.21.13 linux/amd64
private
file://$work/odd/co%3Alon/modules"
nl='
'
make_kit_at "$work/odd/line${nl}break"
cd "$work/odd/line${nl}break" || exit 1
check 'path: line break is refused' '. ./activate.sh; echo $?' 2
finish
