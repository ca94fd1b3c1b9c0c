# shellcheck shell=sh
# What both ways share.
bench_begin() { printf 'begin %s\n' "$1" >&3; }
bench_end() { printf 'end\n' >&3; }
bench_fail() {
  printf 'fail %s\n' "$1" >&3
  exit 1
}

bench_build_and_ask() {
  cd "$BENCH_PROJECT" || bench_fail "no project"
  bench_begin build
  go build -o bench-service . || bench_fail "go build"
  bench_end
  bench_begin start
  ./bench-service serve --listen 127.0.0.1:0 --grpc-listen 127.0.0.1:0 --admin-listen 127.0.0.1:0 --ready-file ready.json 3>&- &
  bench_pid=$!
  while [ ! -f ready.json ]; do
    kill -0 "$bench_pid" 2>/dev/null || bench_fail "the service ended"
    sleep 0.01 2>/dev/null || sleep 1
  done
  bench_end
  bench_begin healthz
  bench_url=http://$(sed -n 's/.*"http":"\([^"]*\)".*/\1/p' ready.json)/healthz
  curl -fsS --noproxy '*' "$bench_url" || ./bench-service health --url "$bench_url" || bench_fail "healthz"
  bench_end
  kill "$bench_pid"
  wait "$bench_pid" || bench_fail "the service did not stop well"
}
