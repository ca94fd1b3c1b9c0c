-- Asks for the paths of a file in turn, and says what came of it in one line of JSON.
local ready, at = {}, 0

function init(args)
  for path in io.lines(args[1]) do
    ready[#ready + 1] = wrk.format("GET", path)
  end
end

function request()
  at = at % #ready + 1
  return ready[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"octets":%.0f,"p50":%d,"p99":%d,"failed":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
