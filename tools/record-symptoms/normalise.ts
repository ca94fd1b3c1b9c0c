/** Each is what differs from run to run, and what stands for it in every fixture. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/\/go-build\d+/g, "/go-build1000000000"],
  [/\/go-link-\d+/g, "/go-link-1000000000"],
  [/\/cc[A-Za-z0-9]{6}\.(?=[a-z])/g, "/cc000000."],
  [/(?<=\/go\.mod\.)\d+/g, "1000000000"],
  [/(?<=go-codehost-|\/gowork|\/gotoolchain-?)\d+/g, "1000000000"],
  [/(?<=\.(?:tmp|info|mod|zip|ziphash)\.?)\d{5,}(?:\.tmp)?/g, "1000000000.tmp"],
  [/(?<=\t)\d+\.\d{3}s$/gm, "0.010s"],
  [/(?<=\\t)\d+\.\d{3}s(?=\\n)/g, "0.010s"],
  [/(?<="Time":")[^"]+/g, "2026-01-02T03:04:05Z"],
  [/(?<="Elapsed":)[\d.]+/g, "0"],
  [/(?<=\()\d+\.\d\ds(?=\))/g, "0.00s"],
  [/(?<=current time )[0-9TZ:+-]+/g, "2026-01-02T03:04:05Z"],
  [/(?<=(?:127\.0\.0\.1|127\.0\.0\.53):)\d{4,5}(?=->)/g, "50000"],
  [/\b0x[0-9a-f]{5,16}\b/g, "0xc000012345"],
  [/(?<=\s\+)0x[0-9a-f]+$/gm, "0x20"],
  [/(?<=\/opt\/go\/src\/\S+\.go:)\d+/g, "100"],
  [/(?<=\b[gm])\d+(?==)/g, "1"],
  [/(?<=goroutine )\d+/gi, "7"],
];

/** The text without what differs from run to run: temporary names, durations, addresses, line numbers inside GOROOT. */
export function normalise(text: string): string {
  return replacements.reduce((result, [pattern, by]) => result.replace(pattern, by), text.replaceAll("\r", ""));
}

/** Keeps the lines before the first that matches, and says that something was cut. */
export function cutBefore(text: string, pattern: RegExp | undefined): string {
  if (pattern === undefined || text === "") return text;
  const lines = text.split("\n");
  const first = lines.findIndex((line) => pattern.test(line));
  return first === -1 ? text : `${[...lines.slice(0, first), "[cut by the recorder]"].join("\n")}\n`;
}
