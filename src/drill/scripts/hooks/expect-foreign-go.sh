# shellcheck shell=sh
# Also makes the shell remember where it found go.
case $(go version) in
  *somebody/else*) ;;
  *) drill_fail "the host's own go is not what runs outside the kit's activation" ;;
esac
go version >/dev/null
