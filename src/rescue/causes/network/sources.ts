import { escapePath, escapeVersion, proxyListOrNothing, redactUrl } from "../../../module/index.ts";
import { useKitModules } from "../../remedies.ts";
import type { Answer } from "../../probes/types.ts";
import type { CaseFile, Confidence, Evidence, Remedy, Symptom } from "../../types.ts";

/** Symptoms that speak of an address which the go command asked. */
export const networkKinds: readonly string[] = ["unreachable", "bad-answer", "untrusted", "database-unreachable"];

/** An address that the go command asks for modules, and what it said when we asked it too. */
export interface Source {
  readonly role: "proxy" | "database" | "origin";
  /** As it is asked, with name and password. For {@link answer}'s own, these are out. */
  readonly url: string;
  readonly host: string;
  /** The failure names it. */
  readonly said: boolean;
  readonly answer: Answer;
}

/** The same address on a proxy of the list, whose name and password the go command leaves out or masks. */
function onProxy(base: string, url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const [proxy, asked] = [new URL(base), new URL(url)];
  const path = proxy.pathname.replace(/\/$/, "");
  if (proxy.host !== asked.host || proxy.protocol !== asked.protocol || !asked.pathname.startsWith(`${path}/`))
    return undefined;
  return `${base}${asked.pathname.slice(path.length)}${asked.search}`;
}

/** What a symptom is about, as an address of this proxy; undefined: it is about another. */
function saidOf(base: string, { fields }: Symptom): string | undefined {
  const { url, module, version, file } = fields;
  if (url !== undefined) return onProxy(base, url);
  if (fields["base"] !== undefined) return onProxy(base, `${fields["base"]}/golang.org/x/text/@v/list`);
  if (module === undefined || version === undefined) return undefined;
  return `${base}/${escapePath(module)}/@v/${escapeVersion(version)}.${file ?? "mod"}`;
}

/** GOPROXY as this go command has it. */
export async function goproxyOf({ probes }: CaseFile): Promise<string> {
  return (await probes.goEnv())?.["GOPROXY"] ?? (await probes.setting("GOPROXY")).value;
}

/** The web addresses of a GOPROXY list; none where it is malformed. */
export function proxiesOf(goproxy: string): readonly string[] {
  const urls = (proxyListOrNothing(goproxy) ?? []).map(({ url }) => url);
  return urls.filter((url) => /^https?:/.test(url)).slice(0, 4);
}

/** The address of the checksum database; undefined where it is switched off. */
export async function databaseOf({ probes }: CaseFile): Promise<string | undefined> {
  const { value } = await probes.setting("GOSUMDB");
  const [name = "", url] = value.split(/\s+/);
  return value === "off" || value === ""
    ? undefined
    : (url ?? `https://${name.split("+")[0] ?? ""}`).replace(/\/$/, "");
}

/**
 * Every address that symptoms of these kinds may be about, really asked: the proxies of GOPROXY (for what the failure names), the checksum database where
 * the failure speaks of it, and sites that were asked without a proxy. Those that the failure names come first. Empty where the failure does not come from
 * fetching modules.
 */
export async function askSources(file: CaseFile, kinds: readonly string[] = networkKinds): Promise<readonly Source[]> {
  const symptoms = file.symptoms.filter((each) => kinds.includes(each.kind));
  if (symptoms.length === 0) return [];
  const wanted: Pick<Source, "role" | "url" | "said">[] = [];
  const proxies = proxiesOf(await goproxyOf(file));
  const database = await databaseOf(file);
  for (const base of proxies) {
    const named = symptoms.map((each) => saidOf(base, each)).find((url) => url !== undefined);
    wanted.push({ role: "proxy", url: named ?? `${base}/golang.org/x/text/@v/list`, said: named !== undefined });
  }
  for (const url of new Set(symptoms.flatMap(({ fields }) => fields["url"] ?? []))) {
    if (!URL.canParse(url) || proxies.some((base) => onProxy(base, url) !== undefined)) continue;
    const isDatabase = database !== undefined && url.startsWith(`${database}/`);
    wanted.push(
      isDatabase ? { role: "database", url: `${database}/latest`, said: true } : { role: "origin", url, said: true },
    );
  }
  const sources = await Promise.all(wanted.slice(0, 6).map(async (each) => ({ ...each, host: new URL(each.url).host, answer: await file.probes.ask(each.url) }))); // prettier-ignore
  return sources.toSorted((a, b) => Number(b.said) - Number(a.said));
}

/** The failure says that a name and a password are wanted. */
export function saysLogin({ kind, line }: Symptom): boolean {
  return networkKinds.includes(kind) && /: (?:401 |407 |Unauthorized$|Proxy Authentication Required)/.test(line);
}

/** Nothing is wrong with an answer: what was asked for, or the word that it is not there. A site may answer `?go-get=1` with any page. */
export function isFine({ answer, role }: Pick<Source, "answer" | "role">): boolean {
  if (role === "origin" && answer.outcome === "html") return true;
  return answer.outcome === "ok" || answer.status === 404 || answer.status === 410;
}

/** A probe shows it; or, where nobody may be asked (`--offline`), only the failure says it. */
export function confidenceOf({ answer }: Source): Confidence {
  return answer.outcome === "not-asked" ? "possible" : "certain";
}

export function answerEvidence({ answer }: Source): Evidence {
  return { source: "network", subject: answer.url, text: answer.detail === "" ? answer.outcome : answer.detail };
}

/** The address without what it was asked for: `https://goproxy.internal`. */
export function originOf({ url }: Pick<Source, "url">): string {
  return redactUrl(new URL(url).origin);
}

/** Modules that the failure names, as path and version. Of an address it is not known where the proxy's own path ends: every possible one. */
export function neededModules(symptoms: readonly Symptom[]): readonly (readonly [path: string, version: string])[] {
  const plain = (text: string): string => text.replaceAll(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return symptoms.flatMap(({ line, fields }) => {
    const named = [...line.matchAll(/(?:^|[\s(])([a-z0-9][\w.~-]*\.[\w.~/-]+)@(v[\w.+-]+)/g)].map((match) => [match[1] ?? "", match[2] ?? ""] as const); // prettier-ignore
    const own = fields["module"] === undefined || fields["version"] === undefined ? [] : [[fields["module"], fields["version"]] as const]; // prettier-ignore
    const [, path = "", version = ""] =
      /^https?:\/\/[^/]+\/(.+)\/@v\/(v[^/]+)\.(?:info|mod|zip)$/.exec(fields["url"] ?? "") ?? [];
    const parts = path.split("/");
    const asked = parts.flatMap((part, index) => (part.includes(".") ? [[plain(parts.slice(index).join("/")), plain(version)] as const] : [])); // prettier-ignore
    return [...named, ...own, ...asked];
  });
}

/** Modules from the kit, where it has one that the failure names; tried, too, where the failure names none. */
export async function fromKit(file: CaseFile): Promise<readonly Remedy[]> {
  const { kit, symptoms } = file;
  if (kit === undefined) return [];
  const needed = neededModules(symptoms);
  const held = await Promise.all(needed.map(async ([path, version]) => kit.hashes(path, version) !== undefined || kit.holds(path, version))); // prettier-ignore
  if (needed.length > 0 && !held.includes(true)) return [];
  const remedy = await useKitModules(file, { only: true });
  return remedy === undefined ? [] : [remedy];
}
