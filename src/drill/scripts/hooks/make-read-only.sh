# shellcheck shell=sh
chmod -R a-w "$DRILL_PLACE/$DRILL_TOP"
