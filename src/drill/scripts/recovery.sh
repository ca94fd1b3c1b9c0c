# shellcheck shell=sh
# shellcheck disable=SC1090,SC1091,SC3044 # shopt and declare are met by bash only; hooks and the kit are sourced by the paths that the run gives
# A rehearsal from archive to answering service and back, run by the shell under test: sh, dash, bash, zsh, busybox ash.
# Descriptor 3 carries markers for medkit to time:
#     begin STEP | end | fail WHY | told NAME VALUE
# Everything else goes to the transcript. A step that begins and neither ends nor fails was ended by the shell itself.
# All names begin with drill_ or DRILL_; variables of that kind are left out when the environment is compared.

drill_service=
drill_fail() {
  printf 'fail %s\n' "$1" >&3
  printf 'NOT RECOVERED: %s\n' "$1"
  if [ -n "$drill_service" ]; then kill "$drill_service" 2>/dev/null; fi
  exit 1
}
drill_begin() {
  printf '\n== %s\n' "$1"
  printf 'begin %s\n' "$1" >&3
}
drill_end() { printf 'end\n' >&3; }
drill_told() {
  printf 'told %s %s\n' "$1" "$2" >&3
  printf '(%s: %s)\n' "$1" "$2"
}
drill_pause() { sleep 0.05 2>/dev/null || sleep 1; }

# All that a session can see of its shell, in files that medkit compares.
drill_snapshot() {
  cd "$DRILL_PROJECT" || drill_fail "the project's folder is gone"
  cd "$DRILL_PROJECT" || drill_fail "the project's folder is gone"
  env >"$DRILL_OUT/$1.env"
  export -p >"$DRILL_OUT/$1.export"
  set >"$DRILL_OUT/$1.set"
  printf '%s|%s|%s|%s' "${PS1-unset}" "${PATH-unset}" "$-" "${IFS-unset}" >"$DRILL_OUT/$1.exact"
  {
    set +o
    alias
    trap
    umask
    pwd
    for drill_name in medkit_deactivate medkit_rescue medkit_activate_ medkit_restore_ medkit_restore_one_ medkit_find_ medkit_save_ medkit_set_ medkit_clear_ medkit_writable_ medkit_list_exported_; do
      if command -v "$drill_name" >/dev/null 2>&1; then echo "function $drill_name"; fi
    done
    if [ -n "${BASH_VERSION-}" ]; then
      shopt -p
      declare -f
      hash -r
    elif [ -n "${ZSH_VERSION-}" ]; then
      setopt
      functions
    fi
  } >"$DRILL_OUT/$1.shell" 2>&1
}

# Packets that the loopback interface has seen; it is the only one that there is.
drill_packets() { awk '/^ *lo:/ { sub(/.*lo:/, ""); print $2 + $10 }' /proc/net/dev; }

drill_in_kit() {
  case $2 in
    "$drill_kit"/* | "$drill_state"/*) ;;
    *) drill_fail "go env $1 is $2, outside the kit" ;;
  esac
}

# ---------------------------------------------------------------- unpack and verify

if [ -n "$DRILL_HOOK_FIRST" ]; then . "$DRILL_HOOK_FIRST"; fi
if [ -n "$DRILL_OPTIONS" ]; then set "-$DRILL_OPTIONS"; fi

drill_begin unpack
cd "$DRILL_PLACE" || drill_fail "the folder to unpack into is gone"
tar -xzf "$DRILL_ARCHIVE" || drill_fail "tar -xzf failed"
drill_end

drill_begin verify
sh "$DRILL_VIEW/$DRILL_TOP/verify.sh" || drill_fail "verify.sh found a difference"
drill_end

drill_begin sums
cd "$DRILL_VIEW/$DRILL_TOP" || drill_fail "the kit's folder is gone"
if [ "$DRILL_SUM_TOOL" = shasum ]; then
  shasum -a 256 -c ./*.sha256sum >"$DRILL_OUT/sums.txt" 2>&1 || { cat "$DRILL_OUT/sums.txt"; drill_fail "shasum -a 256 -c found a difference"; }
else
  sha256sum -c ./*.sha256sum >"$DRILL_OUT/sums.txt" 2>&1 || { cat "$DRILL_OUT/sums.txt"; drill_fail "sha256sum -c found a difference"; }
fi
drill_end

if [ -n "$DRILL_HOOK_AFTER_VERIFY" ]; then . "$DRILL_HOOK_AFTER_VERIFY"; fi
if [ -n "$DRILL_HOOK_BEFORE_SNAPSHOT" ]; then . "$DRILL_HOOK_BEFORE_SNAPSHOT"; fi
drill_kit=$(cd "$DRILL_VIEW/$DRILL_TOP" && pwd -P)
drill_snapshot before

# ---------------------------------------------------------------- activate

drill_begin activate
# Not `. … || …`: that would switch `set -e` off inside the sourced file.
if [ -n "$DRILL_FROM_ELSEWHERE" ]; then
  . "$DRILL_VIEW/$DRILL_TOP/activate.sh"
  drill_status=$?
else
  cd "$DRILL_VIEW/$DRILL_TOP" || drill_fail "the kit's folder is gone"
  . ./activate.sh
  drill_status=$?
fi
if [ "$drill_status" -ne 0 ]; then drill_fail "activate.sh refused with status $drill_status"; fi
drill_end
drill_state=${MEDKIT_KIT_STATE:-$drill_kit}
if [ "$drill_state" != "$drill_kit" ]; then drill_told state "in a folder of its own"; fi
if [ -n "$DRILL_HOOK_AFTER_ACTIVATE" ]; then . "$DRILL_HOOK_AFTER_ACTIVATE"; fi

cd "$DRILL_PROJECT" || drill_fail "the project's folder is gone"

drill_begin go-version
drill_answer=$(go version) || drill_fail "go does not run"
printf '%s\n' "$drill_answer"
case $drill_answer in
  "go version go$DRILL_GO "*) ;;
  *) drill_fail "go version says: $drill_answer" ;;
esac
drill_end

drill_begin go-env
go env GOROOT GOPATH GOMODCACHE GOCACHE GOPROXY GOSUMDB GOTOOLCHAIN GOFLAGS >"$DRILL_OUT/go-env.txt" || drill_fail "go env failed"
cat "$DRILL_OUT/go-env.txt"
{
  read -r drill_goroot
  read -r drill_gopath
  read -r drill_gomodcache
  read -r drill_gocache
  read -r drill_goproxy
  read -r drill_gosumdb
  read -r drill_gotoolchain
  read -r drill_goflags
} <"$DRILL_OUT/go-env.txt"
drill_in_kit GOROOT "$drill_goroot"
drill_in_kit GOPATH "$drill_gopath"
drill_in_kit GOMODCACHE "$drill_gomodcache"
drill_in_kit GOCACHE "$drill_gocache"
case $drill_goproxy in
  file://*) ;;
  *) drill_fail "go env GOPROXY is $drill_goproxy" ;;
esac
case $drill_gosumdb in '' | off) drill_fail "the checksum database is switched off" ;; esac
if [ "$drill_gotoolchain" != local ]; then drill_fail "go env GOTOOLCHAIN is $drill_gotoolchain"; fi
case " $drill_goflags " in *' -trimpath '*) ;; *) drill_fail "-trimpath is not among GOFLAGS: $drill_goflags" ;; esac
drill_end

# ---------------------------------------------------------------- modules, without a network

drill_begin modules
if [ "$DRILL_ISOLATION" = namespaces ]; then
  drill_routes=$(awk 'NR > 1' /proc/net/route)
  if [ -n "$drill_routes" ]; then drill_fail "the sandbox has a route to somewhere: $drill_routes"; fi
  drill_packets_before=$(drill_packets)
fi
if [ -n "$DRILL_TIDY" ]; then
  cp go.sum "$DRILL_OUT/go.sum"
  rm go.sum
  go mod tidy -x 2>"$DRILL_OUT/tidy.txt" || { cat "$DRILL_OUT/tidy.txt"; drill_fail "go mod tidy failed"; }
  cmp go.sum "$DRILL_OUT/go.sum" || drill_fail "go mod tidy made another go.sum"
  drill_told tidied "go.sum made again, byte for byte"
fi
go mod download -x 2>"$DRILL_OUT/download.txt" || { cat "$DRILL_OUT/download.txt"; drill_fail "go mod download failed"; }
# Go says nothing of what it reads from a file:// proxy, and names every request over a network.
drill_asked=$(awk '/^# get / && $3 !~ /^file:/' "$DRILL_OUT/download.txt")
if [ -n "$drill_asked" ]; then
  printf '%s\n' "$drill_asked"
  drill_fail "go mod download asked something that is not the kit"
fi
drill_told modules "$(command find "$drill_gomodcache/cache/download" -name '*.zip' | awk 'END { print NR }')"
if [ "$DRILL_ISOLATION" = namespaces ]; then
  if [ "$(drill_packets)" != "$drill_packets_before" ]; then drill_fail "go mod download sent packets"; fi
  drill_told packets "0"
fi
drill_end

# ---------------------------------------------------------------- build and run

if [ -n "$DRILL_HOOK_BEFORE_BUILD" ]; then . "$DRILL_HOOK_BEFORE_BUILD"; fi

drill_begin build
go build -v -o drill-service . 2>"$DRILL_OUT/build.txt" || { cat "$DRILL_OUT/build.txt"; drill_fail "go build failed"; }
cat "$DRILL_OUT/build.txt"
drill_end
drill_told compiled "$(awk 'END { print NR }' "$DRILL_OUT/build.txt")"
if [ -n "$DRILL_HOOK_AFTER_BUILD" ]; then . "$DRILL_HOOK_AFTER_BUILD"; fi

drill_begin start
./drill-service serve --listen 127.0.0.1:0 --grpc-listen 127.0.0.1:0 --admin-listen 127.0.0.1:0 --ready-file drill-ready.json >"$DRILL_OUT/service.txt" 2>&1 3>&- &
drill_service=$!
drill_waited=0
while [ ! -f drill-ready.json ]; do
  drill_waited=$((drill_waited + 1))
  if [ "$drill_waited" -gt 600 ] || ! kill -0 "$drill_service" 2>/dev/null; then
    cat "$DRILL_OUT/service.txt"
    drill_fail "the service did not start"
  fi
  drill_pause
done
drill_end

drill_begin healthz
drill_url=http://$(sed -n 's/.*"http":"\([^"]*\)".*/\1/p' drill-ready.json)/healthz
# The first way of asking that gets an answer; a host's own wget may be broken (a static busybox's can be).
drill_answer='' drill_asker=nobody
for drill_way in curl wget 'busybox wget' 'the service itself'; do
  case $drill_way in
    curl) command -v curl >/dev/null 2>&1 && drill_answer=$(curl -fsS --noproxy '*' --max-time 20 "$drill_url") || drill_answer= ;;
    wget) command -v wget >/dev/null 2>&1 && drill_answer=$(wget -q -T 20 -O - "$drill_url") || drill_answer= ;;
    'busybox wget') command -v busybox >/dev/null 2>&1 && drill_answer=$(busybox wget -q -T 20 -O - "$drill_url") || drill_answer= ;;
    *) drill_answer=$(./drill-service health --url "$drill_url") || drill_answer= ;;
  esac
  if [ -n "$drill_answer" ]; then
    drill_asker=$drill_way
    break
  fi
done
printf '%s\n' "$drill_answer"
case $drill_answer in
  *'"status":"ok"'* | ok) ;;
  *) drill_fail "/healthz says: $drill_answer" ;;
esac
drill_end
drill_told asker "$drill_asker"

drill_begin stop
kill "$drill_service" || drill_fail "the service cannot be stopped"
if wait "$drill_service"; then drill_service=; else drill_fail "the service ended with status $?"; fi
rm -f drill-service drill-ready.json
if [ -n "$DRILL_TIDY" ]; then cp "$DRILL_OUT/go.sum" go.sum; fi
drill_end

# ---------------------------------------------------------------- and back

drill_begin verify-again
sh "$DRILL_VIEW/$DRILL_TOP/verify.sh" || drill_fail "after a day's work verify.sh finds a difference"
drill_end

drill_begin deactivate
medkit_deactivate
drill_status=$?
if [ "$drill_status" -ne 0 ]; then drill_fail "medkit_deactivate ended with status $drill_status"; fi
drill_end
drill_snapshot after
if [ -n "$DRILL_HOOK_AFTER_DEACTIVATE" ]; then . "$DRILL_HOOK_AFTER_DEACTIVATE"; fi

drill_begin remove
cd / || drill_fail "cannot leave the kit's folder"
chmod -R u+w "$DRILL_PLACE/$DRILL_TOP" || drill_fail "the kit cannot be made writable again"
rm -rf "${DRILL_PLACE:?}/$DRILL_TOP" || drill_fail "the kit cannot be removed"
drill_end
printf '\nRECOVERED\n'
