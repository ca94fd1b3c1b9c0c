import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import {
  compareSemver,
  escapePath,
  escapeVersion,
  HttpGetter,
  listedVersions,
  openTreeHead,
  parseGoMod,
  parseGosumdb,
  redactUrl,
  SourceRefusal,
  type Credentials,
} from "../module/index.ts";
import type { CiSettings } from "./types.ts";

/** What was asked, and how the answer is judged: `no` is a reason to say no, `note` is not. The words are under `ci.check.<code>`. */
export interface ProxyCheck {
  readonly step: "ready" | "list" | "info" | "mod" | "sumdb" | "sumdbLatest" | "absent";
  readonly state: "ok" | "note" | "no";
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Without credentials. */
  readonly url: string;
}

type AskPorts = Pick<Ports, "fetch" | "signal">;

export interface CheckOptions {
  readonly settings: CiSettings;
  /** A module that the mirror should have. */
  readonly module: string;
  readonly netrc: ReadonlyMap<string, Credentials>;
}

/** Bytes of an answer that is read. */
const most = 4 * 1024 * 1024;

/** Milliseconds without a byte. */
const patience = 15_000;

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
  /** What the server or the network said, where it is no 200. */
  readonly reason: string;
}

/** A module that nobody has, below one that the mirror should have: what a policy says of other hosts is no answer here. */
const absentIn = (module: string): string => `${module}/medkit-absent`;

class Asker {
  readonly #http: HttpGetter;
  readonly #base: string;
  readonly checks: ProxyCheck[] = [];

  constructor(ports: AskPorts, { settings, netrc }: CheckOptions) {
    this.#http = new HttpGetter(ports, { netrc, retries: 0, stallAfter: patience });
    this.#base = settings.proxy;
  }

  async ask(path: string): Promise<Answer> {
    try {
      const text = (await this.#http.get(`${this.#base}/${path}`, most)).toString("utf8");
      return { status: 200, text, reason: "" };
    } catch (error) {
      if (!(error instanceof SourceRefusal)) throw error;
      return { status: error.status, text: "", reason: error.message };
    }
  }

  note(step: ProxyCheck["step"], path: string, state: ProxyCheck["state"], code: string, params: ProxyCheck["params"] = {}): void {
    this.checks.push({ step, state, code, params, url: `${redactUrl(this.#base)}/${path}` });
  } // prettier-ignore
}

const isAbsent = ({ status }: Answer): boolean => status === 404 || status === 410;
const failure = ({ status, reason }: Answer): Record<string, string | number> => ({ status: status ?? "-", reason });

function isHtml(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|body)/i.test(text);
}

async function checkReady(asker: Asker): Promise<boolean> {
  const answer = await asker.ask("readyz");
  if (answer.status === 200) asker.note("ready", "readyz", "ok", "ready");
  else if (answer.status === undefined) asker.note("ready", "readyz", "no", "unreachable", failure(answer));
  else if (answer.status === 503) asker.note("ready", "readyz", "no", "notReady", failure(answer));
  // Only some proxies have such a page.
  else asker.note("ready", "readyz", "note", "noReadyPage", failure(answer));
  return answer.status !== undefined;
}

async function checkModule(asker: Asker, module: string): Promise<void> {
  const base = `${escapePath(module)}/@v`;
  const list = await asker.ask(`${base}/list`);
  if (list.status !== 200) {
    asker.note("list", `${base}/list`, "no", isAbsent(list) ? "moduleAbsent" : "failed", { module, ...failure(list) });
    return;
  }
  if (isHtml(list.text)) return asker.note("list", `${base}/list`, "no", "html", { module });
  const version = listedVersions(list.text).toSorted(compareSemver).at(-1);
  if (version === undefined) return asker.note("list", `${base}/list`, "no", "listEmpty", { module });
  asker.note("list", `${base}/list`, "ok", "list", { module, version });
  const path = `${base}/${escapeVersion(version)}`;
  const info = await asker.ask(`${path}.info`);
  let said: unknown;
  try {
    said = (JSON.parse(info.text) as { readonly Version?: unknown }).Version;
  } catch {
    // It is no answer that go could read.
  }
  if (info.status === 200 && said === version) asker.note("info", `${path}.info`, "ok", "info", { module, version });
  else asker.note("info", `${path}.info`, "no", info.status === 200 ? "infoWrong" : "failed", { module, version, ...failure(info) }); // prettier-ignore
  const mod = await asker.ask(`${path}.mod`);
  let name: string | undefined;
  try {
    name = mod.status === 200 ? parseGoMod(mod.text).module : undefined;
  } catch (error) {
    if (!(error instanceof MedkitError)) throw error;
  }
  if (name === module) asker.note("mod", `${path}.mod`, "ok", "mod", { module, version });
  else asker.note("mod", `${path}.mod`, "no", mod.status === 200 ? "modWrong" : "failed", { module, version, ...failure(mod) }); // prettier-ignore
}

async function checkDatabase(asker: Asker, sumdb: string): Promise<void> {
  const setting = parseGosumdb(sumdb);
  if (setting.kind === "off") return asker.note("sumdb", "", "note", "sumdbOff");
  const { name } = setting.verifier;
  if (setting.url !== undefined) return asker.note("sumdb", "", "note", "sumdbElsewhere", { database: name, url: redactUrl(setting.url) }); // prettier-ignore
  const path = `sumdb/${name}/supported`;
  const supported = await asker.ask(path);
  // Go then asks the database itself: that works where it can be reached.
  if (isAbsent(supported)) return asker.note("sumdb", path, "note", "sumdbUnsupported", { database: name });
  if (supported.status !== 200) return asker.note("sumdb", path, "no", "failed", { ...failure(supported) });
  asker.note("sumdb", path, "ok", "sumdb", { database: name });
  const latest = await asker.ask(`sumdb/${name}/latest`);
  const at = `sumdb/${name}/latest`;
  if (latest.status !== 200) return asker.note("sumdbLatest", at, "no", "failed", failure(latest));
  try {
    const { size } = openTreeHead(latest.text, setting.verifier);
    asker.note("sumdbLatest", at, "ok", "sumdbLatest", { database: name, size });
  } catch (error) {
    if (!(error instanceof MedkitError)) throw error;
    asker.note("sumdbLatest", at, "no", "sumdbForged", { database: name });
  }
}

async function checkFallThrough(asker: Asker, { settings, module }: CheckOptions): Promise<void> {
  const absent = absentIn(module);
  const path = `${escapePath(absent)}/@v/list`;
  const answer = await asker.ask(path);
  if (isAbsent(answer) || (answer.status === 200 && answer.text.trim() === ""))
    asker.note("absent", path, "ok", `falls.${settings.fallback}`, { status: answer.status ?? "" });
  else if (answer.status === 200)
    asker.note("absent", path, "no", isHtml(answer.text) ? "html" : "inventsVersions", { module: absent }); // prettier-ignore
  else asker.note("absent", path, "no", "staysStuck", failure(answer));
}

/**
 * Asks the mirror what the go command would ask it, and judges each answer: whether it is ready, has a module, answers for the checksum database with what its
 * key has signed, and says 404 or 410 where it has nothing, so that go goes on to the next of GOPROXY.
 */
export async function checkProxy(ports: AskPorts, options: CheckOptions): Promise<readonly ProxyCheck[]> {
  const asker = new Asker(ports, options);
  if (!(await checkReady(asker))) return asker.checks;
  await checkModule(asker, options.module);
  await checkDatabase(asker, options.settings.sumdb);
  await checkFallThrough(asker, options);
  return asker.checks;
}
