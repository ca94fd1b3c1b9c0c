# shellcheck shell=sh
# shellcheck disable=SC1091,SC2034 # the kit reads MEDKIT_GO
cd "$DRILL_VIEW/$DRILL_TOP" || drill_fail "the kit's folder is gone"
drill_rest="$DRILL_GO_VERSIONS "
while [ -n "$drill_rest" ]; do
  drill_version=${drill_rest%% *} drill_rest=${drill_rest#* }
  MEDKIT_GO=$drill_version
  . ./activate.sh
  case $(go version) in
    "go version go$drill_version "*) ;;
    *) drill_fail "MEDKIT_GO=$drill_version, but: $(go version)" ;;
  esac
done
unset -v MEDKIT_GO
. ./activate.sh
drill_told versions "$DRILL_GO_VERSIONS"
