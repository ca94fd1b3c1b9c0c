import { chown, copyFile, mkdir, readFile, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { sha256Hex } from "../core/digest.ts";
import { MedkitError, fromSystemError, systemCode } from "../core/errors.ts";
import { present } from "../core/present.ts";
import { ensureFolder, removeTree, writeFileAtomic } from "../state/index.ts";
import { findSetting, type GoenvFile } from "../core/go-env-file.ts";
import { redactVariable } from "./redact.ts";
import { editGoflagWords, joinGoflags, splitGoflags } from "./remedies.ts";
import type { Change, Command, FileEdit, Remedy } from "./types.ts";

/** A file of the user's that was changed, and where its copy lies. */
export interface EditedFile {
  readonly path: string;
  /** The copy; null: there was no such file. */
  readonly copy: string | null;
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

/** Whether something of it outlives the command. */
export function isLasting({ scratch, edited }: Applied): boolean {
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

async function currentDigest(path: string): Promise<string | undefined> {
  try {
    return sha256Hex(await readFile(path));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw fromSystemError(error, path);
  }
}

/** A file that root replaces stays its owner's. */
async function keepOwner(
  path: string,
  before: { readonly uid: number; readonly gid: number } | undefined,
): Promise<void> {
  if (before !== undefined && process.getuid?.() === 0) await chown(path, before.uid, before.gid);
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

async function editFile(edit: FileEdit, copies: string, number: number): Promise<EditedFile> {
  if ((await currentDigest(edit.path)) !== edit.before)
    throw new MedkitError("RESCUE_FILE_CHANGED", { path: edit.path });
  let copy: string | null = null;
  if (edit.before !== undefined) {
    copy = join(copies, `${number}-${basename(edit.path)}`);
    await ensureFolder(copies, 0o700);
    await copyFile(edit.path, copy);
  }
  const info = await stat(edit.path).catch(() => undefined);
  await writeFileAtomic(edit.path, edit.content, { mode: (info?.mode ?? 0o644) & 0o777 });
  await keepOwner(edit.path, info);
  return { path: edit.path, copy, written: sha256Hex(edit.content) };
}

/** Carries a remedy out. Whatever fails halfway is taken back before the error goes on. */
export async function applyRemedy(
  given: Remedy,
  command: Command,
  options: {
    readonly copies: string;
    readonly secrets: readonly string[];
    /** The user's file of `go env -w`, as it is. */
    readonly goenv: GoenvFile | undefined;
  },
): Promise<Applied> {
  const remedy = withoutToolexec(given, command.env, options.goenv);
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
    for (const [index, edit] of (remedy.edits ?? []).entries())
      edited.push(await editFile(edit, options.copies, index));
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

/** Restores an edited file from its copy, where it still holds what we wrote. Gives false where somebody changed it since: then it is left alone. */
export async function restoreFile(file: EditedFile): Promise<boolean> {
  const now = await currentDigest(file.path);
  if (now !== file.written) return false;
  if (file.copy === null) await removeTree(file.path);
  else {
    const info = await stat(file.path);
    await writeFileAtomic(file.path, await readFile(file.copy), { mode: info.mode & 0o777 });
    await keepOwner(file.path, info);
  }
  return true;
}

/** Undoes what an applied remedy did to the disk. */
export async function takeBack(applied: Pick<Applied, "scratch" | "edited">): Promise<void> {
  for (const file of applied.edited.toReversed()) await restoreFile(file);
  for (const path of applied.scratch.toReversed()) {
    await removeTree(path);
    // The folders that were made on the way: `scratch`, and the rescue's own. Those that hold something stay.
    for (const parent of [dirname(path), dirname(dirname(path))]) await rmdir(parent).catch(() => undefined);
  }
}
