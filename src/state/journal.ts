import { type FileHandle, open, readFile, readdir, rm, truncate } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { ensureFolder, syncFolder, writeFileAtomic } from "./atomic-write.ts";
import { type Liveness, type ProcessIdentity, liveness, ownIdentity, parseIdentity } from "./process-identity.ts";

/*
 * One file a plan, one JSON document a line, each on disk (fsync) before the step that it announces counts as done:
 *   {"type":"begin","plan":…,"kind":…,"steps":[…],"staging":[…],"at":…,"owner":{…}}
 *   {"type":"done","step":…,"at":…}
 *   {"type":"end","outcome":"done"|"failed"|"undone"|"abandoned","at":…}
 */

export type JournalOutcome = "done" | "failed" | "undone" | "abandoned";

export interface JournalBegin {
  /** Unique name of this application of the plan; the file's name. */
  readonly plan: string;
  /** Which command's plan it is: `kit build`. */
  readonly kind: string;
  readonly steps: readonly string[];
  /** Absolute paths that are worthless when the plan does not end: removed by the clean-up after a crash. */
  readonly staging?: readonly string[];
}

export interface Journal {
  readonly path: string;
  /** Durable when it resolves. */
  stepDone(step: string, detail?: Readonly<Record<string, string | number>>): Promise<void>;
  end(outcome: JournalOutcome): Promise<void>;
}

export interface JournalState {
  readonly path: string;
  readonly plan: string;
  readonly kind: string;
  readonly steps: readonly string[];
  readonly staging: readonly string[];
  readonly done: readonly string[];
  readonly outcome: JournalOutcome | undefined;
  readonly owner: ProcessIdentity | undefined;
  /** `unknown` also where the owner could not be read. */
  readonly ownerIs: Liveness;
  /** `torn`: the last line is incomplete, as a crash leaves it. `unreadable`: another line is, and what follows it was not used. */
  readonly condition: "whole" | "torn" | "unreadable";
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

class FileJournal implements Journal {
  readonly path: string;
  readonly #handle: FileHandle;
  #closed = false;
  #tail: Promise<void> = Promise.resolve();

  constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** Lines are written one after another, also when steps end at the same time. */
  #append(value: unknown): Promise<void> {
    const write = this.#tail.then(async () => {
      try {
        await this.#handle.appendFile(lineOf(value));
        await this.#handle.datasync();
      } catch (error) {
        throw fromSystemError(error, this.path);
      }
    });
    this.#tail = write.catch(() => undefined);
    return write;
  }

  stepDone(step: string, detail?: Readonly<Record<string, string | number>>): Promise<void> {
    return this.#append({
      type: "done",
      step,
      at: new Date().toISOString(),
      ...(detail === undefined ? {} : { detail }),
    });
  }

  async end(outcome: JournalOutcome): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#append({ type: "end", outcome, at: new Date().toISOString() });
    } finally {
      await this.#handle.close();
    }
  }
}

/**
 * Starts the journal of one application of a plan in `folder`; durable when it resolves. It appears with its first line, so
 * that nobody takes it for a damaged one. A plan name that is in use is a bug of the caller.
 */
export async function beginJournal(folder: string, begin: JournalBegin): Promise<Journal> {
  const { plan, kind, steps, staging = [] } = begin;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/.test(plan))
    throw new MedkitError("STATE_NAME_UNSAFE", { name: JSON.stringify(plan) });
  const path = join(folder, `${plan}.jsonl`);
  const first = lineOf({
    type: "begin",
    plan,
    kind,
    steps,
    staging,
    at: new Date().toISOString(),
    owner: ownIdentity(),
  });
  try {
    await ensureFolder(folder);
    if ((await readdir(folder)).includes(`${plan}.jsonl`)) throw new Error(`journal exists: ${path}`);
    await writeFileAtomic(path, first);
    return new FileJournal(path, await open(path, "a"));
  } catch (error) {
    throw fromSystemError(error, path);
  }
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

const outcomes: readonly JournalOutcome[] = ["done", "failed", "undone", "abandoned"];

/** Reads a journal's text. Text to data: never throws, since it reads what crashes left. */
export function parseJournal(path: string, text: string): JournalState {
  const lines = text.split("\n");
  let condition: JournalState["condition"] = lines.pop() === "" ? "whole" : "torn";
  let begin: Record<string, unknown> = {};
  let outcome: JournalOutcome | undefined;
  const done: string[] = [];
  for (const [index, line] of lines.entries()) {
    let record: Record<string, unknown>;
    try {
      record = JSON.parse(line) as Record<string, unknown>;
      if (typeof record !== "object" || record === null) throw new SyntaxError("not an object");
    } catch {
      // File systems may keep a file's new length and lose its last block.
      condition = index === lines.length - 1 ? "torn" : "unreadable";
      break;
    }
    if (record["type"] === "begin") begin = record;
    else if (record["type"] === "done") done.push(String(record["step"]));
    else if (record["type"] === "end") outcome = outcomes.find((known) => known === record["outcome"]);
  }
  const owner = parseIdentity(begin["owner"]);
  return {
    path,
    plan: typeof begin["plan"] === "string" ? begin["plan"] : basename(path, ".jsonl"),
    kind: typeof begin["kind"] === "string" ? begin["kind"] : "",
    steps: strings(begin["steps"]),
    staging: strings(begin["staging"]),
    done,
    outcome,
    owner,
    ownerIs: owner === undefined ? "unknown" : liveness(owner),
    condition,
  };
}

/** Every journal in a folder, by name; an absent folder holds none. */
export async function readJournals(folder: string): Promise<readonly JournalState[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw fromSystemError(error, folder);
  }
  const states: JournalState[] = [];
  for (const name of names.filter((each) => each.endsWith(".jsonl")).sort()) {
    const path = join(folder, name);
    try {
      states.push(parseJournal(path, await readFile(path, "utf8")));
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw fromSystemError(error, path);
    }
  }
  return states;
}

/** Journals of plans that did not end although nobody works on them any more. */
export async function unfinishedJournals(folder: string): Promise<readonly JournalState[]> {
  const states = await readJournals(folder);
  return states.filter(
    (state) => state.outcome === undefined && (state.ownerIs === "dead" || state.owner === undefined),
  );
}

/** Writes the end of a journal whose process died; its torn last line is cut off first. */
export async function endAbandoned(state: JournalState, outcome: JournalOutcome = "abandoned"): Promise<void> {
  try {
    const bytes = await readFile(state.path);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) await truncate(state.path, whole);
    const handle = await open(state.path, "a");
    try {
      await handle.appendFile(lineOf({ type: "end", outcome, at: new Date().toISOString() }));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw fromSystemError(error, state.path);
  }
}

/** Removes the journals of plans that ended, but the newest `keep`. */
export async function pruneJournals(folder: string, keep = 20): Promise<void> {
  const ended = (await readJournals(folder)).filter((state) => state.outcome !== undefined);
  const excess = ended.slice(0, Math.max(0, ended.length - keep));
  for (const state of excess) await rm(state.path, { force: true });
  if (excess.length > 0) await syncFolder(dirname(excess[0]?.path ?? folder));
}
