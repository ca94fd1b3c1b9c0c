import { createPrivateKey, X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { issueAuthority, issueServer } from "./certificates.ts";

const validity = { from: new Date("2020-01-02T03:04:05Z"), to: new Date("2050-01-02T03:04:05Z") };
const name = "Example Corp Root CA";
const authority = { ...issueAuthority(name, validity), name };

describe("certificates of a drill", () => {
  test("the authority's is its own", () => {
    const cert = new X509Certificate(authority.cert);
    expect(cert.ca).toBe(true);
    expect(cert.verify(cert.publicKey)).toBe(true);
    expect(cert.checkPrivateKey(createPrivateKey(authority.key))).toBe(true);
  });

  test("a server's is the authority's, for its names and its time", () => {
    const server = issueServer(authority, ["goproxy.internal", "golang.org"], validity);
    const cert = new X509Certificate(server.cert);
    const root = new X509Certificate(authority.cert);
    expect(cert.ca).toBe(false);
    expect(cert.checkIssued(root)).toBe(true);
    expect(cert.verify(root.publicKey)).toBe(true);
    expect(cert.verify(cert.publicKey)).toBe(false);
    expect(cert.checkHost("golang.org")).toBe("golang.org");
    expect(cert.checkHost("other.internal")).toBeUndefined();
    expect([new Date(cert.validFrom), new Date(cert.validTo)]).toEqual([validity.from, validity.to]);
    expect(cert.checkPrivateKey(createPrivateKey(server.key))).toBe(true);
  });
});
