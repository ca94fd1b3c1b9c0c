#!/bin/sh
# The first process of a run's sandbox. As root of fresh namespaces it brings the loopback interface up and does the mounts
# that $DRILL_MOUNTS lists; then it runs the session ("$@", which gives up root), and looks at what the session left running.
# Standard error carries one marker a line, for medkit to time: the session has it as descriptor 3.
#
#   DRILL_ISOLATION   namespaces | none (then nothing is mounted, and processes cannot be told from the host's)
#   DRILL_MOUNTS      file of lines `<kind> TAB <from> TAB <to>`; empty: none. For tmpfs <from> is its options, or -
#   DRILL_TRANSCRIPT  file that takes the session's standard output and standard error
#   DRILL_DEVICES     an empty folder for a new /dev to be put together in
set -u
exec 3>&2 4>>"$DRILL_TRANSCRIPT"
tab='	'

# The host does not give what this run needs: that is no verdict on the kit.
lacks() {
  printf 'skip %s\n' "$1" >&3
  exit 75
}

devices() {
  mount -t tmpfs -o mode=755 tmpfs "$DRILL_DEVICES" || return 1
  for device in null zero full random urandom tty; do
    : >"$DRILL_DEVICES/$device"
    mount --bind "/dev/$device" "$DRILL_DEVICES/$device" || return 1
  done
  ln -s /proc/self/fd "$DRILL_DEVICES/fd"
  mount --rbind "$DRILL_DEVICES" "$1"
}

do_mount() {
  case $1 in
    # With what is mounted below it.
    bind) mount --rbind "$2" "$3" ;;
    bind-read-only) mount --bind "$2" "$3" && mount -o remount,bind,ro "$3" ;;
    bind-noexec) mount --bind "$2" "$3" && mount -o remount,bind,noexec "$3" ;;
    tmpfs)
      case $2 in -) set -- "$1" mode=1777,size=1g "$3" ;; esac
      mount -t tmpfs -o "$2" tmpfs "$3"
      ;;
    devices) devices "$3" ;;
    proc) mount -t proc proc "$3" ;;
    *) return 1 ;;
  esac
}

if [ "$DRILL_ISOLATION" = namespaces ]; then
  { ip link set lo up || ifconfig lo up || busybox ip link set lo up; } 2>/dev/null || lacks "nothing here brings a loopback interface up (ip, ifconfig or busybox)"
  while IFS=$tab read -r kind from to; do
    do_mount "$kind" "$from" "$to" 2>&4 || lacks "the kernel refuses a mount ($kind)"
  done <"$DRILL_MOUNTS"
fi

# From here on $DRILL_TRANSCRIPT may be covered by a mount; descriptor 4 is still the file.
(
  cd / || exit 1
  exec "$@"
) </dev/null >&4 2>&1 4>&-
printf 'exit %s\n' "$?" >&3

if [ "$DRILL_ISOLATION" = namespaces ]; then
  for process in /proc/[0-9]*; do
    case ${process#/proc/} in 1 | self) continue ;; esac
    command=$(tr '\000' ' ' 2>/dev/null <"$process/cmdline") || continue
    # A dead child that nobody waited for has no command line, and tr itself is gone by now.
    case $command in '' | 'tr '*) continue ;; esac
    printf 'left process %s\n' "$command" >&3
  done
  for file in /dev/shm/* /dev/shm/.[!.]*; do
    if [ -e "$file" ] || [ -L "$file" ]; then printf 'left file %s\n' "$file" >&3; fi
  done
fi
exit 0
