import { MedkitError } from "../core/errors.ts";
import { parseGosumdb, parseProxyList, redactUrl } from "../module/index.ts";
import type { CiSettings, CiVariable } from "./types.ts";

function invalid(flag: string, value: string, problem: string): MedkitError {
  return new MedkitError("CI_SETTING_INVALID", { flag, value: redactUrl(value), problem: `@ci.invalid.${problem}` });
}

/** Holds each text to what it may be: nothing that means something to a shell, to YAML, or to a unit file. CI_SETTING_INVALID, GOPROXY_INVALID, DATABASE_KEY_INVALID. */
export function checkSettings(settings: CiSettings): CiSettings {
  const { sumdb, ca, go } = settings;
  const [entry, ...more] = parseProxyList(settings.proxy);
  const proxy = entry?.url ?? "";
  if (more.length > 0) throw invalid("--proxy", settings.proxy, "oneProxy");
  if (!/^https?:\/\//.test(proxy)) throw invalid("--proxy", settings.proxy, "http");
  // A login in an address ends in logs, in layers and in error messages.
  if (/^https?:\/\/[^/]*@/.test(proxy)) throw invalid("--proxy", settings.proxy, "login");
  if (!/^https?:\/\/[A-Za-z0-9._~:[\]-]+(?:\/[A-Za-z0-9._~%+/-]*)?$/.test(proxy)) throw invalid("--proxy", settings.proxy, "signs");
  for (const each of settings.private)
    if (!/^[A-Za-z0-9._~*?[\]/-]+$/.test(each)) throw invalid("--private", each, "pattern");
  parseGosumdb(sumdb);
  if (!/^[A-Za-z0-9.+/=:_~ -]+$/.test(sumdb)) throw invalid("--sumdb", sumdb, "signs");
  if (ca !== undefined && (!/^[A-Za-z0-9._/-]+$/.test(ca) || ca.startsWith("/") || ca.split("/").includes("..")))
    throw invalid("--ca", ca, "file");
  if (!/^[0-9]+\.[0-9]+[A-Za-z0-9.-]*$/.test(go)) throw invalid("--go", go, "version");
  return { ...settings, proxy };
} // prettier-ignore

/** The variables of the go command, in the order in which they are best read. */
export function variablesOf(settings: CiSettings): readonly CiVariable[] {
  const { proxy, fallback, sumdb, privateFrom } = settings;
  const patterns = settings.private.join(",");
  const isDirect = privateFrom === "direct";
  return [
    { name: "GO111MODULE", value: "on", note: "GO111MODULE" },
    { name: "GOPROXY", value: `${proxy},${fallback}`, note: fallback === "off" ? "GOPROXY.off" : "GOPROXY" },
    { name: "GOSUMDB", value: sumdb, note: sumdb === "off" ? "GOSUMDB.off" : "GOSUMDB" },
    ...(patterns === ""
      ? []
      : [{ name: isDirect ? "GOPRIVATE" : "GONOSUMDB", value: patterns, note: isDirect ? "GOPRIVATE" : "GONOSUMDB" } as const]), // prettier-ignore
  ];
}
