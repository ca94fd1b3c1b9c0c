import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fromSystemError, MedkitError, systemCode } from "../../core/errors.ts";
import type { CredentialSource, S3Credentials } from "./types.ts";

/** Milliseconds after which a credentials file is read anew: whoever renews short-lived keys writes it. */
const readAnewAfter = 60_000;

export interface CredentialOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly monotonic: () => number;
  /** Default: AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials. */
  readonly file?: string | undefined;
  /** Default: AWS_PROFILE, else `default`. */
  readonly profile?: string | undefined;
}

/**
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, else a section of the shared credentials file
 * (https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html). A file that the configuration names goes before the environment. No service
 * of the network is asked for any.
 */
export function credentialSource({ env, monotonic, file, profile }: CredentialOptions): CredentialSource {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  if (file === undefined && accessKeyId && secretAccessKey) {
    const sessionToken = env["AWS_SESSION_TOKEN"];
    const found = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
    return () => Promise.resolve(found);
  }
  const path = file ?? (env["AWS_SHARED_CREDENTIALS_FILE"] || join(env["HOME"] || homedir(), ".aws", "credentials"));
  const section = profile ?? (env["AWS_PROFILE"] || "default");
  let kept: { readonly value: S3Credentials; readonly until: number } | undefined;
  return async (anew = false) => {
    if (!anew && kept !== undefined && kept.until > monotonic()) return kept.value;
    const value = parseCredentials(await readText(path, section), section);
    if (value === undefined) throw new MedkitError("S3_CREDENTIALS_MISSING", { file: path, profile: section });
    kept = { value, until: monotonic() + readAnewAfter };
    return value;
  };
}

async function readText(path: string, profile: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (!["ENOENT", "ENOTDIR", "EISDIR"].includes(systemCode(error) ?? "")) throw fromSystemError(error, path);
    throw new MedkitError("S3_CREDENTIALS_MISSING", { file: path, profile }, { cause: error });
  }
}

/** Reads a section's keys; undefined where they are not there. */
export function parseCredentials(text: string, profile: string): S3Credentials | undefined {
  const values = new Map<string, string>();
  let isIn = false;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1];
    if (section !== undefined) isIn = section === profile;
    const [, name, value] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (isIn && name !== undefined && value !== undefined) values.set(name.toLowerCase(), value);
  }
  const accessKeyId = values.get("aws_access_key_id");
  const secretAccessKey = values.get("aws_secret_access_key");
  const sessionToken = values.get("aws_session_token");
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
