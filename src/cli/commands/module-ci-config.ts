import {
  checkProxy,
  checkSettings,
  fragmentFor,
  variablesOf,
  writeFragment,
  type CiSettings,
  type NoteCode,
  type ProxyCheck,
} from "../../ci/index.ts";
import { MedkitError } from "../../core/errors.ts";
import { goSetting } from "../../goroot/index.ts";
import { tableLines, wrapColumns, type Translator } from "../../i18n/index.ts";
import { proxyListOrNothing, redactUrl } from "../../module/index.ts";
import type { CommandContext } from "../context.ts";
import { readNetrc } from "../netrc.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";
import type { Style } from "../render/style.ts";

/** A module that every public mirror has. */
const usualModule = "golang.org/x/text";

/** What stands for the mirror where nobody has named one. */
const example = "https://goproxy.internal";

type Env = Readonly<Record<string, string | undefined>>;

/** The first address of the host's GOPROXY, without its login. */
async function hostProxy(env: Env): Promise<string> {
  const list = proxyListOrNothing((await goSetting(env, "GOPROXY"))?.value ?? "") ?? [];
  const url = list.find((each) => /^https?:/.test(each.url))?.url;
  return url === undefined ? example : url.replace(/^(https?:\/\/)[^/]*@/, "$1");
}

function noteText(note: NoteCode, t: Translator): string {
  return t.lookup(`ci.note.${note}`) ?? note;
}

function checkText(settings: CiSettings, checks: readonly ProxyCheck[], t: Translator, style: Style): string {
  const paint = (state: ProxyCheck["state"], text: string): string =>
    state === "ok" ? style.green(text) : state === "note" ? style.yellow(text) : style.red(text);
  const rows = checks.map(({ step, state, code, params }) => [
    paint(state, t.text(`ci.state.${state}`)),
    t.text(`ci.step.${step}`),
    t.lookup(`ci.check.${code}`, params) ?? code,
  ]);
  const passed = checks.every((each) => each.state !== "no");
  return [
    style.bold(t.text("ci.check.title", { proxy: redactUrl(settings.proxy) })),
    ...tableLines(rows, "  "),
    ...(passed ? [style.green(t.text("ci.check.passed"))] : []),
  ].join("\n");
}

export async function run(context: CommandContext, input: Input<"module ci-config">): Promise<CommandResult> {
  const { ports, t } = context;
  const { flags } = input;
  const settings = checkSettings({
    proxy: flags.proxy ?? (await hostProxy(ports.env)),
    fallback: flags.fallback ?? "direct",
    sumdb: flags.sumdb ?? "sum.golang.org",
    private: flags.private,
    privateFrom: flags.privateFrom ?? "direct",
    ca: flags.ca,
    netrc: flags.netrc,
    go: flags.go ?? "1.26",
  });
  const fragment = fragmentFor(flags.for, settings);
  const writer = { text: (note: NoteCode) => noteText(note, t), wrap: wrapColumns };
  const text = writeFragment(fragment, flags.plain ? undefined : writer);
  const data = {
    for: flags.for,
    file: fragment.file,
    variables: Object.fromEntries(variablesOf(settings).map(({ name, value }) => [name, value])),
    fragment: text,
  };
  if (!flags.check) return { data: json({ ...data, checks: null }), text: () => text.replace(/\n$/, "") };
  if (context.flags.offline) throw new MedkitError("OFFLINE", { url: redactUrl(settings.proxy) });
  const netrc = await readNetrc(ports.env);
  const checks = await checkProxy(ports, { settings, module: flags.module ?? usualModule, netrc });
  const count = checks.filter((each) => each.state === "no").length;
  const problem =
    count === 0 ? undefined : new MedkitError("CI_PROXY_WRONG", { proxy: redactUrl(settings.proxy), count });
  return {
    data: json({ ...data, checks }),
    ...(problem === undefined ? {} : { problem, exit: problem.exit }),
    text: (words, style) => checkText(settings, checks, words, style),
  };
}
