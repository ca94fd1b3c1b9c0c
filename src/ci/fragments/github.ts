import { variablesOf } from "../settings.ts";
import type { CiSettings, Fragment, FragmentPart } from "../types.ts";

/** A workflow of GitHub Actions. */
export function githubFragment(settings: CiSettings): Fragment {
  const { ca, netrc } = settings;
  const variables = variablesOf(settings);
  const own: FragmentPart[] =
    ca === undefined ? [] : [{ text: `      - run: sudo install -m 644 ${ca} /usr/local/share/ca-certificates/enterprise.crt && sudo update-ca-certificates`, note: "ca" }]; // prettier-ignore
  const login: FragmentPart[] = netrc
    ? [
        {
          text: '      - run: (umask 077 && printf "%s\\n" "$GO_NETRC" > ~/.netrc)\n        env:\n          GO_NETRC: ${{ secrets.GO_NETRC }}',
          note: "netrcSecret",
        },
      ]
    : [];
  const logout: FragmentPart[] = netrc
    ? [{ text: "      - run: rm -f ~/.netrc\n        if: always()", note: "netrcRemove" }]
    : [];
  return {
    file: ".github/workflows/go.yml",
    parts: [
      { text: "name: go" },
      { text: '"on": [push, pull_request]', note: "quotes" },
      { text: "permissions:\n  contents: read" },
      { text: "env:" },
      ...variables.map(({ name, value, note }) => ({ text: `  ${name}: ${JSON.stringify(value)}`, note })),
      { text: "jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:" },
      { text: "      - uses: actions/checkout@v4", note: "pinned" },
      {
        text: "      - uses: actions/setup-go@v5\n        with:\n          go-version-file: go.mod\n          cache: true\n          cache-dependency-path: go.sum",
        note: "setupGo",
      },
      ...own,
      ...login,
      { text: "      - run: go mod download", note: "download" },
      { text: "      - run: go build ./...\n      - run: go test ./..." },
      ...logout,
    ],
  };
}
