import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { removeTree } from "../../state/index.ts";
import { objectUrl, parseS3Address, s3AddressText, s3Place } from "./address.ts";
import { credentialSource, parseCredentials } from "./credentials.ts";

const root = mkdtempSync(join(tmpdir(), "medkit-s3-keys-"));
afterAll(() => removeTree(root));

it.each([
  ["s3://modules", "modules", ""],
  ["s3://modules/", "modules", ""],
  ["s3://go.modules/a/b/", "go.modules", "a/b/"],
])("reads %s", (text, bucket, prefix) => {
  expect(parseS3Address(text)).toEqual({ bucket, prefix });
  expect(parseS3Address(s3AddressText({ bucket, prefix }))).toEqual({ bucket, prefix });
});

it.each(["s3://", "s3://ab", "s3://UP", "s3://a..b", "s3://mod/../x", "s3://mod//x", "s3://mod/a?b", "s3://k:s@mod/x"])(
  "refuses %s",
  (text) => {
    expect(() => parseS3Address(text)).toThrow(expect.objectContaining({ code: "S3_ADDRESS_INVALID" }));
  },
);

it("asks one host: the configured one, else the environment's, else Amazon's", () => {
  const address = parseS3Address("s3://modules/p");
  const urlOf = (...[config, env]: [Parameters<typeof s3Place>[1], Parameters<typeof s3Place>[2]]): string =>
    objectUrl(s3Place(address, config, env), "p/a!b+c").href;
  expect(urlOf({ region: "eu-west-1" }, {})).toBe("https://modules.s3.eu-west-1.amazonaws.com/p/a%21b%2Bc");
  const env = { AWS_ENDPOINT_URL: "http://minio.internal:9000", AWS_REGION: "x" };
  expect(urlOf({}, env)).toBe("http://minio.internal:9000/modules/p/a%21b%2Bc");
  expect(urlOf({ endpoint: "https://s3.internal", pathStyle: false }, env)).toBe(
    "https://modules.s3.internal/p/a%21b%2Bc",
  );
  expect(s3Place(parseS3Address("s3://a.b.c"), {}, {}).pathStyle).toBe(true);
});

it.each(["ftp://x", "minio:9000", "https://u:p@x", "https://x/path", "https://x?q"])(
  "refuses the endpoint %s",
  (endpoint) => {
    const place = (): unknown => s3Place(parseS3Address("s3://modules"), { endpoint }, {});
    expect(place).toThrow(expect.objectContaining({ code: "S3_ADDRESS_INVALID" }));
    expect(place).not.toThrow(/u:p/);
  },
);

it("takes keys from the environment, or from the file that is named", async () => {
  const file = join(root, "credentials");
  const text = (id: string): string =>
    `# comment\n[other]\naws_access_key_id = O\naws_secret_access_key = P\n[default]\naws_access_key_id=${id}\naws_secret_access_key = S\naws_session_token = T==\n`;
  writeFileSync(file, text("one"));
  let now = 0;
  const monotonic = (): number => now;
  const env = { AWS_ACCESS_KEY_ID: "E", AWS_SECRET_ACCESS_KEY: "F" };
  expect(await credentialSource({ env, monotonic })()).toEqual({ accessKeyId: "E", secretAccessKey: "F" });
  const source = credentialSource({ env, monotonic, file });
  expect(await source()).toEqual({ accessKeyId: "one", secretAccessKey: "S", sessionToken: "T==" });
  writeFileSync(file, text("two"));
  expect(await source()).toMatchObject({ accessKeyId: "one" });
  expect(await source(true)).toMatchObject({ accessKeyId: "two" });
  writeFileSync(file, text("three"));
  now = 60_001;
  expect(await source()).toMatchObject({ accessKeyId: "three" });
  expect(await credentialSource({ env: {}, monotonic, file, profile: "other" })()).toMatchObject({ accessKeyId: "O" });
  const absent = credentialSource({ env: { AWS_SHARED_CREDENTIALS_FILE: join(root, "no") }, monotonic });
  await expect(absent()).rejects.toMatchObject({ code: "S3_CREDENTIALS_MISSING" });
  expect(parseCredentials("[default]\naws_access_key_id = x\n", "default")).toBeUndefined();
});
