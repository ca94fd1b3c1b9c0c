import { readFileSync } from "node:fs";
import { must } from "../../namespace.ts";
import type { Sandbox } from "../../sandbox.ts";
import type { Cause, Prepare } from "../../types.ts";
import { all, needsGreet, writeGoSum } from "../dependencies.ts";

const asking = {
  build: all.build,
  download: all.download,
  tidy: all.tidy,
  get: "go get example.com/greet@v1.1.0",
} as const;
const https = { GOPROXY: "https://goproxy.internal" } as const;

interface Certificate {
  /** Days of validity as `YYYYMMDD` pairs. */
  readonly from?: string;
  readonly to?: string;
  readonly name?: string;
}

/** A certificate of a private authority, and the authority's own. */
function issue(
  box: Sandbox,
  { from = "20200101", to = "20491231", name = "goproxy.internal" }: Certificate = {},
): { key: string; cert: string; authority: string } {
  const at = box.folder("/opt/ca");
  const stamp = (day: string): string => `${day}000000Z`;
  box.write("/opt/ca/index.txt", "");
  box.write("/opt/ca/serial", "01\n");
  box.write(
    "/opt/ca/ca.conf",
    `[ca]\ndefault_ca=own\n[own]\ndatabase=${at}/index.txt\nserial=${at}/serial\nnew_certs_dir=${at}\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\norganizationName=optional\n[ca_ext]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n[leaf]\nsubjectAltName=DNS:${name}\nextendedKeyUsage=serverAuth\n`,
  );
  const key = (file: string): string =>
    must("openssl", "genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file);
  const sign = (
    csr: string,
    out: string,
    extensions: string,
    days: readonly [string, string],
    ...more: readonly string[]
  ): string =>
    must(
      "openssl",
      "ca",
      "-batch",
      "-notext",
      "-config",
      `${at}/ca.conf`,
      "-in",
      csr,
      "-out",
      out,
      "-extensions",
      extensions,
      "-startdate",
      stamp(days[0]),
      "-enddate",
      stamp(days[1]),
      "-keyfile",
      `${at}/ca.key`,
      ...more,
    );
  key(`${at}/ca.key`);
  key(`${at}/leaf.key`);
  must(
    "openssl",
    "req",
    "-new",
    "-key",
    `${at}/ca.key`,
    "-subj",
    "/O=Example Corp/CN=Example Corp Root CA",
    "-out",
    `${at}/ca.csr`,
  );
  must("openssl", "req", "-new", "-key", `${at}/leaf.key`, "-subj", `/CN=${name}`, "-out", `${at}/leaf.csr`);
  sign(`${at}/ca.csr`, `${at}/ca.pem`, "ca_ext", ["20200101", "20491231"], "-selfsign");
  sign(`${at}/leaf.csr`, `${at}/leaf.pem`, "leaf", [from, to], "-cert", `${at}/ca.pem`);
  const read = (file: string): string => readFileSync(`${at}/${file}`, "utf8");
  return { key: read("leaf.key"), cert: read("leaf.pem"), authority: `${at}/ca.pem` };
}

/** The proxy answers over TLS with such a certificate; /opt/ca/ca.pem is its authority. */
const withCertificate =
  (certificate: Certificate = {}): Prepare =>
  async (box) => {
    writeGoSum(box);
    const { key, cert } = issue(box, certificate);
    await box.servers.https(443, { key, cert }, box.servers.honest);
  };

const trusting = { ...https, SSL_CERT_FILE: "/opt/ca/ca.pem" } as const;

/** Certificates and protocols. */
export const tls: readonly Cause[] = [
  {
    id: "authority-unknown",
    fault: "the proxy's certificate is of an authority that this host does not know",
    env: https,
    files: needsGreet,
    prepare: withCertificate(),
    runs: {
      ...asking,
      latest: "go list -m -versions example.com/greet",
      install: "go install example.com/greet@latest",
    },
  },
  {
    id: "authority-files-missing",
    fault: "SSL_CERT_FILE and SSL_CERT_DIR name nothing",
    env: { ...https, SSL_CERT_FILE: "/opt/missing.pem", SSL_CERT_DIR: "/opt/missing" },
    files: needsGreet,
    prepare: withCertificate(),
    runs: asking,
  },
  {
    id: "certificate-self-signed",
    fault: "the proxy's certificate is signed by itself",
    env: https,
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      box.folder("/opt/ca");
      must(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "/opt/ca/key.pem",
        "-out",
        "/opt/ca/cert.pem",
        "-days",
        "9000",
        "-subj",
        "/CN=goproxy.internal",
        "-addext",
        "subjectAltName=DNS:goproxy.internal",
      );
      const [key = "", cert = ""] = ["key", "cert"].map((name) => readFileSync(`/opt/ca/${name}.pem`, "utf8"));
      await box.servers.https(443, { key, cert }, box.servers.honest);
    },
    runs: { build: all.build, download: all.download },
  },
  {
    id: "certificate-other-name",
    fault: "the proxy's certificate is for another name",
    env: trusting,
    files: needsGreet,
    prepare: withCertificate({ name: "other.internal" }),
    runs: asking,
  },
  {
    id: "certificate-expired",
    fault: "the proxy's certificate is no longer valid, or the clock runs ahead",
    env: trusting,
    files: needsGreet,
    prepare: withCertificate({ to: "20210101" }),
    runs: asking,
  },
  {
    id: "certificate-not-yet-valid",
    fault: "the proxy's certificate is not valid yet, or the clock is behind",
    env: trusting,
    files: needsGreet,
    prepare: withCertificate({ from: "20480101" }),
    runs: asking,
  },
  {
    id: "tls-asked-plain",
    fault: "GOPROXY says https, and plain HTTP answers there",
    env: { GOPROXY: "https://goproxy.internal:80" },
    files: needsGreet,
    prepare: (box) => writeGoSum(box),
    runs: asking,
  },
  {
    id: "plain-asked-tls",
    fault: "GOPROXY says http, and TLS answers there",
    env: { GOPROXY: "http://goproxy.internal:443" },
    files: needsGreet,
    prepare: withCertificate(),
    runs: asking,
  },
  {
    id: "tls-handshake-hangs",
    fault: "the connection is taken and the TLS handshake never goes on",
    env: { GOPROXY: "https://goproxy.internal:8443" },
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.tcp(8443, () => undefined);
    },
    runs: { download: all.download },
  },
  {
    id: "tls-reset",
    fault: "the connection is closed when TLS begins",
    env: { GOPROXY: "https://goproxy.internal:8443" },
    files: needsGreet,
    prepare: async (box) => {
      writeGoSum(box);
      await box.servers.tcp(8443, (socket) => void socket.on("data", () => socket.resetAndDestroy()));
    },
    runs: { build: all.build, download: all.download },
  },
];
