import { MedkitError } from "../../core/errors.ts";
import { parseKept, type Kept } from "./secret.ts";

/** One who may come in. */
export interface Login {
  readonly name: string;
  readonly kept: Kept;
  /** As it stands in the file. */
  readonly text: string;
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** LOGIN_NAME_INVALID for what is no name of a login. */
export function checkLoginName(name: string): void {
  if (!namePattern.test(name)) throw new MedkitError("LOGIN_NAME_INVALID", { name });
}

/** Reads lines of `NAME:SECRET`, as `proxy login add` writes them; `#` begins a comment. LOGIN_FILE_INVALID with the line. */
export function parseLogins(text: string, file: string): readonly Login[] {
  const found = new Map<string, Login>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const at = line.indexOf(":");
    const [name, secret] = [line.slice(0, Math.max(at, 0)), line.slice(at + 1)];
    const kept = parseKept(secret);
    const problem = !namePattern.test(name)
      ? "it begins with no name"
      : kept === undefined
        ? "its secret is in no known form"
        : found.has(name)
          ? `${name} is there twice`
          : undefined;
    if (problem !== undefined || kept === undefined)
      throw new MedkitError("LOGIN_FILE_INVALID", { file, line: index + 1, problem: problem ?? "" });
    found.set(name, { name, kept, text: secret });
  }
  return [...found.values()];
}

/** The text of a file with these logins. */
export function loginsText(logins: readonly Pick<Login, "name" | "text">[]): string {
  return logins.map(({ name, text }) => `${name}:${text}\n`).join("");
}
