# shellcheck shell=sh
find "$GOCACHE" -type f -name '*-[ad]' >"$DRILL_OUT/cache-before.txt"
for drill_n in 1 2 3; do
  cd "$DRILL_HOME/small-$drill_n" || drill_fail "a program to build is gone"
  go build -o "$DRILL_OUT/small-$drill_n" . || drill_fail "a small program does not build"
done
cd "$DRILL_PROJECT" || drill_fail "the project's folder is gone"
