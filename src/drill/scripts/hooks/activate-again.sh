# shellcheck shell=sh
# shellcheck disable=SC1091 # the kit's
cd "$DRILL_VIEW/$DRILL_TOP" || drill_fail "the kit's folder is gone"
. ./activate.sh
. ./activate.sh
