import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAllDocuments, parseDocument } from "yaml";
import { checkSettings } from "../settings.ts";
import type { CiSettings, CiTarget, FragmentPart } from "../types.ts";
import { writeFragment } from "../write-fragment.ts";
import { fragmentFor } from "./registry.ts";

const plain: CiSettings = { proxy: "https://goproxy.internal/go%2Fmirror", fallback: "direct", sumdb: "sum.golang.org", private: [], privateFrom: "direct", ca: undefined, netrc: false, go: "1.26" }; // prettier-ignore
const full: CiSettings = {
  ...plain,
  private: ["*.corp.example", "git.internal/team"],
  ca: "certs/ca.pem",
  netrc: true,
};
const targets: readonly CiTarget[] = ["docker", "github", "gitlab", "kubernetes", "systemd"];
const notes = { text: (note: string) => `about ${note}: "#" and 'quotes' and ${"words ".repeat(30)}`, wrap: (text: string) => text.match(/.{1,80}(?:\s|$)/g) ?? [] }; // prettier-ignore

/** As what YAML 1.1 reads too, which some of the readers are. */
function yaml(text: string): unknown[] {
  return (["1.1", "1.2"] as const).flatMap((version) => {
    const documents = parseAllDocuments(text, { version, strict: true, uniqueKeys: true });
    const all = Array.isArray(documents) ? documents : [];
    expect(all.flatMap((each) => each.errors)).toEqual([]);
    return version === "1.1" ? all.map((each) => each.toJS() as unknown) : [];
  });
}

const env = {
  GO111MODULE: "on",
  GOPROXY: "https://goproxy.internal/go%2Fmirror,direct",
  GOSUMDB: "sum.golang.org",
  GOPRIVATE: "*.corp.example,git.internal/team",
};

describe.each(targets)("%s", (target) => {
  const fragment = fragmentFor(target, checkSettings(full));

  test("means the same with comments as without", () => {
    const bare = (text: string): string[] => text.split("\n").filter((line) => !/^\s*#(?! syntax)/.test(line));
    expect(bare(writeFragment(fragment, notes))).toEqual(bare(writeFragment(fragment, undefined)));
    // A comment of ours before it would make it one.
    if (target === "docker") expect(writeFragment(fragment, notes)).toMatch(/^# syntax=docker\/dockerfile:1\n/);
  });

  test("explains every setting of the go command", () => {
    const isSetting = ({ text }: FragmentPart): boolean => /GO(?:111MODULE|PROXY|SUMDB|PRIVATE)["=:]/.test(text);
    const settings = fragment.parts.filter(isSetting);
    expect(settings).toHaveLength(4);
    expect(settings.filter((each) => each.note === undefined)).toEqual([]);
  });

  test("names neither login nor private pattern that was not asked for", () => {
    const text = writeFragment(fragmentFor(target, checkSettings(plain)), undefined);
    expect(text).not.toMatch(/netrc|GOPRIVATE|GONOSUMDB|ca\.pem|SSL_CERT/i);
  });
});

test("a workflow of GitHub", () => {
  const [flow] = yaml(writeFragment(fragmentFor("github", full), notes)) as [Record<string, unknown>];
  expect(flow["on"]).toEqual(["push", "pull_request"]);
  expect(flow).toMatchObject({ env, permissions: { contents: "read" } });
  const { steps } = (flow["jobs"] as { build: { steps: Record<string, unknown>[] } }).build;
  for (const step of steps) expect(Object.keys(step)).toContain("uses" in step ? "uses" : "run");
  const login = steps.find((step) => "env" in step);
  expect(login).toMatchObject({ env: { GO_NETRC: "${{ secrets.GO_NETRC }}" } });
  expect(steps.at(-1)).toEqual({ run: "rm -f ~/.netrc", if: "always()" });
});

test("a job of GitLab", () => {
  const [file] = yaml(writeFragment(fragmentFor("gitlab", full), notes)) as [Record<string, unknown>];
  expect(file["variables"]).toMatchObject({ ...env, GOFLAGS: "-modcacherw" });
  for (const value of Object.values(file["variables"] as object)) expect(value).toBeTypeOf("string");
  expect(file["build"]).toMatchObject({ image: "golang:1.26", cache: { key: { files: ["go.sum"] }, paths: [".go/mod", ".go/build"] } }); // prettier-ignore
});

test("objects of Kubernetes", () => {
  const [config, claim, job] = yaml(writeFragment(fragmentFor("kubernetes", full), notes)) as Record<string, unknown>[];
  expect(config).toMatchObject({ kind: "ConfigMap", data: env });
  expect(claim).toMatchObject({ kind: "PersistentVolumeClaim" });
  expect(job).toMatchObject({ apiVersion: "batch/v1", kind: "Job" });
  const { spec } = (job as { spec: { template: { spec: { containers: { volumeMounts: { name: string }[] }[]; volumes: { name: string }[] } } } }).spec.template; // prettier-ignore
  const volumes = spec.volumes.map((each) => each.name);
  expect(spec.containers[0]?.volumeMounts.map((each) => each.name).toSorted()).toEqual(volumes.toSorted());
  expect(spec.volumes).toContainEqual({ name: "netrc", secret: { secretName: "go-netrc", defaultMode: 0o440 } });
});

test("a Dockerfile has the login in no layer", () => {
  const text = writeFragment(fragmentFor("docker", full), undefined);
  // Lines that a backslash continues are one instruction.
  const instructions = text.replace(/\\\n\s*/g, "").split("\n").filter((line) => line !== "" && !line.startsWith("#")); // prettier-ignore
  for (const each of instructions) expect(each).toMatch(/^(?:FROM|ENV|RUN|COPY|WORKDIR) \S/);
  const withLogin = instructions.filter((each) => each.includes("netrc"));
  expect(withLogin).toHaveLength(2);
  for (const each of withLogin) expect(each).toMatch(/^RUN --mount=.*type=secret,id=netrc/);
  expect(instructions).toContain('ENV GOPROXY="https://goproxy.internal/go%2Fmirror,direct"');
});

test("a unit of systemd", () => {
  const text = writeFragment(fragmentFor("systemd", full), notes);
  for (const line of text.split("\n")) expect(line).toMatch(/^(?:|#.*|\[(?:Unit|Service)\]|[A-Z][A-Za-z]*=.+)$/);
  // A percent sign would begin a specifier.
  expect(text).toContain('Environment="GOPROXY=https://goproxy.internal/go%%2Fmirror,direct"');
  const analyze = "/usr/bin/systemd-analyze";
  if (!existsSync(analyze)) return;
  const folder = mkdtempSync(join(tmpdir(), "medkit-unit-"));
  try {
    const unit = join(folder, "go-build.service");
    writeFileSync(unit, text.replace("/usr/local/go/bin/go", "/bin/true"));
    const { stderr } = spawnSync(analyze, ["verify", "--man=no", unit], { encoding: "utf8" });
    expect(stderr.split("\n").filter((line) => line.includes("go-build.service"))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("private modules may come from the mirror too", () => {
  const text = writeFragment(fragmentFor("systemd", { ...full, privateFrom: "proxy" }), undefined);
  expect(text).toContain('Environment="GONOSUMDB=*.corp.example,git.internal/team"');
  expect(text).not.toContain("GOPRIVATE");
  const yamlText = writeFragment(fragmentFor("gitlab", { ...full, fallback: "off" }), undefined);
  expect(parseDocument(yamlText).getIn(["variables", "GOPROXY"])).toBe("https://goproxy.internal/go%2Fmirror,off");
});

test.each<[string, Partial<CiSettings>, string]>([
  ["a login in the address", { proxy: "https://user:secret@goproxy.internal" }, "CI_SETTING_INVALID"],
  ["two addresses", { proxy: "https://a.internal,https://b.internal" }, "CI_SETTING_INVALID"],
  ["a file as mirror", { proxy: "file:///srv" }, "CI_SETTING_INVALID"],
  ["direct as mirror", { proxy: "direct" }, "CI_SETTING_INVALID"],
  ["a line break in the address", { proxy: "https://a.internal/\nRUN evil" }, "CI_SETTING_INVALID"],
  ["a variable in the address", { proxy: "https://a.internal/$HOME" }, "CI_SETTING_INVALID"],
  ["quotes in a pattern", { private: ['x"\nRUN evil'] }, "CI_SETTING_INVALID"],
  ["a path out of the repository", { ca: "../ca.pem" }, "CI_SETTING_INVALID"],
  ["blanks in a path", { ca: "my ca.pem" }, "CI_SETTING_INVALID"],
  ["a version with a command", { go: "1.26 AS x" }, "CI_SETTING_INVALID"],
  ["no key", { sumdb: "nobody" }, "DATABASE_KEY_INVALID"],
])("%s is refused", (_, wrong, code) => {
  let thrown: unknown;
  try {
    checkSettings({ ...plain, ...wrong });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code });
  expect(JSON.stringify(thrown)).not.toContain("secret");
});
