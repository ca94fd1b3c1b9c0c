# shellcheck shell=sh
# shellcheck disable=SC1091 # the kit's
# The kit's way: archive on disk to an answering service. Markers on descriptor 3: begin STEP | end | fail WHY.
. "$BENCH_SCRIPTS/steps.sh"

bench_begin unpack
cd "$BENCH_FOLDER" || bench_fail "no folder"
tar -xzf "$BENCH_ARCHIVE" || bench_fail "tar"
bench_end

bench_begin verify
sh "$BENCH_FOLDER/$BENCH_TOP/verify.sh" || bench_fail "verify.sh"
bench_end

bench_begin activate
cd "$BENCH_FOLDER/$BENCH_TOP" || bench_fail "no kit"
. ./activate.sh || bench_fail "activate.sh"
bench_end

bench_build_and_ask
