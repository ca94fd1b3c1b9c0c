import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import type { MessageKey, Translator } from "../i18n/index.ts";
import { parseFingerprint, type KeyChange, type KeyFacts } from "../openpgp/index.ts";
import { inertData } from "./render/printable.ts";
import type { Style } from "./render/style.ts";
import { json, type CommandResult } from "./result.ts";

/** Octets of the largest key, signature or list that is read from a file. */
const smallFile = 64 << 20;

/** A file that a person named. PATH_NOT_FOUND, FILE_UNREADABLE. */
export async function readNamedFile(path: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  try {
    const facts = await stat(path);
    if (!facts.isFile() || facts.size > smallFile) throw new MedkitError("FILE_UNREADABLE", { path });
    return { name: basename(path), bytes: await readFile(path) };
  } catch (error) {
    if (error instanceof MedkitError) throw error;
    const code = systemCode(error) === "ENOENT" ? "PATH_NOT_FOUND" : "FILE_UNREADABLE";
    throw new MedkitError(code, { path }, { cause: error });
  }
}

/** OPENPGP_FINGERPRINT_INVALID. */
export function readFingerprint(text: string): string {
  const fingerprint = parseFingerprint(text);
  if (fingerprint === undefined) throw new MedkitError("OPENPGP_FINGERPRINT_INVALID", { text });
  return fingerprint;
}

function stateText(t: Translator, signer: KeyFacts["signers"][number]): string {
  const { state, expires } = signer;
  if (state === "usable" && expires !== null) return t.text("key.state.usableUntil", { expires });
  return t.lookup(`key.state.${state}`, { expires: expires ?? "" }) ?? state;
}

/** A key with what it may do, a line each. */
export function keyLines(key: KeyFacts, t: Translator): readonly string[] {
  const facts = inertData(key);
  const [primary, ...subkeys] = facts.signers;
  const { fingerprint, algorithm, created } = facts;
  return [
    ...(primary === undefined
      ? []
      : [t.text("key.primary", { fingerprint, algorithm, created, state: stateText(t, primary) })]),
    ...facts.userIds.map((userId) => `  ${userId}`),
    ...subkeys.map(
      (each) =>
        `  ${t.text("key.sub", { fingerprint: each.fingerprint, created: each.created, state: stateText(t, each) })}`,
    ),
    ...(facts.known === null ? [] : [`  ${t.text("key.known", { known: facts.known })}`]),
  ];
}

function changeKey(change: KeyChange["change"], plan: boolean): MessageKey {
  if (change === "left-out") return "key.leftOut";
  if (change === "unchanged") return "key.unchanged";
  return plan ? `key.plan.${change}` : `key.${change}`;
}

/** The result of an import or update. */
export function keyChangeResult(changes: readonly KeyChange[], dryRun: boolean): CommandResult {
  const keys = changes.map(({ facts, change, confirmed }) => ({ change, confirmed, ...facts }));
  return {
    data: json(dryRun ? { plan: keys } : { keys }),
    text: (t: Translator, style: Style) =>
      [
        ...changes.flatMap(({ facts, change, confirmed }) => {
          const { fingerprint } = facts;
          const head = t.lookup(changeKey(change, dryRun), { fingerprint }) ?? fingerprint;
          if (change === "left-out") return [style.yellow(head)];
          const by = confirmed?.by === "key" ? [t.text("key.byKey", { fingerprint: confirmed.fingerprint })] : [];
          return [style.bold(head), ...by, ...keyLines(facts, t)];
        }),
        ...(dryRun ? [t.text("kit.build.plan.nothing")] : []),
      ].join("\n"),
  };
}
