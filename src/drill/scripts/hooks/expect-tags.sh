# shellcheck shell=sh
case " ${GOFLAGS-} " in
  *' -tags=netgo '*) ;;
  *) drill_fail "the harmless -tags=netgo is not among GOFLAGS: ${GOFLAGS-}" ;;
esac
