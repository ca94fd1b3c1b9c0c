import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  isManifestSignature,
  keyFingerprint,
  publicPem,
  readPrivateKey,
  readPublicKey,
  signManifest,
  signedMessage,
} from "./signature.ts";

const { privateKey } = generateKeyPairSync("ed25519");
const other = generateKeyPairSync("ed25519").privateKey;
const publicKey = readPublicKey(publicPem(privateKey), "signer.pem");

describe("kit signature", () => {
  it("is deterministic, and fits its manifest and key only", () => {
    const signature = signManifest("{}\n", privateKey);
    expect(signManifest("{}\n", privateKey)).toBe(signature);
    expect(isManifestSignature("{}\n", signature, publicKey)).toBe(true);
    expect(isManifestSignature("{ }\n", signature, publicKey)).toBe(false);
    expect(isManifestSignature("{}\n", signature, readPublicKey(publicPem(other), "other"))).toBe(false);
  });

  it("has one form: extra bytes are refused", () => {
    const signature = signManifest("{}\n", privateKey);
    for (const changed of [signature.trimEnd(), `${signature}\n`, ` ${signature}`, signature.replace("==", "")]) {
      expect(isManifestSignature("{}\n", changed, publicKey)).toBe(false);
    }
  });

  it("signs a message that names its purpose", () => {
    expect(signedMessage("").toString()).toBe(
      "medkit/kit/v1 sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n",
    );
    expect(signedMessage("")).toHaveLength(86);
  });

  it("gives private and public key one fingerprint", () => {
    expect(keyFingerprint(privateKey)).toBe(keyFingerprint(publicKey));
  });

  it("refuses keys of another kind", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = rsa.privateKey.export({ type: "pkcs8", format: "pem" });
    expect(() => readPrivateKey(pem, "key.pem")).toThrow(expect.objectContaining({ code: "KEY_INVALID" }));
    expect(() => readPublicKey("hello", "key.pem")).toThrow(expect.objectContaining({ code: "KEY_INVALID" }));
  });
});
