#!/bin/sh
# Starts the medkit executable that fits this host: checks its sum, unpacks it once into the kit's state folder, runs it.
# Exit 6, with one line, where the kit has none that starts here; the kit's scripts work without it.

# `zsh bin/medkit`: zsh's own ways (unmatched patterns are errors) are not sh's.
if [ -n "${ZSH_VERSION-}" ] && [ "$(emulate)" != sh ]; then exec sh "$0" "$@"; fi

set -u
nl='
'
# The environment is for medkit, so it is changed in subshells only. What bash hands down as exported functions is not.
unset -f awk cat cd chmod command dirname grep gzip id kill ls mkdir mv openssl printf pwd readlink rm sha256sum shasum uname 2>/dev/null

die() {
  printf 'medkit: %s\n' "$2" >&2
  exit "$1"
}

# ---- the kit: the parent of the folder that this file lies in, links resolved

self=$0
case $self in */*) ;; *) self=$(command -v -- "$self") || die 1 "cannot tell where $0 lies" ;; esac
hops=0
while [ -L "$self" ]; do
  hops=$((hops + 1))
  [ "$hops" -le 40 ] || die 1 "too many links at $0"
  target=$(readlink "$self") || die 1 "cannot resolve the link $self"
  case $target in /*) self=$target ;; *) self=${self%/*}/$target ;; esac
done
kit=$(unset CDPATH && cd -P "${self%/*}/.." && pwd -P) || die 1 "cannot enter the kit's folder"
[ -f "$kit/bin.sha256sum" ] || die 4 "bin.sha256sum is missing: this kit is incomplete"

# ---- the platform

case $(uname -s) in Linux) os=linux ;; Darwin) os=darwin ;; *) os=$(uname -s) ;; esac
case $(uname -m) in x86_64 | amd64) arch=amd64 ;; aarch64 | arm64) arch=arm64 ;; i?86) arch=386 ;; arm*) arch=arm ;; *) arch=$(uname -m) ;; esac
if [ "$os/$arch" = darwin/amd64 ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then arch=arm64; fi

# glibc's loader decides: a glibc host may have musl installed beside it, hardly the other way round.
libc=
if [ "$os" = linux ]; then
  for loader in /lib64/ld-linux-*.so.* /lib/ld-linux*.so.* /lib/*/ld-linux*.so.* /lib64/ld64.so.*; do
    if [ -e "$loader" ]; then libc=glibc; fi
  done
  if [ -z "$libc" ]; then
    for loader in /lib/ld-musl-*; do
      if [ -e "$loader" ]; then libc=musl; fi
    done
  fi
  if [ -z "$libc" ]; then case $(ldd --version 2>&1) in *musl*) libc=musl ;; *) libc=glibc ;; esac fi
fi

# Sets `packed` (the sum that is listed) for executable $1; fails where the kit does not hold it.
listed() {
  packed=
  while read -r hex path; do
    case $path in "bin/$1.gz") packed=$hex ;; bin/executables.txt) sum_of_list=$hex ;; esac
  done <"$kit/bin.sha256sum"
  [ -n "$packed" ]
}
sum_of_list=
name=medkit-$os-$arch
if [ "$libc" = musl ]; then name=$name-musl; fi
listed "$name" || die 6 "this kit holds no medkit for $os/$arch${libc:+ ($libc)}; its scripts (activate.sh, verify.sh) work without"

# ---- digests

empty=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
case $(openssl dgst -sha256 -r /dev/null 2>/dev/null) in
  "$empty "*) digest() { openssl dgst -sha256 -r "$1"; } ;;
  *)
    case $(sha256sum /dev/null 2>/dev/null) in
      "$empty "*) digest() { sha256sum "$1"; } ;;
      *)
        case $(shasum -a 256 /dev/null 2>/dev/null) in
          "$empty "*) digest() { shasum -a 256 "$1"; } ;;
          *) die 6 "nothing here can compute SHA-256 (sha256sum, shasum or openssl is needed), so medkit cannot be checked" ;;
        esac
        ;;
    esac
    ;;
esac
# True where the file $2 has the SHA-256 $1.
has_digest() {
  case $(digest "$2" 2>/dev/null) in "$1 "*) return 0 ;; *) return 1 ;; esac
}

# ---- the state folder: the same rule as activate.sh has

usable() {
  mkdir -p "$1/bin" "$1/tmp" 2>/dev/null || return 1
  try=$1/tmp/try-$$
  (umask 077 && printf '#!/bin/sh\nexit 0\n' >"$try") 2>/dev/null || return 1
  chmod 700 "$try" 2>/dev/null
  "$try" 2>/dev/null </dev/null
  try_status=$?
  rm -f "$try"
  [ "$try_status" -ne 126 ]
}
private=
remove_private() { [ -z "$private" ] || rm -rf "$private"; }
state=${MEDKIT_KIT_STATE-}
mask=$(umask)
umask go-w
if [ -n "$state" ]; then
  usable "$state" || die 6 "MEDKIT_KIT_STATE=$state cannot be used (it must be a folder to write to and to start programs from)"
elif usable "$kit/state"; then
  state=$kit/state
else
  for base in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    private=${base%/}/medkit-run-$$
    if mkdir -m 700 "$private" 2>/dev/null; then
      if usable "$private"; then break; fi
      rm -rf "$private"
    fi
    private=
  done
  [ -n "$private" ] || die 6 "the kit cannot be written to or is on a noexec mount, and neither can ${TMPDIR:-/tmp}: set MEDKIT_KIT_STATE to a folder that can"
  state=$private
fi
exe=$state/bin/$name

# ---- the runtime inside the executable

# These turn it into something else, or run code in it.
unset BUN_BE_BUN BUN_OPTIONS BUN_CONFIG_PRELOAD

# ---- unpack once; later runs compare inode, size and time with what was noted then

stamp_of() { (LC_ALL=C && unset TIME_STYLE BLOCK_SIZE LS_BLOCK_SIZE QUOTING_STYLE && export LC_ALL && ls -lni "$exe") 2>/dev/null; }
if [ ! -x "$exe" ] || [ "$(stamp_of)$nl$packed" != "$(cat "$exe.stamp" 2>/dev/null)" ]; then
  file=$kit/bin/$name.gz
  if ! { [ -n "$sum_of_list" ] && has_digest "$sum_of_list" "$kit/bin/executables.txt"; }; then remove_private; die 4 "bin/executables.txt is damaged or missing; nothing was started"; fi
  unpacked=
  while read -r hex path; do
    if [ "$path" = "$name" ]; then unpacked=$hex; fi
  done <"$kit/bin/executables.txt"
  if [ -z "$unpacked" ]; then remove_private; die 4 "bin/executables.txt does not list $name; nothing was started"; fi
  if ! { [ -x "$exe" ] && has_digest "$unpacked" "$exe"; }; then
    if ! has_digest "$packed" "$file"; then remove_private; die 4 "bin/$name.gz is damaged or missing (its SHA-256 is not the one that the kit lists); nothing was started"; fi
    stage=$state/tmp/medkit-$$
    trap 'rm -f "$stage"; remove_private' EXIT
    trap 'exit 130' INT
    trap 'exit 143' HUP TERM
    if ! gzip -dc "$file" >"$stage" 2>/dev/null || ! has_digest "$unpacked" "$stage"; then die 6 "cannot unpack medkit into $state (is the disk full?)"; fi
    if ! chmod 755 "$stage" || ! mv -f "$stage" "$exe"; then die 6 "cannot write to $state"; fi
  fi
  # The first start tells whether it can start at all: a missing loader or library says so here, in one line.
  if ! started=$("$exe" --version 2>&1 </dev/null); then
    remove_private
    if [ "$os" = linux ] && [ ! -r /proc/self/maps ]; then started='/proc is not mounted, and it needs that'; fi
    die 6 "medkit does not start on this host (${started%%"$nl"*}); the kit's scripts (activate.sh, verify.sh) work without"
  fi
  printf '%s\n%s\n' "$(stamp_of)" "$packed" >"$exe.stamp"
  trap - EXIT INT HUP TERM
fi
umask "$mask"

MEDKIT_KIT=$kit
export MEDKIT_KIT
if [ -z "$private" ]; then exec "$exe" "$@"; fi
# A private folder goes when medkit has ended, so this shell stays. A signal that comes to both (from a terminal, or to the
# group) ends medkit, and then the trap lets this shell go on to the removal.
MEDKIT_KIT_STATE=$private
export MEDKIT_KIT_STATE
trap remove_private EXIT
trap : HUP INT TERM
"$exe" "$@"
exit "$?"
