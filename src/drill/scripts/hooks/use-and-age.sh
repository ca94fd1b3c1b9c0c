# shellcheck shell=sh
# shellcheck disable=SC1091 # the kit's
# A day's work in a shell of its own, then 60 days in a drawer. Go writes the day into trim.txt, so that is put back too.
(
  cd "$DRILL_VIEW/$DRILL_TOP" || exit 1
  . ./activate.sh
  cd "$DRILL_PROJECT" || exit 1
  go build -o "$DRILL_OUT/first-day" .
) || drill_fail "the first day's build failed"
find "$DRILL_PLACE/$DRILL_TOP" -name trim.txt -exec sh -c 'for file; do printf %s "$DRILL_AGED_SECONDS" >"$file"; done' sh {} +
TZ=UTC0 find "$DRILL_PLACE/$DRILL_TOP" -exec touch -t "$DRILL_AGED" {} +
