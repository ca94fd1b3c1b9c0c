# shellcheck shell=sh
find "$GOCACHE" -type f -name '*-[ad]' >"$DRILL_OUT/cache-after.txt"
drill_told entries "$(awk 'END { print NR }' "$DRILL_OUT/cache-before.txt")"
drill_told lost "$(awk 'NR == FNR { here[$0] = 1; next } !($0 in here) { n++ } END { print n + 0 }' "$DRILL_OUT/cache-after.txt" "$DRILL_OUT/cache-before.txt")"
