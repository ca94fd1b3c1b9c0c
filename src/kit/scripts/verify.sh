#!/bin/sh
# Compares this kit with its own sum files, manifest and signature. Starts no program of the kit, follows no link, writes
# nothing into it. POSIX sh and utilities; GNU, BSD and busybox userlands.
#
#     sh verify.sh [--signer KEY.pem] [--quiet]
#
# --signer KEY.pem   the Ed25519 public key that must have signed, from outside the kit
# --quiet            prints differences only
#
# Exit: 0 untouched; 4 something differs; 6 it cannot be checked here (no SHA-256 tool; --signer without a fit openssl);
# 2 usage. Not covered: state/, which holds what was written after unpacking.
#
# What holds what: the signature (if any) the manifest, the manifest the sum files, the sum files every file. A key that
# lies in the kit proves nothing about who made it: whoever can change the kit can change that key too.

# `zsh verify.sh`: zsh's own ways (no word splitting, `path` and `status` are special) are not sh's.
if [ -n "${ZSH_VERSION-}" ] && [ "$(emulate)" != sh ]; then exec sh "$0" "$@"; fi

set -u
set -f
blanks=' 
	'
IFS=$blanks
unset -f awk cat cd cmp command find grep kill ls mkdir od openssl printf pwd read rm rmdir sed sh sha256sum shasum sort tail test tr wc xargs 2>/dev/null
unset CDPATH ENV BASH_ENV POSIXLY_CORRECT GREP_OPTIONS GREP_COLORS BLOCK_SIZE BLOCKSIZE LS_BLOCK_SIZE QUOTING_STYLE TIME_STYLE LS_COLORS XARGS OPENSSL_CONF
LC_ALL=C
export LC_ALL
umask 077
nl='
'

usage() {
  printf 'usage: sh verify.sh [--signer KEY.pem] [--quiet]\n%s\n' "${1-}" >&2
  exit 2
}
signer='' signer_given='' quiet=''
while [ "$#" -gt 0 ]; do
  case $1 in
    --signer) [ "$#" -ge 2 ] || usage "--signer needs a file"; signer=$2 signer_given=1; shift ;;
    --signer=*) signer=${1#--signer=} signer_given=1 ;;
    --quiet) quiet=1 ;;
    *) usage "unknown argument: $1" ;;
  esac
  shift
done
if [ -n "$signer_given" ]; then
  if [ ! -f "$signer" ] || [ ! -r "$signer" ]; then usage "--signer: cannot read $signer"; fi
  case $signer in /*) ;; *) signer=$(pwd)/$signer ;; esac
fi

case $0 in */*) kit=${0%/*} ;; *) kit=. ;; esac
case $kit in /*) ;; *) kit=./$kit ;; esac
[ -f "$kit/verify.sh" ] || usage "cannot tell where $0 lies: run it as  sh ./verify.sh"
cd -P "$kit" || exit 6
kit=$(pwd -P)

# PATH without relative entries and without folders of the kit: nothing that lies here is started.
safe_path() {
  safe='' rest=${PATH-}:
  while [ -n "$rest" ]; do
    entry=${rest%%:*} rest=${rest#*:}
    case $entry/ in "$kit"/*) ;; /*) safe="$safe${safe:+:}$entry" ;; esac
  done
  PATH=${safe:-/usr/bin:/bin}
}
safe_path

bad=0
n_changed=0 n_added=0 n_missing=0 n_linked=0 n_mode=0 n_form=0
# differ KIND PATH [DETAIL]: one way in which this is not the kit that was made. What is not plain ASCII is shown as `?`.
differ() {
  bad=1
  case $1 in
    changed) n_changed=$((n_changed + 1)) ;; added) n_added=$((n_added + 1)) ;; missing) n_missing=$((n_missing + 1)) ;;
    linked) n_linked=$((n_linked + 1)) ;; mode) n_mode=$((n_mode + 1)) ;; *) n_form=$((n_form + 1)) ;;
  esac
  case $2 in
    *[!A-Za-z0-9._+~!@=,/-]*) shown=$(printf %s "$2" | tr -c 'A-Za-z0-9._+~!@=,/-' '?') ;;
    *) shown=$2 ;;
  esac
  printf '%s: %s%s\n' "$1" "$shown" "${3:+ ($3)}"
}
# Gives lines `KIND PATH[ DETAIL]` to differ. (No here-document in this file: some shells need a temporary file for one, and
# where that fails the lines would be lost.)
differ_all() {
  IFS=$nl
  # shellcheck disable=SC2086 # one word a line
  set -- $1
  IFS=$blanks
  for line in "$@"; do
    rest=${line#* }
    case $rest in *' '*) detail=${rest#* } ;; *) detail= ;; esac
    differ "${line%% *}" "${rest%% *}" "$detail"
  done
}

# The digest tool: OpenSSL first, it is several times faster where the processor helps.
empty=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
case $(openssl dgst -sha256 -r /dev/null 2>/dev/null) in
  "$empty "*) hasher='openssl dgst -sha256 -r' ;;
  *)
    case $(sha256sum /dev/null 2>/dev/null) in
      "$empty "*) hasher=sha256sum ;;
      *)
        case $(shasum -a 256 /dev/null 2>/dev/null) in
          "$empty "*) hasher='shasum -a 256' ;;
          *)
            printf 'nothing here can compute SHA-256 (sha256sum, shasum or openssl is needed)\nverified: no\n'
            exit 6
            ;;
        esac
        ;;
    esac
    ;;
esac
# Digest of one file or of standard input, 64 digits.
# shellcheck disable=SC2086 # a command and its arguments
digest() {
  digest_line=$($hasher "$@" 2>/dev/null)
  printf %s "${digest_line%% *}"
}

# ---- manifest: the lines whose form is fixed

# Sets sums (lines `<sha256> <name>`), sum_names, executables (lines). Only the first lines of the file count, in order.
read_manifest() {
  sums='' sum_names='' executables=''
  manifest_plain=$(awk '
    function fail() { print "bad - -"; failed = 1; exit }
    NR == 1 { if ($0 != "{") fail(); next }
    NR == 2 { if ($0 != "  \"schema\": \"medkit/kit/v1\",") fail(); next }
    NR == 3 { if ($0 !~ /^  "name": ".*",$/) fail(); next }
    NR == 4 { if ($0 !~ /^  "version": ".*",$/) fail(); next }
    NR == 5 { if ($0 !~ /^  "created": ".*",$/) fail(); next }
    NR == 6 { if ($0 != "  \"sums\": {") fail(); part = "sums"; next }
    part == "sums" && $0 == "  }," { part = "after"; next }
    part == "sums" {
      if ($0 !~ /^    "[a-z]+\.sha256sum": "[0-9a-f]+",?$/) fail()
      split($0, q, "\"")
      if (length(q[4]) != 64 || (q[2] in seen) || q[2] == "manifest.sha256sum") fail()
      seen[q[2]] = 1
      print "sum " q[4] " " q[2]
      next
    }
    part == "after" && $0 ~ /^  "executables": \[\],?$/ { done = 1; exit }
    part == "after" { if ($0 != "  \"executables\": [") fail(); part = "executables"; next }
    part == "executables" && $0 ~ /^  \],?$/ { done = 1; exit }
    part == "executables" {
      if ($0 !~ /^    "[A-Za-z0-9._+~!@=,\/-]+",?$/) fail()
      split($0, q, "\"")
      print "exec " q[2] " -"
    }
    END { if (!done && !failed) print "bad - -" }' ./manifest.json 2>/dev/null)
  # shellcheck disable=SC2086 # words without blanks, three a line
  set -- $manifest_plain
  while [ "$#" -ge 3 ]; do
    case $1 in
      sum) sums="$sums$2 $3$nl" sum_names="$sum_names $3" ;;
      exec) executables="$executables$2$nl" ;;
      *) differ form manifest.json "not a manifest of schema medkit/kit/v1" ;;
    esac
    shift 3
  done
}
is_plain_file() { [ -f "$1" ] && [ ! -L "$1" ]; }

if is_plain_file ./manifest.json; then read_manifest; else
  sums='' sum_names='' executables=''
  differ missing manifest.json
fi

# ---- the sum files: bound by the manifest, canonical form

# shellcheck disable=SC2086 # words without blanks, two a line
set -- $sums
while [ "$#" -ge 2 ]; do
  if [ -L "./$2" ]; then :; elif ! is_plain_file "./$2"; then differ missing "$2"
  elif [ "$(digest "./$2")" != "$1" ]; then differ changed "$2" "its SHA-256 is not the one in manifest.json"; fi
  shift 2
done
if [ ! -L ./manifest.sha256sum ] && ! is_plain_file ./manifest.sha256sum; then differ missing manifest.sha256sum; fi

# The sum files that can be read, as arguments of awk.
readable=
for name in $sum_names manifest.sha256sum; do
  if is_plain_file "./$name" && [ -r "./$name" ]; then readable="$readable ./$name"; fi
done

# An octet that no line may hold (NUL and CR among them), and a last line without its end: awk would not notice them.
# shellcheck disable=SC2086 # names of the fixed alphabet
if [ -n "$readable" ] && [ "$(cat $readable | tr -d '0-9A-Za-z._+~!@=,/ \n-' | wc -c | tr -d ' ')" != 0 ]; then
  for name in $readable; do
    [ "$(tr -d '0-9A-Za-z._+~!@=,/ \n-' <"$name" | wc -c | tr -d ' ')" = 0 ] || differ form "${name#./}" "holds octets that are not allowed"
  done
fi
for name in $readable; do
  [ "$(tail -c 1 "$name"; printf x)" = "${nl}x" ] || differ form "${name#./}" "is empty or lacks its final newline"
done

# Every line must be `<64 hex>  <path>`, ascending, and of a path that belongs to this sum file.
# shellcheck disable=SC2086 # names of the fixed alphabet
[ -z "$readable" ] || differ_all "$(awk '
  function owner(path, top) {
    top = path; sub(/\/.*/, "", top)
    if (path !~ /\// && path ~ /\.sha256sum$/) return ""
    if (top == "state") return ""
    if (top == "toolchains" || top == "cache" || top == "bin") return top
    if (top == "modules" || top == "modules-by-go") return "modules"
    if (path == "manifest.json" || path == "manifest.json.sig" || path == "signer.pem") return "manifest"
    return "kit"
  }
  function fault(why) { if (!(FILENAME in faulty)) print "form " name " line " FNR ": " why; faulty[FILENAME] = 1 }
  FNR == 1 { last = ""; name = substr(FILENAME, 3) }
  {
    hex = substr($0, 1, 64); path = substr($0, 67)
    if (length(hex) != 64 || hex ~ /[^0-9a-f]/ || substr($0, 65, 2) != "  ") { fault("is not a digest, two spaces and a path"); next }
    if (path == "" || path ~ /[^A-Za-z0-9._+~!@=,\/-]/ || ("/" path "/") ~ /\/\.?\.?\//) { fault("has a path that is not allowed"); next }
    if (owner(path) ".sha256sum" != name) { fault("names a file that does not belong there"); next }
    if ((last "") >= (path "")) fault("is out of order or given twice")
    last = path
  }' $readable)"

# Which of manifest.json, manifest.json.sig and signer.pem there are follows from the signature; all of them are listed.

# ---- what lies here

# `state` is left out only where it is a folder: a link or file in its place is not the state folder.
if [ -d ./state ] && [ ! -L ./state ]; then has_state=1; else has_state=; fi
# shellcheck disable=SC2086 # find's arguments
in_kit() {
  if [ -n "$has_state" ]; then find . -path ./state -prune -o "$@" -print; else find . "$@" -print; fi
}
unreadable=
found_files=$(in_kit -type f 2>/dev/null) || unreadable=1
found_folders=$(in_kit -type d 2>/dev/null) || unreadable=1
found_others=$(in_kit ! -type f ! -type d 2>/dev/null) || unreadable=1
found_runnable=$(in_kit -type f \( -perm -0100 -o -perm -0010 -o -perm -0001 \) 2>/dev/null) || unreadable=1
# The owner's bit tells whether a program runs; that of others alone is not what the kit was made with.
found_own=$(in_kit -type f -perm -0100 2>/dev/null) || unreadable=1
found_modes=$(in_kit ! -type l \( -perm -4000 -o -perm -2000 -o -perm -1000 -o -perm -0002 \) 2>/dev/null) || unreadable=1
[ -z "$unreadable" ] || differ changed . "some folder cannot be read"

# One awk compares the listing with the lists. A name with a line break in it comes as lines of which one is no path, is
# not listed, or comes twice: all three are found. Names with any other odd octet are not in the alphabet.
# shellcheck disable=SC2086 # names of the fixed alphabet
compared=$(
  {
    [ -z "$readable" ] || awk '{ print "L" substr($0, 67) }' $readable
    for name in $sum_names manifest.sha256sum; do printf 'S%s\n' "$name"; done
    printf '%s\n' "$executables" | awk 'NF { print "X" $0 }'
    printf '%s\n' "$found_files" | awk '{ print "F" $0 }'
    printf '%s\n' "$found_folders" | awk '{ print "D" $0 }'
    printf '%s\n' "$found_others" | awk '{ print "O" $0 }'
    printf '%s\n' "$found_runnable" | awk '{ print "R" $0 }'
    printf '%s\n' "$found_own" | awk '{ print "E" $0 }'
    printf '%s\n' "$found_modes" | awk '{ print "M" $0 }'
  } | awk '
    # What find printed, without its ./ ; odd ones are reported, with the blanks replaced, and give "".
    function clean(p) {
      if (p == ".") return p
      if (substr(p, 1, 2) == "./" && p !~ /[^A-Za-z0-9._+~!@=,\/-]/) return substr(p, 3)
      if (p != "") { sub(/^\.\//, "", p); gsub(/[^A-Za-z0-9._+~!@=,\/-]/, "?", p); print "added " p " a name that no file of a kit has" }
      return ""
    }
    { tag = substr($0, 1, 1); text = substr($0, 2) }
    tag == "L" {
      listed[text] = 1
      n = split(text, part, "/"); folder = ""
      for (i = 1; i < n; i++) { folder = folder (i > 1 ? "/" : "") part[i]; implied[folder] = 1 }
      next
    }
    tag == "S" { listed[text] = 1; next }
    tag == "X" { runs[text] = 1; next }
    { p = clean(text); if (p == "") next }
    tag == "F" {
      if (p in here) print "added " p " a name with a line break"
      here[p] = 1
      if (!(p in listed)) print "added " p
      next
    }
    tag == "D" { if (p != "." && !(p in implied)) print "added " p "/ a folder without a listed file"; next }
    tag == "O" { other[p] = 1; next }
    tag == "E" { runnable[p] = 1; next }
    tag == "R" { if (!(p in runs)) print "mode " p " executable, but should not be"; next }
    tag == "M" { print "mode " p " setuid, setgid, sticky or world-writable"; next }
    END {
      for (p in other) print "linked " p " a link or special file, not a regular one"
      for (p in listed) if (!(p in here) && !(p in other)) print "missing " p
      for (p in runs) if ((p in here) && !(p in runnable)) print "mode " p " lost its executable bit"
    }' | sort
)
# A sum file or a manifest that is missing was named above.
differ_all "$(printf '%s\n' "$compared" | awk 'NF && !(/^missing / && ($2 == "manifest.json" || $2 ~ /^[^\/]*\.sha256sum$/))')"

# ---- digests: two workers, loads balanced by size

# Lines `WORKER SHA256 PATH` for every listed file that is a regular one, largest first. `ls` is asked for sizes only: where
# it is fooled by an odd name, the balance suffers and nothing else.
regular=$(printf '%s\n' "$found_files")
# shellcheck disable=SC2086 # names of the fixed alphabet
work=$(
  {
    find . -type f -size +40 -exec ls -ln {} + 2>/dev/null | awk 'NF == 9 { print "Z" $5 " " $9 }'
    printf '%s\n' "$regular" | awk '{ print "F" $0 }'
    [ -z "$readable" ] || awk '{ print "L" $0 }' $readable
  } | awk '
    { tag = substr($0, 1, 1); text = substr($0, 2) }
    tag == "Z" { split(text, z, " "); size[substr(z[2], 3)] = z[1]; next }
    tag == "F" { here[substr(text, 3)] = 1; next }
    { path = substr(text, 67); if (path in here) printf "%d %s %s\n", size[path], substr(text, 1, 64), path }' |
    sort -k1,1nr -k3 | awk '{ w = (load[1] < load[0]); load[w] += $1 + 3000; print w, $2, $3 }'
)
# Digests of the files of worker $1, as `<hex> <path>`. The names are of the fixed alphabet, so xargs needs no quoting.
# shellcheck disable=SC2086 # a command and its arguments
digest_share() {
  printf '%s\n' "$work" | awk -v w="$1" '$1 == w && NF == 3 { print "./" $3 }' | xargs $hasher 2>/dev/null | awk '{ sub(/^\*/, "", $2); print "G" $1 " " $2 }'
}
case $work in
  '') digested= ;;
  # The left side works while the right one does its own share; then the results come through the pipe.
  *) digested=$(digest_share 0 | { digest_share 1; cat; }) ;;
esac
differ_all "$({ printf '%s\n' "$work" | awk 'NF == 3 { print "W" $2 " " $3 }'; printf '%s\n' "$digested"; } | awk '
  { tag = substr($0, 1, 1); hex = substr($0, 2, 64); path = substr($0, 66) }
  tag == "W" { want[path] = hex; sub(/^ /, "", path); want[" ./" path] = hex; order[++n] = path; next }
  tag == "G" { got[path] = hex }
  END { for (i = 1; i <= n; i++) { p = " ./" order[i]; if (!(p in got)) print "changed " order[i] " cannot be read"; else if (got[p] != want[p]) print "changed " order[i] } }' | sort)"

# ---- signature

scratch=
# shellcheck disable=SC2317 # called by the trap
remove_scratch() { [ -z "$scratch" ] || rm -rf "$scratch"; }
trap remove_scratch EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM
# openssl wants files. The folder is new and ours alone (mkdir fails on anything that exists).
make_scratch() {
  for base in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    case $base in /*) ;; *) continue ;; esac
    n=0
    while [ "$n" -lt 20 ]; do
      if mkdir -m 700 "$base/medkit-verify-$$-$n" 2>/dev/null; then scratch=$base/medkit-verify-$$-$n; return 0; fi
      n=$((n + 1))
    done
  done
  return 1
}
check_signature() { openssl pkeyutl -verify -pubin -inkey "$1" -rawin -in "$2" -sigfile "$3" >/dev/null 2>&1; }

# Whether this openssl can do Ed25519 is found out with test 2 of RFC 8032, 7.1: it must accept it, and refuse another message.
openssl_fit() {
  command -v openssl >/dev/null 2>&1 || { unfit="no openssl"; return 1; }
  make_scratch || { unfit="no folder for temporary files"; return 1; }
  printf '%s\n' '-----BEGIN PUBLIC KEY-----' 'MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=' '-----END PUBLIC KEY-----' >"$scratch/test.pem"
  printf r >"$scratch/test"
  printf s >"$scratch/other"
  printf '%s' 'kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==' | openssl base64 -d -A >"$scratch/test.sig" 2>/dev/null
  if ! check_signature "$scratch/test.pem" "$scratch/test" "$scratch/test.sig" || check_signature "$scratch/test.pem" "$scratch/other" "$scratch/test.sig"; then
    unfit="this openssl cannot verify Ed25519"
    return 1
  fi
}
# SHA-256 of the DER SubjectPublicKeyInfo of key $1; empty unless it is an Ed25519 public key (44 octets that begin so).
fingerprint() {
  case $(openssl pkey -pubin -in "$1" -pubout -outform DER 2>/dev/null | od -An -v -tx1 | tr -d ' \n') in
    302a300506032b6570032100????????????????????????????????????????????????????????????????) openssl pkey -pubin -in "$1" -pubout -outform DER 2>/dev/null | digest ;;
  esac
}

unable=
signature_line() { signature=$1; }
verify_signature() {
  unfit=
  has_sig='' has_key=''
  if is_plain_file ./manifest.json.sig; then has_sig=1; fi
  if is_plain_file ./signer.pem; then has_key=1; fi
  if [ -z "$has_sig$has_key" ]; then
    signature_line none
    [ -z "$signer_given" ] || differ missing manifest.json.sig "--signer demands a signature"
    return
  fi
  if [ -z "$has_sig" ]; then differ missing manifest.json.sig "signer.pem is there"; signature_line none; return; fi
  if [ -z "$has_key" ]; then differ missing signer.pem "manifest.json.sig is there"; fi
  sig_text=$(cat ./manifest.json.sig; printf x)
  sig_text=${sig_text%x}
  # 64 octets as base64: 86 characters and `==`, then a newline.
  if [ "${#sig_text}" -ne 89 ] || [ "$(wc -c <./manifest.json.sig | tr -d ' ')" != 89 ]; then sig_text=bad; fi
  case $sig_text in
    *[!A-Za-z0-9+/]*"==$nl") case ${sig_text%"==$nl"} in *[!A-Za-z0-9+/]*) sig_text=bad ;; esac ;;
    *"==$nl") ;;
    *) sig_text=bad ;;
  esac
  if [ "$sig_text" = bad ]; then differ form manifest.json.sig "is not one line of base64"; signature_line WRONG; return; fi
  if ! openssl_fit; then
    signature_line "NOT CHECKED ($unfit)"
    unable=1
    return
  fi
  if [ -n "$signer_given" ]; then key=$signer; else key=./signer.pem; fi
  print=$(fingerprint "$key")
  if [ -z "$print" ]; then
    if [ -n "$signer_given" ]; then usage "--signer: $signer is not an Ed25519 public key (PEM)"; fi
    [ -z "$has_key" ] || differ form signer.pem "is not an Ed25519 public key"
    signature_line WRONG
    return
  fi
  printf 'medkit/kit/v1 sha256:%s\n' "$(digest ./manifest.json)" >"$scratch/message"
  openssl base64 -d -A -in ./manifest.json.sig -out "$scratch/sig" 2>/dev/null
  if ! check_signature "$key" "$scratch/message" "$scratch/sig"; then
    differ changed manifest.json.sig "is not the signature of this manifest by the key $print"
    signature_line WRONG
  elif [ -n "$signer_given" ]; then
    signature_line "good, by the given key $print"
    if [ -n "$has_key" ] && [ "$(fingerprint ./signer.pem)" != "$print" ]; then differ changed signer.pem "is not the key that signed"; fi
  else
    signature_line "good, signed by $print (key lies in the kit: proves nothing about who)"
  fi
}
verify_signature

# ---- summary

n_listed=$(printf '%s\n' "$work" | awk 'NF == 3' | wc -l | tr -d ' ')
if [ -z "$quiet" ]; then
  printf 'files: %s compared, %s changed, %s added, %s missing, %s linked, %s with a wrong mode, %s of wrong form\n' \
    "$n_listed" "$n_changed" "$n_added" "$n_missing" "$n_linked" "$n_mode" "$n_form"
  [ -z "$has_state" ] || printf 'not covered: state/ (written after unpacking)\n'
  printf 'signature: %s\n' "$signature"
elif [ -n "$unable" ]; then printf 'signature: %s\n' "$signature"; fi
status=0
if [ "$bad" -ne 0 ]; then status=4; elif [ -n "$unable" ] && [ -n "$signer_given" ]; then status=6; fi
if [ "$status" -ne 0 ]; then printf 'verified: no\n'; elif [ -z "$quiet" ]; then printf 'verified: yes\n'; fi
exit "$status"
