#!/bin/sh
# shellcheck disable=SC2016,SC2086,SC2317,SC1091 # code for the shell under test; a shell is a command and its arguments
# verify.sh of the kit: passes an untouched and a used kit, and finds every kind of change.
. "$(dirname "$0")/lib.sh"
keys=$made/keys
if ! { mkdir "$keys" 2>/dev/null && openssl genpkey -algorithm ed25519 -out "$keys/a.pem" && openssl genpkey -algorithm ed25519 -out "$keys/b.pem"; } 2>/dev/null; then
  [ -f "$keys/b.pem" ] || skip keys 'no openssl with Ed25519'
fi
for k in a b; do openssl pkey -in "$keys/$k.pem" -pubout -out "$work/$k.pub"; done
make_kit_at "$work/signed" --cache --launcher --overlay 1.21.13 --sign "$keys/a.pem"
make_kit_at "$work/unsigned" --cache --launcher
bit=$work/bit
# shellcheck disable=SC2086 # a command and its arguments
verify() {
  out=$($prefix $run_shell ./verify.sh "$@" 2>"$work/err")
  st=$?
}
expect() { # NAME STATUS [TEXT]
  if [ "$st" -eq "$2" ] && case $out in *"${3-}"*) ;; *) false ;; esac; then ok "$1"; else not_ok "$1" "status $st, want $2 with '${3-}': $out $(cat "$work/err")"; fi
}
cd "$work/signed" || exit 1
verify; expect untouched 0 'verified: yes'
expect 'says that a key in the kit proves nothing' 0 'proves nothing about who'
if [ -s "$work/err" ]; then not_ok 'nothing on stderr' "$(cat "$work/err")"; else ok 'nothing on stderr'; fi
verify --quiet; expect quiet 0
if [ -z "$out" ]; then ok 'quiet prints nothing'; else not_ok 'quiet prints nothing' "$out"; fi
verify --signer "$work/a.pub"; expect 'signer' 0 'good, by the given key'
verify --signer "$work/b.pub"; expect 'other signer' 4 'verified: no'
verify --signer=/nowhere; expect 'signer that is not there' 2
verify --signer "$keys/a.pem"; expect 'signer that is no public key' 2
verify --nonsense; expect 'unknown option' 2
cp "$work/a.pub" ../rel.pub
verify --signer ../rel.pub; expect 'signer, relative' 0
cd "$work/unsigned" || exit 1
verify; expect unsigned 0 'signature: none'
verify --signer "$work/a.pub"; expect 'unsigned, signer demanded' 4 'verified: no'
cd "$work/signed" || exit 1
out=$(cd / && sh "$work/signed/verify.sh"); st=$?; expect 'from elsewhere' 0 'verified: yes'
prefix="env CDPATH=/:/tmp IFS=/ GREP_OPTIONS=-v BLOCK_SIZE=K TIME_STYLE=long-iso QUOTING_STYLE=c POSIXLY_CORRECT=1 LC_ALL=C.UTF-8 PATH=.:$work/signed/bin:$PATH"
verify
prefix=
expect 'misleading environment' 0 'verified: yes'
mkdir "$work/noed"
printf '#!/bin/sh\ncase $1 in pkeyutl) exit 1 ;; esac\nexec %s "$@"\n' "$(command -v openssl)" >"$work/noed/openssl"
chmod 755 "$work/noed/openssl"
PATH=$work/noed:$PATH verify; expect 'openssl without Ed25519' 0 'signature: NOT CHECKED'
PATH=$work/noed:$PATH verify --signer "$work/a.pub"; expect 'openssl without Ed25519, demanded' 6 'verified: no'
printf '#!/bin/sh\ncase $1 in pkeyutl) exit 0 ;; esac\nexec %s "$@"\n' "$(command -v openssl)" >"$work/noed/openssl"
PATH=$work/noed:$PATH verify; expect 'openssl that says yes to everything' 0 'signature: NOT CHECKED'
mkdir -p state/go/x state/tmp && echo x >state/x && ln -s /etc state/link && chmod 777 state/go/x
verify; expect 'what lies in state' 0 'not covered: state/'
rm -rf state

# mutate NAME TEXT COMMAND: a copy changed by COMMAND gives 4, and TEXT in the output
mutate() {
  rm -rf "$bit"
  cp -a "$work/signed" "$bit"
  cd "$bit" || exit 1
  (eval "$3") || { not_ok "$1" 'the change failed'; return; }
  if [ -f verify.sh ] && [ ! -L verify.sh ]; then verify; else out=$($run_shell "$work/signed/verify.sh" 2>&1); st=4; fi
  expect "$1" 4 "$2"
  case $out in *'verified: yes'*) not_ok "$1" 'verified: yes' ;; esac
}
t=toolchains/go1.21.13.linux-amd64
m=modules/example.com/hello/@v
# Sum files made anew by the attacker, as far as the manifest lets them be
resum() { sha256sum manifest.json manifest.json.sig signer.pem >manifest.sha256sum; }
mutate 'bit flipped' "changed: $t/part-1-bin.tar.gz" "printf X | dd of=$t/part-1-bin.tar.gz bs=1 seek=99 conv=notrunc 2>/dev/null"
mutate 'truncated' "changed: $m/list" ": >$m/list"
mutate 'cut by one' "changed: README.txt" 'head -c -1 README.txt >x; cat x >README.txt; rm x'
mutate 'extended' "changed: $m/v1.0.0.mod" "printf ' ' >>$m/v1.0.0.mod"
mutate 'two swapped' "changed: $m/list" "mv $m/list x; mv $m/v1.0.0.mod $m/list; mv x $m/v1.0.0.mod"
mutate 'added' "added: $m/extra" "echo >$m/extra"
mutate 'added at the root' 'added: x.txt' 'echo >x.txt'
mutate 'added, hidden' 'added: .x' 'echo >.x'
mutate 'added, empty' 'added: -rf' ': >./-rf'
mutate 'added sum file' 'added: more.sha256sum' 'echo x >x; sha256sum x >more.sha256sum'
mutate 'removed' "missing: $m/list" "rm $m/list"
mutate 'renamed' "missing: $m/list" "mv $m/list $m/lisT"
mutate 'renamed: the new one' "added: $m/lisT" "mv $m/list $m/lisT"
mutate 'executable bit gained' 'mode: README.txt' 'chmod u+x README.txt'
mutate 'executable bit for others' 'mode: README.txt' 'chmod o+x README.txt'
mutate 'executable bit lost' 'mode: bin/medkit (lost' 'chmod a-x bin/medkit'
mutate 'executable bit lost by the owner alone' 'mode: bin/medkit (lost' 'chmod u-x bin/medkit'
mutate 'setuid' 'mode: bin/medkit' 'chmod u+s bin/medkit'
mutate 'setgid' 'mode: README.txt' 'chmod g+s README.txt'
mutate 'setgid folder' 'mode: modules' 'chmod g+s modules'
mutate 'sticky folder' 'mode: modules' 'chmod +t modules'
mutate 'world-writable' 'mode: README.txt' 'chmod o+w README.txt'
mutate 'world-writable folder' "mode: $t" "chmod o+w $t"
mutate 'world-writable root' 'mode: .' 'chmod o+w .'
mutate 'link out' "linked: $m/list" "cp $m/list ../same; ln -sf ../../../../../same $m/list"
mutate 'link to nothing added' 'linked: x' 'ln -s /nowhere x'
mutate 'folder is a link' 'linked: licenses' 'mv licenses ../licenses.$$; ln -s ../licenses.$$ licenses'
mutate 'sum file is a link' 'linked: kit.sha256sum' 'mv kit.sha256sum ../kit.sha256sum; ln -s ../kit.sha256sum kit.sha256sum'
mutate 'manifest is a link' 'linked: manifest.json' 'mv manifest.json ../m.json; ln -s ../m.json manifest.json'
mutate 'state is a link' 'linked: state' 'ln -s /tmp state'
mutate 'state is a file' 'added: state' 'echo >state'
mutate 'fifo' 'linked: x' 'mkfifo x'
mutate 'fifo in place of a file' "linked: $m/list" "rm $m/list; mkfifo $m/list"
mutate 'file in place of a folder' 'added: licenses' 'rm -rf licenses; echo >licenses'
mutate 'folder in place of a file' 'missing: README.txt' 'rm README.txt; mkdir README.txt'
mutate 'empty folder' 'added: modules/new/' 'mkdir modules/new'
mutate 'folder named like state elsewhere' 'added: modules/state' 'mkdir modules/state; echo >modules/state/x'
# shellcheck disable=SC2034 # used by the code below, through eval
nl='
'
mutate 'name with a blank' 'added: a?b' 'echo >"a b"'
mutate 'name with a line break' 'added: ' 'mkdir "README.txt${nl}."; echo >"README.txt${nl}./activate.sh"'
mutate 'name with a line break, the real one gone' 'changed: README.txt (cannot be read)' 'rm README.txt; echo >"README.txt${nl}x"'
mutate 'name with a line break that looks listed' 'added: ' 'mkdir -p "licenses${nl}."; echo >"licenses${nl}./README.txt"'
mutate 'name with quotes' 'added: ' "echo >\"a'b\\\"c\""
mutate 'name not UTF-8' 'added: ' 'echo >"$(printf "a\377b")"'
mutate 'name with escape codes' 'added: ?' 'echo >"$(printf "\033[2Jx")"'
mutate 'name like an option' 'added: modules/--help' 'echo >modules/--help'
mutate 'odd folder' 'added: ' 'mkdir "modules/x y"; echo >"modules/x y/z"'
mutate 'sum file without a line' 'changed: kit.sha256sum' 'sed 1d kit.sha256sum >x; cat x >kit.sha256sum; rm x'
mutate 'sum file without its last newline' 'form: modules.sha256sum' 'head -c -1 modules.sha256sum >x; cat x >modules.sha256sum; rm x'
mutate 'sum file with NUL' 'form: kit.sha256sum' 'printf "\0" >>kit.sha256sum'
mutate 'sum file with CRLF' 'form: kit.sha256sum' 'sed "s/\$/$(printf "\r")/" kit.sha256sum >x; cat x >kit.sha256sum; rm x'
mutate 'sum file, line doubled' 'form: bin.sha256sum' 'sed 1p bin.sha256sum >x; cat x >bin.sha256sum; rm x'
mutate 'sum file, unsorted' 'form: bin.sha256sum' 'sort -r bin.sha256sum >x; sort -rk2 bin.sha256sum >x; cat x >bin.sha256sum; rm x'
mutate 'sum file, upper case' 'form: bin.sha256sum' 'sed "s/^[0-9a-f]*/\U&/" bin.sha256sum >x; cat x >bin.sha256sum; rm x'
mutate 'sum file, binary mark' 'form: bin.sha256sum' 'sed "s/  / */" bin.sha256sum >x; cat x >bin.sha256sum; rm x'
mutate 'sum file, comment' 'form: bin.sha256sum' 'echo "# x" >>bin.sha256sum'
mutate 'sum file, path out' 'form: bin.sha256sum' 'printf "%064d  bin/../../x\n" 0 >>bin.sha256sum'
mutate 'sum file, absolute path' 'form: kit.sha256sum' 'printf "%064d  /etc/passwd\n" 0 >>kit.sha256sum'
mutate 'sum file, empty' 'bin.sha256sum' ': >bin.sha256sum'
mutate 'sum file gone' 'missing: cache.sha256sum' 'rm cache.sha256sum'
mutate 'sum file and its folder gone' 'missing: cache.sha256sum' 'rm -r cache cache.sha256sum'
mutate 'manifest sum file gone' 'missing: manifest.sha256sum' 'rm manifest.sha256sum'
mutate 'manifest sum file covers a new file' 'form: manifest.sha256sum' 'echo evil >evil; sha256sum evil manifest.json manifest.json.sig signer.pem >manifest.sha256sum'
mutate 'sum file covers state' 'form: ' 'mkdir state; echo >state/x; sha256sum state/x >>toolchains.sha256sum'
mutate 'file and its sum changed together' 'changed: kit.sha256sum' 'echo evil >README.txt; h=$(sha256sum README.txt); sed "s,.*  README.txt\$,$h," kit.sha256sum >x; cat x >kit.sha256sum; rm x'
mutate 'everything made anew but the signature' 'is not the signature' 'echo evil >README.txt; h=$(sha256sum README.txt); o=$(sha256sum <kit.sha256sum | cut -c1-64); sed "s,.*  README.txt\$,$h," kit.sha256sum >x; cat x >kit.sha256sum; rm x; n=$(sha256sum <kit.sha256sum | cut -c1-64); sed -i "s/$o/$n/" manifest.json; resum'
mutate 'manifest edited' 'changed: manifest.json' 'sed -i s/2026/2025/ manifest.json'
mutate 'manifest edited and summed' 'is not the signature' 'sed -i s/2026/2025/ manifest.json; resum'
mutate 'manifest of another schema' 'form: manifest.json' 'sed -i s,kit/v1,kit/v2, manifest.json; resum'
mutate 'manifest without sums' 'form: manifest.json' 'echo "{}" >manifest.json; resum'
mutate 'manifest gone' 'missing: manifest.json' 'rm manifest.json'
mutate 'signature gone' 'missing: manifest.json.sig' 'rm manifest.json.sig'
mutate 'signature gone, summed' 'missing: manifest.json.sig' 'rm manifest.json.sig; sha256sum manifest.json signer.pem >manifest.sha256sum'
mutate 'key gone, summed' 'missing: signer.pem' 'rm signer.pem; sha256sum manifest.json manifest.json.sig >manifest.sha256sum'
mutate 'signature changed, summed' 'is not the signature' 'sed "s/^[^X]/X/;t
s/^X/Y/" manifest.json.sig >x; cat x >manifest.json.sig; rm x; resum'
mutate 'signature longer, summed' 'form: manifest.json.sig' 'echo >>manifest.json.sig; resum'
mutate 'signature is no base64, summed' 'form: manifest.json.sig' 'sed "s/^./*/" manifest.json.sig >x; cat x >manifest.json.sig; rm x; resum'
mutate 'other key, summed' 'is not the signature' 'cat ../b.pub >signer.pem; resum'
mutate 'no key, summed' 'form: signer.pem' 'echo hello >signer.pem; resum'
mutate 'verify.sh changed' 'changed: verify.sh' 'echo "# x" >>verify.sh'
# Re-signed by the attacker: only a key from outside tells
rm -rf "$bit" && cp -a "$work/signed" "$bit" && cd "$bit" || exit 1
sed -i s/2026/2025/ manifest.json
printf 'medkit/kit/v1 sha256:%s\n' "$(sha256sum <manifest.json | cut -c1-64)" >../msg
openssl pkeyutl -sign -inkey "$keys/b.pem" -rawin -in ../msg -out ../sig
{ openssl base64 -A -in ../sig; echo; } >manifest.json.sig
cat ../b.pub >signer.pem
resum
verify; expect 're-signed by another: in itself it is whole' 0 'proves nothing'
verify --signer "$work/a.pub"; expect 're-signed by another: --signer finds it' 4 'verified: no'
cat ../a.pub >signer.pem && resum
verify --signer "$work/b.pub"; expect 'signer.pem is not the key that signed' 4 'changed: signer.pem'
# Nothing of the kit is started
rm -rf "$bit" && cp -a "$work/signed" "$bit" && cd "$bit" || exit 1
for x in awk find sort openssl sha256sum; do printf '#!/bin/sh\ntouch "%s/started"\n' "$work" >$x; chmod 755 $x; done
PATH=.:$bit:$PATH verify; expect 'programs in the kit' 4 'added: awk'
if [ -e "$work/started" ]; then not_ok 'starts nothing of the kit' started; else ok 'starts nothing of the kit'; fi
if [ "$(id -u)" = 0 ]; then
  rm -rf "$bit" && cp -a "$work/signed" "$bit" && chmod 755 "$work" && cd "$bit" || exit 1
  chmod 700 modules
  # shellcheck disable=SC2086 # a command and its arguments
  out=$(setpriv --reuid=65534 --regid=65534 --clear-groups $run_shell ./verify.sh 2>"$work/err"); st=$?
  expect 'a folder that cannot be read' 4 'cannot be read'
fi
finish
