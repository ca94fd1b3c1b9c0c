import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { MedkitError, systemCode } from "../../core/errors.ts";

/** Paths of PEM files. */
export interface TlsFiles {
  /** The server's certificate, then the ones between it and the root. */
  readonly cert: string;
  readonly key: string;
  /** Clients have to show a certificate that one of these signed. */
  readonly clientCa?: string | undefined;
}

/** What node:tls takes. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
  readonly requestCert?: boolean;
  readonly rejectUnauthorized?: boolean;
}

export interface ReadPair {
  readonly pair: TlsPair;
  /** When the certificate ends. */
  readonly validTo: Date;
  /** Whether others than its owner and group may read the key. */
  readonly isKeyOpen: boolean;
}

const unfit = (file: string, problem: string): MedkitError => new MedkitError("TLS_FILE_INVALID", { file, problem });

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw unfit(file, systemCode(error) ?? "it cannot be read");
  }
}

function certificateOf(text: string, file: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw unfit(file, "it is no certificate in PEM form");
  }
}

/** Reads and checks a certificate, its key, and the authorities of clients. TLS_FILE_INVALID with the file and what is the matter. */
export async function readTlsPair({ cert, key, clientCa }: TlsFiles): Promise<ReadPair> {
  const [certText, keyText] = [await readPem(cert), await readPem(key)];
  const certificate = certificateOf(certText, cert);
  let fits: boolean;
  try {
    fits = certificate.checkPrivateKey(createPrivateKey(keyText));
  } catch {
    throw unfit(key, "it is no private key in PEM form, or it has a passphrase");
  }
  if (!fits) throw unfit(key, "it is not the key of this certificate");
  const authorities = clientCa === undefined ? undefined : await readPem(clientCa);
  if (authorities !== undefined && clientCa !== undefined) certificateOf(authorities, clientCa);
  const { mode } = await stat(key);
  return {
    pair: {
      cert: certText,
      key: keyText,
      ...(authorities === undefined ? {} : { ca: authorities, requestCert: true, rejectUnauthorized: true }),
    },
    validTo: new Date(certificate.validTo),
    isKeyOpen: (mode & 0o007) !== 0,
  };
}
