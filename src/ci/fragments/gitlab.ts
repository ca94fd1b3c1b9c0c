import { variablesOf } from "../settings.ts";
import type { CiSettings, Fragment, FragmentPart } from "../types.ts";

/** A job of GitLab CI. */
export function gitlabFragment(settings: CiSettings): Fragment {
  const { ca, go, netrc } = settings;
  const before: FragmentPart[] = [
    ...(ca === undefined
      ? []
      : [{ text: `    - install -m 644 ${ca} /usr/local/share/ca-certificates/enterprise.crt && update-ca-certificates`, note: "ca" as const }]), // prettier-ignore
    ...(netrc ? [{ text: '    - install -m 600 "$GO_NETRC" ~/.netrc', note: "netrcVariable" as const }] : []),
    { text: "    - go mod download", note: "download" },
  ];
  return {
    file: ".gitlab-ci.yml",
    parts: [
      { text: "variables:" },
      ...variablesOf(settings).map(({ name, value, note }) => ({ text: `  ${name}: ${JSON.stringify(value)}`, note })),
      {
        text: '  GOMODCACHE: "$CI_PROJECT_DIR/.go/mod"\n  GOCACHE: "$CI_PROJECT_DIR/.go/build"',
        note: "cacheKey",
      },
      { text: '  GOFLAGS: "-modcacherw"', note: "modCacheRw" },
      { text: "build:" },
      { text: `  image: golang:${go}`, note: "image" },
      { text: "  cache:\n    key:\n      files:\n        - go.sum\n    paths:\n      - .go/mod\n      - .go/build" },
      { text: "  before_script:" },
      ...before,
      { text: "  script:\n    - go build ./...\n    - go test ./..." },
    ],
  };
}
