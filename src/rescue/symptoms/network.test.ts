import { describe, expect, test } from "vitest";
import { networkSymptoms } from "./network.ts";

function read(stderr: string): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  const nothing = { argv: ["go"], status: 1, signal: undefined, startError: undefined, stdout: "", milliseconds: 0 };
  return networkSymptoms.read({ ...nothing, stderr }).map(({ kind, fields }) => [kind, fields] as const);
}

const zip = "http://127.0.0.1:8081/golang.org/x/sync/@v/v0.11.0.zip";
const secureZip = "https://goproxy.internal:8081/golang.org/x/sync/@v/v0.11.0.zip";
const goGet = "https://golang.org/x/sync?go-get=1";

// Each line was said by Go 1.21.13 and 1.26 alike, but where a comment names one.
describe("what the go command says of its network", () => {
  test.each([
    [`main.go:2:8: golang.org/x/sync@v0.11.0: Get "${zip}": EOF`, "bad-answer", zip],
    [`main.go:2:8: golang.org/x/sync@v0.11.0: reading ${zip}: 502 Bad Gateway`, "bad-answer", zip],
    [`main.go:2:8: golang.org/x/sync@v0.11.0: reading ${zip}: 401 Unauthorized`, "bad-answer", zip],
    [`main.go:2:8: golang.org/x/sync@v0.11.0: read "${zip}": unexpected EOF`, "bad-answer", zip], // 1.26
    [
      `main.go:2:8: golang.org/x/sync@v0.11.0: Get "${secureZip}": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
      "untrusted",
      secureZip,
    ],
    [
      `main.go:2:8: golang.org/x/sync@v0.11.0: Get "${secureZip}": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-27T22:12:48Z is after 2023-11-28T22:12:38Z`,
      "untrusted",
      secureZip,
    ],
    [
      `main.go:2:8: golang.org/x/sync@v0.11.0: Get "${secureZip}": Proxy Authentication Required`,
      "unreachable",
      secureZip,
    ],
    [
      `main.go:2:8: golang.org/x/sync@v0.11.0: Get "${secureZip}": http: server gave HTTP response to HTTPS client`,
      "unreachable",
      secureZip,
    ],
    [
      `main.go:2:8: golang.org/x/sync@v0.11.0: Get "${secureZip}": proxyconnect tcp: dial tcp 127.0.0.1:3129: connect: connection refused`,
      "unreachable",
      secureZip,
    ],
    [
      `main.go:2:8: unrecognized import path "golang.org/x/sync": https fetch: Get "${goGet}": dial tcp: lookup golang.org on 192.0.2.53:53: dial udp 192.0.2.53:53: connect: network is unreachable`,
      "unreachable",
      goGet,
    ],
    [
      `go: golang.org/x/sync/errgroup@latest: module golang.org/x/sync/errgroup: Get "http://127.0.0.1:8081/golang.org/x/sync/errgroup/@v/list": EOF`,
      "bad-answer",
      "http://127.0.0.1:8081/golang.org/x/sync/errgroup/@v/list",
    ],
  ])("%s", (line, kind, url) => {
    const found = read(line);
    expect(found.map(([each]) => each)).toEqual([kind]);
    expect(found[0]?.[1]["url"]).toBe(url);
  });

  test("half an address (1.21)", () => {
    const line = 'main.go:2:8: golang.org/x/sync@v0.11.0: read "http:/127.0.0.1:8081/@v/v0.11.0.zip": unexpected EOF';
    expect(read(line)).toEqual([["bad-answer", { module: "golang.org/x/sync", version: "v0.11.0", file: "zip" }]]);
  });

  test("an answer that is no JSON", () => {
    const line = `go: golang.org/x/sync@v0.10.0: invalid response from proxy "http://127.0.0.1:8081": invalid character '<' looking for beginning of value`;
    expect(read(line)).toMatchObject([["bad-answer", { base: "http://127.0.0.1:8081" }]]);
  });

  test("bytes that go.sum does not know", () => {
    const fields = { module: "golang.org/x/sync", version: "v0.11.0" };
    expect(read("verifying golang.org/x/sync@v0.11.0/go.mod: checksum mismatch")).toEqual([["fetched-wrong", { ...fields, file: "mod" }]]); // prettier-ignore
    expect(read("verifying golang.org/x/sync@v0.11.0: checksum mismatch")).toEqual([["fetched-wrong", { ...fields, file: "zip" }]]); // prettier-ignore
  });

  test("a zip that is none is of the module that was downloaded, else of nobody's network", () => {
    const said = "main.go:2:8: zip: not a valid zip file";
    const fields = { module: "golang.org/x/sync", version: "v0.11.0", file: "zip" };
    expect(read(`go: downloading golang.org/x/sync v0.11.0\n${said}`)).toEqual([["fetched-wrong", fields]]);
    expect(read(said)).toEqual([]);
  });

  test("git that does not reach its server, for go and for nobody else (1.21)", () => {
    const fatal =
      "fatal: unable to access 'https://git.example.org/golang.org/x/sync/': server certificate verification failed. CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none";
    const url = "https://git.example.org/golang.org/x/sync/";
    const go = "main.go:2:8: git ls-remote -q origin in /home/dev/go/pkg/mod/cache/vcs/59ca: exit status 128:";
    expect(read(`${go}\n\t${fatal}`)).toMatchObject([["unreachable", { url }]]);
    expect(read(fatal)).toEqual([]);
  });

  test("git that is not there (1.21, 1.26)", () => {
    for (const line of [
      'main.go:2:8: git init --bare in /home/dev/go/pkg/mod/cache/vcs/59ca: exec: "git": executable file not found in $PATH',
      'main.go:2:8: unable to resolve git version: failed to execute git version: exec: "git": executable file not found in $PATH',
    ])
      expect(read(line).map(([kind]) => kind)).toEqual(["git-not-found"]);
  });

  test.each([
    // A program's own words.
    '    main_test.go:9: Get "http://127.0.0.1:8080/health": dial tcp 127.0.0.1:8080: connect: connection refused',
    "reading https://example.org/data: 502 Bad Gateway",
    // The modules' own causes.
    "go: example.com/gone@v1.0.0: reading http://127.0.0.1:8081/example.com/gone/@v/v1.0.0.mod: 404 Not Found",
    "go: example.com/gone@v1.0.0: reading http://127.0.0.1:8081/example.com/gone/@v/v1.0.0.mod: 410 Gone",
  ])("nothing in %s", (line) => {
    expect(read(line)).toEqual([]);
  });
});
