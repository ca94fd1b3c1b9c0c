import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { fromSystemError, MedkitError, systemCode } from "../../core/errors.ts";
import type { AccessRecord } from "../types.ts";

/** Milliseconds after which lines are written at the latest, and octets after which they are at once. */
const writeAfter = 100;
const writeAt = 64 * 1024;
/** Octets of lines that wait for a slow disk; what comes after that is not logged, but counted. */
const mostWaiting = 16 * 1024 * 1024;

export interface AccessLogOptions {
  /** Told when lines cannot be written (the system's error), and when they can again: with how many were lost. */
  readonly onChange: (change: { readonly failed: Error } | { readonly lost: number }) => void;
}

/** A file of JSON lines, one a request, many written at once. A disk that is full or slow keeps nobody from being served. */
export class AccessLog implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #options: AccessLogOptions;
  #lines: string[] = [];
  #octets = 0;
  #lost = 0;
  #failing = false;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  constructor(file: FileHandle, options: AccessLogOptions) {
    this.#file = file;
    this.#options = options;
  }

  note(record: AccessRecord): void {
    const line = `${JSON.stringify(record)}\n`;
    if (this.#octets + line.length > mostWaiting) {
      this.#lost++;
      return;
    }
    this.#lines.push(line);
    this.#octets += line.length;
    if (this.#octets >= writeAt) this.#write();
    else this.#timer ??= setTimeout(() => this.#write(), writeAfter);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
  }

  async #writeAll(): Promise<void> {
    while (this.#lines.length > 0) {
      const lines = this.#lines;
      this.#lines = [];
      this.#octets = 0;
      try {
        await this.#file.appendFile(lines.join(""));
        if (this.#lost > 0) this.#options.onChange({ lost: this.#lost });
        this.#lost = 0;
        this.#failing = false;
      } catch (error) {
        this.#lost += lines.length;
        if (!this.#failing) this.#options.onChange({ failed: error as Error });
        this.#failing = true;
      }
    }
  }

  /** Writes what there is, and closes. */
  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#lines.length > 0 || this.#writing !== undefined) {
      this.#write();
      await this.#writing;
    }
    clearTimeout(this.#timer);
    await this.#file.close();
  }
}

/** Opens the file, or makes it, to write behind what it holds. PATH_NOT_FOUND where its folder is not there, FILE_UNREADABLE where it is no file, else what fromSystemError gives. */
export async function openAccessLog(path: string, options: AccessLogOptions): Promise<AccessLog> {
  try {
    return new AccessLog(await open(path, "a", 0o640), options);
  } catch (error) {
    const problem = systemCode(error) ?? "";
    if (problem === "ENOENT") throw new MedkitError("PATH_NOT_FOUND", { path: dirname(path) });
    if (problem === "EISDIR" || problem === "ENOTDIR") throw new MedkitError("FILE_UNREADABLE", { path, problem });
    throw fromSystemError(error, path);
  }
}
