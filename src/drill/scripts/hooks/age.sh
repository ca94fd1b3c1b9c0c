# shellcheck shell=sh
# Everything, folders too, as old as DRILL_AGED says.
TZ=UTC0 find "$DRILL_PLACE/$DRILL_TOP" -exec touch -t "$DRILL_AGED" {} +
