import { sha256Hex } from "../../core/digest.ts";
import { MedkitError, systemCode } from "../../core/errors.ts";
import { EXIT } from "../../core/exit.ts";
import { canonicalVersion, escapeVersion, isRecordAbsent, TILE_WIDTH } from "../../module/index.ts";
import { isModuleAbsent } from "../chain.ts";
import { isUnreachable } from "../database-mirror.ts";
import type { Modules, Wish } from "../mirror.ts";
import { PolicyRefusal } from "../policy/refusal.ts";
import type { Asked, BytesReply, Reply, StoredFile } from "../types.ts";

const plain = "text/plain; charset=utf-8";
const json = "application/json";
const octets = "application/octet-stream";

/** Files up to this size are read at once: they are answered from memory afterwards. Octets. */
const smallUpTo = 64 * 1024;

/** What the go command shows of a refusal: a line that says what is the matter. */
export function refusal(status: number, text: string): BytesReply {
  return { status, type: plain, keep: "never", bytes: Buffer.from(`${text}\n`) };
}

const notFound = (what: string): BytesReply => refusal(404, `not found: ${what}`);

/**
 * The reply to what a request asks. 404 where it is not to be had, so that the next proxy of a list is asked; never 404 or 410 where something failed or did not
 * match, so that no client goes on to a source without the check.
 */
export async function answer(
  mirror: Modules,
  asked: Asked,
  wish: Wish,
  tell: Tell = codeAlone,
  isSecond = false,
): Promise<Reply> {
  try {
    if (asked.kind === "database") return await answerDatabase(mirror, asked);
    if (asked.kind === "list")
      return changing(await mirror.list(asked.path, wish), plain, `no versions of ${asked.path}`);
    if (asked.kind === "latest") return changing(await mirror.latest(asked.path, wish), json, asked.path);
    const { path, version } = asked.module;
    const what = `${path}@${version}`;
    if (asked.kind === "info") {
      const bytes = await mirror.info(asked.module, wish);
      if (bytes === undefined) return notFound(what);
      const keep = canonicalVersion(version) === version ? "immutable" : "minute";
      return { status: 200, type: json, keep, bytes };
    }
    if (canonicalVersion(version) !== version) return notFound(`${what} is not a full version`);
    const found = await mirror.file(asked.kind, asked.module, wish);
    if (found === undefined) return notFound(what);
    const type = asked.kind === "zip" ? "application/zip" : plain;
    const { file, proof } = found;
    const saveAs = asked.kind === "zip" ? { saveAs: `${path.replaceAll("/", "_")}_${escapeVersion(version)}.zip` } : {};
    if (file.size > smallUpTo) return { status: 200, type, keep: "immutable", file, sha256: proof.sha256, ...saveAs };
    const bytes = await bytesOf(file);
    if (sha256Hex(bytes) === proof.sha256)
      return { status: 200, type, keep: "immutable", bytes, modified: file.modified, ...saveAs };
    await mirror.distrust(asked.kind, asked.module);
    return isSecond ? damaged() : await answer(mirror, asked, wish, tell, true);
  } catch (error) {
    return refusalFor(error, tell);
  }
}

/** What is sent of a stored file that is not the proven one. */
export function damaged(): BytesReply {
  return refusal(502, "the stored file is damaged, and will not be served: ask again, and it is fetched anew");
}

async function bytesOf(file: StoredFile): Promise<Buffer> {
  try {
    return await file.bytes();
  } finally {
    await file[Symbol.asyncDispose]();
  }
}

function changing(bytes: Buffer | undefined, type: string, what: string): BytesReply {
  return bytes === undefined ? notFound(what) : { status: 200, type, keep: "minute", bytes };
}

async function answerDatabase(mirror: Modules, asked: Extract<Asked, { kind: "database" }>): Promise<Reply> {
  const { database } = mirror;
  const { file, name } = asked;
  if (name !== database.name) return notFound(`the checksum database ${name} is not mirrored here`);
  // Its name must not reach a database that everybody can read.
  if (file.kind === "lookup" && mirror.isPrivate(file.module.path))
    return notFound(`${file.module.path} is private: put it into GONOSUMDB, and ${name} is not asked`);
  const bytes = await database.answer(file);
  if (bytes === undefined) return notFound(`${name} has it not, or it was not asked for before`);
  if (file.kind === "tile") {
    const keep = file.tile.width === TILE_WIDTH ? "immutable" : "minute";
    return { status: 200, type: octets, keep, bytes };
  }
  return { status: 200, type: plain, keep: "minute", bytes };
}

/** An error's sentence for a person. */
export type Tell = (error: MedkitError) => string;

const codeAlone: Tell = ({ code }) => code;

/** What is sent for an error: never 404 or 410 but where every source said that it is not there. */
export function refusalFor(error: unknown, tell: Tell = codeAlone): BytesReply {
  if (!(error instanceof MedkitError)) return refusal(500, `UNEXPECTED: ${systemCode(error) ?? "see the log"}`);
  if (error instanceof PolicyRefusal) return refusal(error.status, error.text);
  const { code, params } = error;
  const facts = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
  const sentence = tell(error);
  const text = [...(sentence === code ? [code] : [sentence, `[${code}]`]), ...facts].join("\n  ");
  if (isModuleAbsent(error) || isRecordAbsent(error)) return refusal(404, text);
  // Nothing that the client asked for is wrong: the store cannot do its part now.
  if (code === "HOST_NO_SPACE")
    return refusal(507, `the module proxy has no space left to store this: try later\n${code}`);
  if (code === "S3_UNREACHABLE" || code === "S3_REFUSED" || code === "S3_BUCKET_ABSENT")
    return refusal(503, `the module proxy cannot use its storage now: try later\n${text}`);
  if (code === "INTERRUPTED") return refusal(503, text);
  if (code === "PROXY_STALLED" || code === "PROXY_TOO_SLOW" || code === "DIRECT_TOO_SLOW") return refusal(504, text);
  if (isUnreachable(error) || error.exit === EXIT.integrity || error.exit === EXIT.unavailable)
    return refusal(502, text);
  return refusal(500, text);
}
