import { EXIT } from "../core/exit.ts";
import { MedkitError } from "../core/errors.ts";
import { chooseLang, loadTranslator, type Translator } from "../i18n/index.ts";
import type { CommandContext, OutputStream, Streams } from "./context.ts";
import type { GlobalFlags } from "./global-flags.ts";
import { splitGlobals, type SplitLine } from "./parse-globals.ts";
import { asMedkitError, errorText } from "./render/error.ts";
import { errorDocument, resultDocument, schemaOf } from "./render/json.ts";
import { inertData, printable } from "./render/printable.ts";
import { createProgress, type ProgressRenderer } from "./render/progress.ts";
import { chooseStyle, type Style } from "./render/style.ts";
import type { CommandResult, Json } from "./result.ts";
import { routeIds, routes, type RouteId } from "./routes.ts";

/** What the entry point knows of the process; tests hand in their own. */
export interface Host {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly streams: Streams;
  /** Aborted on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

interface Session {
  readonly host: Host;
  readonly line: SplitLine;
  readonly flags: GlobalFlags;
  readonly t: Translator;
  readonly out: Style;
  readonly err: Style;
}

/** Resolves when the stream has taken the text, or cannot take any more (a reader that went away is not an error). */
function write(stream: OutputStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => resolve());
  });
}

/** Runs one command line: parse, load, run, render. Gives the exit status; never throws. */
export async function main(host: Host): Promise<number> {
  const line = splitGlobals(host.argv, host.cwd);
  const flags = line.globals;
  const t = await loadTranslator(chooseLang(flags.lang, host.env));
  const style = (stream: OutputStream): Style => chooseStyle(flags.color, stream, host.env);
  const session: Session = { host, line, flags, t, out: style(host.streams.stdout), err: style(host.streams.stderr) };
  try {
    return await runLine(session);
  } catch (error) {
    return await fail(
      session,
      host.signal.aborted ? new MedkitError("INTERRUPTED", {}, { cause: error }) : asMedkitError(error),
    );
  }
}

async function fail({ host, flags, t, err }: Session, error: MedkitError): Promise<number> {
  if (flags.json) await write(host.streams.stdout, errorDocument(error, t));
  else await write(host.streams.stderr, printable(errorText(error, t, err), err));
  return error.exit;
}

/** Prints something that is not a command's result: help and the version. */
async function show({ host, flags }: Session, name: string, data: Json, text: string): Promise<number> {
  const document = `${JSON.stringify({ schema: schemaOf(name), ok: true, data }, undefined, 2)}\n`;
  await write(host.streams.stdout, flags.json ? document : text);
  return EXIT.done;
}

async function runLine(session: Session): Promise<number> {
  const { line, flags, t, out, host } = session;
  if (flags.version) {
    const { version } = await import("./version.ts");
    return show(session, "version", { version }, `medkit ${version}\n`);
  }
  const wantsHelp = flags.help || line.words[0] === "help" || (line.words.length === 0 && line.problem === undefined);
  const words = line.words[0] === "help" ? line.words.slice(1) : line.words;
  const [{ parseLine }, { understood }] = await Promise.all([import("./parse.ts"), import("./parse-problems.ts")]);
  if (wantsHelp) {
    const { commandHelp, groupHelp } = await import("./help.ts");
    const path = understood(routes, words);
    if (path.length > 0 || words.length === 0 || words[0]?.startsWith("-") === true) {
      const id = routeIds.find((each) => each === path.join(" "));
      const text = id === undefined ? groupHelp(path, t, out) : commandHelp(id, t, out);
      return show(session, "help", { command: path.join(" "), text }, text);
    }
  }
  if (line.problem !== undefined) throw line.problem;
  const parsed = await parseLine(routes, words, line.rest, host.cwd);
  if (parsed.kind === "group") {
    const { usageError } = await import("./usage.ts");
    const prefix = parsed.words.length === 0 ? "" : `${parsed.words.join(" ")} `;
    const choices = new Set(
      routeIds.flatMap((id) => (id.startsWith(prefix) ? [id.slice(prefix.length).split(" ", 1)[0] ?? ""] : [])),
    );
    throw usageError("incomplete", parsed.words, { choices: [...choices].join(", ") });
  }
  const { loadCommand } = await import("./routes.ts");
  const { createContext } = await import("./create-context.ts");
  const id = parsed.id as RouteId;
  const run = await loadCommand(id);
  const progress = createProgress({
    mode: flags.progress,
    stderr: host.streams.stderr,
    env: host.env,
    t,
    style: session.err,
  });
  const context: CommandContext = createContext(host, flags, t, progress);
  let result: CommandResult;
  try {
    result = await run(context, parsed.input);
  } finally {
    progress.close();
  }
  return await render(session, id, result, progress);
}

async function render(
  session: Session,
  id: RouteId,
  given: CommandResult,
  progress: ProgressRenderer,
): Promise<number> {
  const { host, flags, t, out, err } = session;
  progress.close();
  // Interrupted, and the command came to an end all the same: what it has to say is said, and the status tells of the signal.
  const late = host.signal.aborted && given.exit === undefined && given.problem === undefined;
  const result = late ? { ...given, problem: new MedkitError("INTERRUPTED") } : given;
  const exit = result.exit ?? result.problem?.exit ?? EXIT.done;
  if (result.silent === true) return exit;
  if (flags.json) {
    await write(host.streams.stdout, resultDocument(id, result, exit, t));
    return exit;
  }
  // What comes from outside is one part of a line, and begins none.
  const text = printable(result.text(t.treating(inertData), out), out);
  if (text !== "") await write(host.streams.stdout, text.endsWith("\n") ? text : `${text}\n`);
  if (result.problem !== undefined) await write(host.streams.stderr, printable(errorText(result.problem, t, err), err));
  return exit;
}
