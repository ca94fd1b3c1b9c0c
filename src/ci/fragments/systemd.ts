import { variablesOf } from "../settings.ts";
import type { CiSettings, Fragment, FragmentPart } from "../types.ts";

/** A value in a unit file: `%` begins a specifier there. */
const unitText = (text: string): string => text.replaceAll("%", "%%");

/** A unit that builds once, as a user that exists only meanwhile. */
export function systemdFragment(settings: CiSettings): Fragment {
  const { ca, netrc } = settings;
  const when = (wanted: boolean, ...parts: readonly FragmentPart[]): readonly FragmentPart[] => (wanted ? parts : []);
  return {
    file: "go-build.service",
    parts: [
      { text: "[Unit]\nDescription=Build Go modules from the mirror\nWants=network-online.target\nAfter=network-online.target" },
      { text: "\n[Service]\nType=oneshot" },
      { text: "DynamicUser=yes", note: "dynamicUser" },
      ...variablesOf(settings).map(({ name, value, note }) => ({ text: `Environment="${name}=${unitText(value)}"`, note })),
      { text: "CacheDirectory=go-build\nEnvironment=HOME=%C/go-build\nEnvironment=GOMODCACHE=%C/go-build/mod\nEnvironment=GOCACHE=%C/go-build/build", note: "cacheDirectory" },
      ...when(netrc, { text: "LoadCredential=netrc:/etc/go/netrc\nEnvironment=NETRC=%d/netrc", note: "credential" }),
      ...when(ca !== undefined, { text: `Environment=SSL_CERT_DIR=/etc/ssl/certs:/etc/go/ca`, note: "caGit" }),
      { text: "WorkingDirectory=/srv/src", note: "workingDirectory" },
      { text: "StateDirectory=go-build\nExecStart=/usr/local/go/bin/go build -trimpath -o %S/go-build/ ./...", note: "execStart" },
      { text: "NoNewPrivileges=yes\nProtectSystem=strict\nProtectHome=yes\nPrivateTmp=yes\nPrivateDevices=yes\nRestrictSUIDSGID=yes", note: "sandbox" },
    ],
  };
} // prettier-ignore
