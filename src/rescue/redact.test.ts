import { describe, expect, test } from "vitest";
import { isSecretName, redactText, redactVariable, redactWords, secretsOf } from "./redact.ts";

describe("redactText", () => {
  test.each([
    ["https://user:hunter2@goproxy.internal/x", "https://[secret]@goproxy.internal/x"],
    ["GOPROXY=https://tok3n@a.internal,https://b.internal", "GOPROXY=https://[secret]@a.internal,https://b.internal"],
    ["get https://a.internal/m?token=abc&x=1", "get https://a.internal/m?token=[secret]&x=1"],
    ["https://bob:p@ss@goproxy.internal/x", "https://[secret]@goproxy.internal/x"],
    ["Authorization: Bearer abc.def", "Authorization: [secret]"],
    ["machine git.internal login bob password hunter2", "machine git.internal login [secret] password [secret]"],
    ["ghp_0123456789abcdefghijABCDEFGHIJ012345", "[secret]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef", "[secret]"],
    ["-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----", "[secret]"],
  ])("%s", (text, clean) => {
    expect(redactText(text)).toBe(clean);
  });

  test("leaves what is no secret", () => {
    for (const text of [
      "go: example.org/m@v1.0.0: reading file:///kit/m: no such file",
      "./main.go:3:5: undefined: token",
      "https://goproxy.internal/m/@v/list",
    ])
      // prettier-ignore
      expect(redactText(text)).toBe(text);
  });

  test("takes known secrets out wherever they stand", () => {
    const known = secretsOf({
      GOPROXY: "https://bob:s3cr3t@goproxy.internal",
      CI_JOB_TOKEN: "abcdef123",
      PATH: "/bin",
    });
    expect(redactText("the server said: s3cr3t is wrong (abcdef123)", known)).toBe(
      "the server said: [secret] is wrong ([secret])",
    );
  });
});

test("knows the login of a proxy that is named without a scheme", () => {
  const known = secretsOf({ HTTPS_PROXY: "alice:s3cretpw@proxy.internal:3128", https_proxy: "proxy.internal:3128" });
  expect(redactText("HTTPS_PROXY: alice:s3cretpw@proxy.internal:3128, s3cretpw", known)).toBe(
    "HTTPS_PROXY: [secret]@proxy.internal:3128, [secret]",
  );
});

test("words of a command lose what their flags and variables give away", () => {
  expect(
    redactWords(["env", "CI_TOKEN=abc", "x", "--password", "hunter2", "--api-key=k", "-v", "https://t@h/"]),
  ).toEqual([
    "env",
    "CI_TOKEN=[secret]",
    "x",
    "--password",
    "[secret]",
    "--api-key=[secret]",
    "-v",
    "https://[secret]@h/",
  ]);
  const plain = ["go", "build", "-tags=auth", "-o", "token", "./..."];
  expect(redactWords(plain)).toEqual(plain);
});

test("variables are secret by their names", () => {
  expect(["GITHUB_TOKEN", "DB_PASSWORD", "AWS_SECRET_ACCESS_KEY", "NPM_AUTH"].every(isSecretName)).toBe(true);
  expect(["PATH", "GOFLAGS", "GOAUTH", "SSH_AUTH_SOCK"].some(isSecretName)).toBe(false);
  expect(redactVariable("API_KEY", "x")).toBe("[secret]");
});

test.each([
  ["https://user:hunt/er2secret@127.0.0.1:9", "hunt/er2secret"],
  ["https://user:hunter2 secret@127.0.0.1:9", "hunter2 secret"],
  ["https//user:hunter2secret@127.0.0.1", "hunter2secret"],
  ["user:hunter2secret@127.0.0.1:9", "hunter2secret"],
  ["https:/user:hunter2secret@127.0.0.1:9,direct", "hunter2secret"],
  ["https://user:hunter2'secret@127.0.0.1:9", "hunter2'secret"],
])("knows the login of a malformed GOPROXY: %s", (value, secret) => {
  const known = secretsOf({ GOPROXY: value });
  expect(redactText(`go: GOPROXY=${value} is nothing`, known)).not.toContain(secret);
  expect(redactText(value, known)).toContain("127.0.0.1");
});

test("an address with an @ in its path hides nothing", () => {
  expect(secretsOf({ GOPROXY: "https://goproxy.internal/mirror@v2,direct" })).toEqual([]);
});

test("hostile lines take no time to look through", () => {
  const text = ["a-".repeat(100_000), "eyJa-".repeat(50_000), "go".repeat(100_000)].join("\n");
  expect(redactText(text).length).toBeLessThan(20_000);
});
