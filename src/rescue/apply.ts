import { splitGoflags } from "../core/goflags.ts";
import { constants } from "node:fs";
import { lstat, mkdir, open, readFile, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { sha256Hex } from "../core/digest.ts";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { present } from "../core/present.ts";
import { ensureFolder, removeTree, syncFolder, writeFileAtomic } from "../state/index.ts";
import { findSetting, type GoenvFile } from "../core/go-env-file.ts";
import { replaceFile } from "./replace-file.ts";
import { redactVariable } from "./redact.ts";
import { editGoflagWords, joinGoflags } from "./remedies.ts";
import type { Change, Command, FileEdit, Remedy } from "./types.ts";

/** A file of the user's that was changed, and where its copy lies. */
export interface EditedFile {
  readonly path: string;
  /** The copy; null: there was no such file. */
  readonly copy: string | null;
  /** SHA-256 of what it held, and so of the copy; null: there was no such file. Records of older versions do not have it. */
  readonly before?: string | null | undefined;
  /** SHA-256 of what was written. */
  readonly written: string;
}

/** What an applied remedy left behind besides the child's environment. */
export interface Applied {
  readonly command: Command;
  readonly changes: readonly Change[];
  /** Folders and files of our own that were made. */
  readonly scratch: readonly string[];
  readonly edited: readonly EditedFile[];
}

/** What lies on the disk, or is about to. */
export type OnDisk = Pick<Applied, "scratch" | "edited">;

/** Whether something of it outlives the command. */
export function isLasting({ scratch, edited }: OnDisk): boolean {
  return scratch.length + edited.length > 0;
}

function layEnvironment(env: Command["env"], remedy: Remedy): Record<string, string> {
  return present({ ...env, ...remedy.environment });
}

/** What a remedy changes, in words of names and values; secrets are taken out. */
export function changesOf(remedy: Remedy, before: Command, secrets: readonly string[]): readonly Change[] {
  const shown = (name: string, value: string | undefined): string | undefined =>
    value === undefined ? undefined : redactVariable(name, value, secrets);
  const variables = Object.entries(remedy.environment)
    .filter(([name, value]) => before.env[name] !== value)
    .map(([name, value]): Change => ({ kind: "variable", name, before: shown(name, before.env[name]), after: shown(name, value) })); // prettier-ignore
  const limits = Object.entries(remedy.limits ?? {}).map(([name, value]): Change => ({
    kind: "limit",
    name,
    before: undefined,
    after: String(value),
  }));
  const scratch = [...(remedy.folders ?? []), ...(remedy.files ?? []).map((file) => file.path)].map((name): Change => ({
    kind: "scratch",
    name,
    before: undefined,
    after: undefined,
  }));
  const files = (remedy.edits ?? []).map((edit): Change => ({
    kind: "file",
    name: edit.path,
    before: edit.before,
    after: sha256Hex(edit.content),
  }));
  return [...variables, ...limits, ...scratch, ...files];
}

/** SHA-256 of a file; undefined where there is none. What is no file, as a pipe, has a digest that no file has, and is not read: it may never end. */
async function currentDigest(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? sha256Hex(await readFile(path)) : "no file";
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw fromSystemError(error, path);
  }
}

/** GOFLAGS of the file of `go env -w` as it will be for the child: a remedy may give it a copy, or change the file itself. */
function goenvFlags(remedy: Remedy, goenv: GoenvFile | undefined): string {
  const path = remedy.environment["GOENV"] ?? goenv?.path;
  const written = [...(remedy.files ?? []), ...(remedy.edits ?? [])].find((each) => each.path === path);
  const lines = written === undefined ? (goenv?.lines ?? []) : written.content.split("\n");
  return findSetting(lines, "GOFLAGS")?.value ?? "";
}

/**
 * Whatever a remedy changes, the child that it is for starts no program of others around the compiler: `-toolexec` of GOFLAGS goes, wherever that comes
 * from.
 */
function withoutToolexec(remedy: Remedy, env: Command["env"], goenv: GoenvFile | undefined): Remedy {
  const flags = ("GOFLAGS" in remedy.environment ? remedy.environment["GOFLAGS"] : env["GOFLAGS"]) ?? "";
  const inFile = splitGoflags(goenvFlags(remedy, goenv));
  const words = flags === "" ? inFile : splitGoflags(flags);
  const kept = editGoflagWords(words, { drop: ["toolexec"] });
  if (kept.length === words.length) return remedy;
  // A blank covers the file's line, which an empty variable would let through; go reads no flag in it.
  const none = inFile.length === 0 ? undefined : " ";
  return {
    ...remedy,
    environment: { ...remedy.environment, GOFLAGS: kept.length === 0 ? none : joinGoflags(kept) },
  };
}

/** Copies a file of the user's durably, under a name that no other copy of this rescue has. The very bytes that are copied must be those expected. */
async function copyDurably(path: string, expected: string, copies: string): Promise<string> {
  const content = await readFile(path).catch((error: unknown) => {
    throw fromSystemError(error, path);
  });
  if (sha256Hex(content) !== expected) throw new MedkitError("RESCUE_FILE_CHANGED", { path });
  await ensureFolder(dirname(copies), 0o700);
  await ensureFolder(copies, 0o700);
  let number = 0;
  let copy = "";
  do copy = join(copies, `${number++}-${basename(path)}`);
  while ((await lstat(copy).catch(() => undefined)) !== undefined);
  await writeFileAtomic(copy, content, { mode: 0o600 });
  await syncFolder(dirname(copies));
  return copy;
}

/** A copy that nobody needs goes, and the folders that only it has filled. */
async function dropCopy(copy: string | null): Promise<void> {
  if (copy === null) return;
  await removeTree(copy);
  for (const folder of [dirname(copy), dirname(dirname(copy))]) await rmdir(folder).catch(() => undefined);
}

/** Edits a file of the user's: copy, then record, then the edit, each on the disk before the next. RESCUE_FILE_CHANGED, RESCUE_FILE_LINKED, RESCUE_FILE_ATTRIBUTES. */
async function editFile(
  edit: FileEdit,
  copies: string,
  intend: (file: EditedFile) => Promise<void>,
): Promise<EditedFile> {
  if ((await currentDigest(edit.path)) !== edit.before)
    throw new MedkitError("RESCUE_FILE_CHANGED", { path: edit.path });
  const copy = edit.before === undefined ? null : await copyDurably(edit.path, edit.before, copies);
  const file = { path: edit.path, copy, before: edit.before ?? null, written: sha256Hex(edit.content) };
  try {
    await intend(file);
    if (!(await replaceFile(edit.path, edit.content, edit.before, currentDigest)))
      throw new MedkitError("RESCUE_FILE_CHANGED", { path: edit.path });
  } catch (error) {
    // The rename may have been done although what came after it failed: then the copy is needed.
    if ((await currentDigest(edit.path).catch(() => file.written)) !== file.written) await dropCopy(copy);
    else if ((await restoreFile(file)) === "restored") await dropCopy(copy);
    throw error;
  }
  return file;
}

/** Carries a remedy out. Whatever fails halfway is taken back before the error goes on. RESCUE_FILE_NOT_UTF8, and what {@link editFile} throws. */
export async function applyRemedy(
  given: Remedy,
  command: Command,
  options: {
    readonly copies: string;
    readonly secrets: readonly string[];
    /** The user's file of `go env -w`, as it is. */
    readonly goenv: GoenvFile | undefined;
    /** Told what will lie on the disk before a file of the user's is replaced: it must be on the disk when this returns. */
    readonly intend?: (pending: OnDisk) => Promise<void>;
  },
): Promise<Applied> {
  const remedy = withoutToolexec(given, command.env, options.goenv);
  // What was read with other bytes than UTF-8 would be written with U+FFFD in their place.
  const lossy = [...(remedy.files ?? []), ...(remedy.edits ?? [])].find(({ content }) => content.includes("\uFFFD"));
  if (lossy !== undefined) throw new MedkitError("RESCUE_FILE_NOT_UTF8", { path: lossy.path });
  const scratch: string[] = [];
  const edited: EditedFile[] = [];
  try {
    for (const folder of remedy.folders ?? []) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      scratch.push(folder);
    }
    for (const file of remedy.files ?? []) {
      await mkdir(dirname(file.path), { recursive: true, mode: 0o700 });
      await writeFileAtomic(file.path, file.content, { mode: 0o600 });
      scratch.push(file.path);
    }
    const intend = async (file: EditedFile): Promise<void> => options.intend?.({ scratch, edited: [...edited, file] });
    for (const edit of remedy.edits ?? []) edited.push(await editFile(edit, options.copies, intend));
  } catch (error) {
    await takeBack({ scratch, edited });
    throw error;
  }
  return {
    command: { ...command, env: layEnvironment(command.env, remedy), limits: { ...command.limits, ...remedy.limits } },
    changes: changesOf(remedy, command, options.secrets),
    scratch,
    edited,
  };
}

/** The bytes of a copy; undefined where it is missing, no regular file, or not what was copied. */
async function readCopy({ copy, before }: EditedFile): Promise<Uint8Array | undefined> {
  if (copy === null) return undefined;
  const handle = await open(copy, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => undefined,
  );
  try {
    if ((await handle?.stat())?.isFile() !== true) return undefined;
    const content = await handle?.readFile();
    return content === undefined || (typeof before === "string" && sha256Hex(content) !== before) ? undefined : content;
  } finally {
    await handle?.close();
  }
}

/**
 * How giving a file back ended. `untouched`: it holds what it held before, the edit was never made. `changed`: somebody changed it since, and it is left
 * alone. `damaged`: its copy is missing or altered, and it is left alone as well.
 */
export type Restored = "restored" | "untouched" | "changed" | "damaged";

/** Gives an edited file back from its copy, where it still holds what we wrote and the copy what it held. */
export async function restoreFile(file: EditedFile): Promise<Restored> {
  const now = await currentDigest(file.path);
  if (file.before !== undefined && now === (file.before ?? undefined)) return "untouched";
  if (now !== file.written) return "changed";
  if (file.copy === null) {
    await removeTree(file.path);
    return "restored";
  }
  const content = await readCopy(file);
  if (content === undefined) return "damaged";
  return (await replaceFile(file.path, content, file.written, currentDigest)) ? "restored" : "changed";
}

/** Undoes what an applied remedy did to the disk. A copy stays where its file could not be given back. */
export async function takeBack(applied: OnDisk): Promise<void> {
  for (const file of applied.edited.toReversed()) {
    const how = await restoreFile(file);
    if (how === "restored" || how === "untouched") await dropCopy(file.copy);
  }
  for (const path of applied.scratch.toReversed()) {
    await removeTree(path);
    // The folders that were made on the way: `scratch`, and the rescue's own. Those that hold something stay.
    for (const parent of [dirname(path), dirname(dirname(path))]) await rmdir(parent).catch(() => undefined);
  }
}
