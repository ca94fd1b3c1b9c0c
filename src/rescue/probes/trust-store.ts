import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readRegularFile } from "../../core/regular-file.ts";

/** Where crypto/x509 looks on Linux (root_linux.go), in its order. */
const bundleFiles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
const bundleFolders = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

/** The certificates of a PEM text. */
export function splitPem(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}

async function folderCertificates(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.slice(0, 1000).map(async (name) => (await readRegularFile(join(folder, name))) ?? ""),
  );
  return texts.flatMap(splitPem);
}

/** The authorities that a go command would trust: SSL_CERT_FILE and SSL_CERT_DIR take the place of the host's own, as in crypto/x509. */
export async function readTrustStore(env: Readonly<Record<string, string | undefined>>): Promise<readonly string[]> {
  const files = env["SSL_CERT_FILE"] ? [env["SSL_CERT_FILE"]] : bundleFiles;
  const folders = env["SSL_CERT_DIR"] ? env["SSL_CERT_DIR"].split(":") : bundleFolders;
  let roots: readonly string[] = [];
  for (const file of files) {
    roots = splitPem((await readRegularFile(file)) ?? "");
    if (roots.length > 0) break;
  }
  if (roots.length > 0 && !env["SSL_CERT_DIR"]) return roots;
  return [...roots, ...(await Promise.all(folders.map(folderCertificates))).flat()];
}
