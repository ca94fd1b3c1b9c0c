import type { Lang } from "./types.ts";

/** The language that a locale name such as `zh_CN.UTF-8`, `zh-Hans` or `en_GB` asks for. */
export function langOfLocale(locale: string): Lang {
  return /^zh(?:[-_.@]|$)/i.test(locale) ? "zh-CN" : "en";
}

/**
 * The language of all text: `--lang`, then MEDKIT_LANG, LC_ALL, LC_MESSAGES, LANG; the first that is not empty decides,
 * as POSIX has it for the last three.
 */
export function chooseLang(flag: Lang | undefined, env: Readonly<Record<string, string | undefined>>): Lang {
  if (flag !== undefined) return flag;
  const locale = [env["MEDKIT_LANG"], env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find(
    (value) => value !== undefined && value !== "",
  );
  return langOfLocale(locale ?? "en");
}
