import { variablesOf } from "../settings.ts";
import type { CiSettings, Fragment, FragmentPart } from "../types.ts";

/** A Dockerfile for BuildKit: caches and the login are mounted, and no layer has them. */
export function dockerFragment(settings: CiSettings): Fragment {
  const { ca, go, netrc } = settings;
  const mounts = (...caches: readonly string[]): string => {
    const all = [
      ...caches.map((each) => `type=cache,target=${each}`),
      ...(netrc ? ["type=secret,id=netrc,target=/go/home/.netrc,mode=0400"] : []),
    ];
    return `RUN ${all.map((each) => `--mount=${each}`).join(" \\\n    ")} \\\n    `;
  };
  const certificates: FragmentPart[] =
    ca === undefined
      ? []
      : [
          { text: `COPY ${ca} /usr/local/share/ca-certificates/enterprise.crt\nRUN update-ca-certificates`, note: "ca" },
        ];
  return {
    file: "Dockerfile",
    parts: [
      // A comment before it would make it one as well.
      { text: "# syntax=docker/dockerfile:1" },
      { text: `FROM golang:${go} AS build`, note: "image" },
      { text: 'ENV HOME="/go/home"' },
      ...variablesOf(settings).map(({ name, value, note }) => ({ text: `ENV ${name}="${value}"`, note })),
      ...certificates,
      { text: "WORKDIR /src" },
      { text: "COPY go.mod go.sum ./", note: "modFiles" },
      { text: `${mounts("/go/pkg/mod")}go mod download`, note: netrc ? ["caches", "netrcMount"] : "caches" },
      { text: "COPY . ." },
      { text: `${mounts("/go/pkg/mod", "/go/home/.cache/go-build")}CGO_ENABLED=0 go build -trimpath -o /out/ ./...`, note: "build" },
    ],
  };
} // prettier-ignore
