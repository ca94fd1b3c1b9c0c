import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { splitPem } from "../../probes/trust-store.ts";
import type { CaseFile } from "../../types.ts";

/** A file with certificates of authorities that an administrator, or the user's own environment, has put on this host. */
export interface AuthorityFile {
  readonly path: string;
  /** The folder, or the variable, that it was found through. */
  readonly from: string;
  readonly certificates: readonly string[];
}

/** Variables by which other tools are told to trust an authority. */
const variables: readonly string[] = ["NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "PIP_CERT", "NPM_CONFIG_CAFILE", "npm_config_cafile", "AWS_CA_BUNDLE", "CARGO_HTTP_CAINFO"]; // prettier-ignore

/** Where an administrator puts them for update-ca-certificates and update-ca-trust. */
const anchors: readonly string[] = ["/usr/local/share/ca-certificates", "/etc/pki/ca-trust/source/anchors", "/etc/pki/trust/anchors", "/etc/ca-certificates/trust-source/anchors", "/usr/share/pki/ca-trust-source/anchors"]; // prettier-ignore

const limits = { files: 50, bytes: 1024 * 1024 } as const;

/** Whether nobody but these users can have written the file: it and the folder that holds it are theirs. */
export async function isWrittenBy(path: string, users: readonly (number | undefined)[]): Promise<boolean> {
  for (const each of [path, dirname(path)]) {
    const info = await lstat(each).catch(() => undefined);
    if (info === undefined || info.isSymbolicLink() || !users.includes(info.uid) || (info.mode & 0o002) !== 0) return false; // prettier-ignore
  }
  return true;
}

async function read(
  path: string,
  from: string,
  users: readonly (number | undefined)[],
): Promise<readonly AuthorityFile[]> {
  const real = await realpath(path).catch(() => undefined);
  const info = real === undefined ? undefined : await stat(real).catch(() => undefined);
  if (real === undefined || info?.isFile() !== true || info.size > limits.bytes || !(await isWrittenBy(real, users))) return []; // prettier-ignore
  const certificates = splitPem(await readFile(real, "utf8").catch(() => ""));
  return certificates.length === 0 ? [] : [{ path: real, from, certificates }];
}

/** Never one of the project's: whoever writes there must not say whom this host trusts. */
export async function findAuthorities({ command, probes }: CaseFile): Promise<readonly AuthorityFile[]> {
  const { root, goWorkFile } = await probes.project();
  const ofOthers = [command.cwd, root, goWorkFile === undefined ? undefined : dirname(goWorkFile)].filter((each) => each !== undefined); // prettier-ignore
  const foreign = await Promise.all(ofOthers.map((folder) => realpath(folder).catch(() => folder)));
  const found: AuthorityFile[] = [];
  for (const folder of anchors) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(?:crt|pem|cer)$/.test(name));
    for (const name of names.slice(0, limits.files)) found.push(...(await read(join(folder, name), folder, [0])));
  }
  for (const name of variables) {
    const path = command.env[name];
    if (path?.startsWith("/") === true) found.push(...(await read(path, name, [0, process.getuid?.()])));
  }
  return found.filter(({ path }) => !foreign.some((folder) => path.startsWith(folder === sep ? folder : `${folder}${sep}`))); // prettier-ignore
}
