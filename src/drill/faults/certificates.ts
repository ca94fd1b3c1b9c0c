import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";

/** A certificate in PEM, with its private key. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

export interface Validity {
  readonly from: Date;
  readonly to: Date;
}

// DER (X.690), as much of it as a certificate (RFC 5280) needs.

function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
const bits = (unused: number, bytes: Uint8Array): Buffer => tlv(0x03, Buffer.from([unused]), bytes);
const text = (tag: number, value: string): Buffer => tlv(tag, Buffer.from(value, "utf8"));
const yes = Buffer.from([0x01, 0x01, 0xff]);

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = rest.flatMap((part) => {
    const groups = [part & 127];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    return groups;
  });
  return tlv(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

const ecdsaWithSha256 = sequence(objectId("1.2.840.10045.4.3.2"));

function nameOf(commonName: string): Buffer {
  return sequence(tlv(0x31, sequence(objectId("2.5.4.3"), text(0x0c, commonName))));
}

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(objectId(id), ...(critical ? [yes] : []), tlv(0x04, value));
}

/** UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
function timeOf(date: Date): Buffer {
  const stamp = `${date.toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}Z`;
  return date.getUTCFullYear() < 2050 ? text(0x17, stamp.slice(2)) : text(0x18, stamp);
}

function pem(label: string, der: Buffer): string {
  return `-----BEGIN ${label}-----\n${der.toString("base64").replaceAll(/.{64}/g, "$&\n").trimEnd()}\n-----END ${label}-----\n`;
}

interface Request {
  readonly subject: string;
  readonly issuer: string;
  readonly validity: Validity;
  readonly extensions: readonly Uint8Array[];
  /** Undefined: by itself. */
  readonly by: KeyObject | undefined;
}

function issue({ subject, issuer, validity, extensions, by }: Request): Issued {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const serial = randomBytes(8);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 1;
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    ecdsaWithSha256,
    nameOf(issuer),
    sequence(timeOf(validity.from), timeOf(validity.to)),
    nameOf(subject),
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", body, by ?? privateKey);
  return {
    cert: pem("CERTIFICATE", sequence(body, ecdsaWithSha256, bits(0, signature))),
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

/** An authority of a company's own. */
export function issueAuthority(name: string, validity: Validity): Issued {
  const extensions = [
    extension("2.5.29.19", true, sequence(yes)),
    // keyCertSign
    extension("2.5.29.15", true, bits(2, Buffer.from([0x04]))),
  ];
  return issue({ subject: name, issuer: name, validity, extensions, by: undefined });
}

/** A server's certificate by such an authority. */
export function issueServer(
  authority: Issued & { readonly name: string },
  hosts: readonly [string, ...string[]],
  validity: Validity,
): Issued {
  const extensions = [
    // dNSName
    extension("2.5.29.17", false, sequence(...hosts.map((host) => text(0x82, host)))),
    // serverAuth
    extension("2.5.29.37", false, sequence(objectId("1.3.6.1.5.5.7.3.1"))),
  ];
  const by = createPrivateKey(authority.key);
  return issue({ subject: hosts[0], issuer: authority.name, validity, extensions, by });
}
