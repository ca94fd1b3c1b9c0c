#!/bin/sh
# Installs what the checks and tests use, on Debian and Ubuntu, as root. Quick where all of it is there.
# With --pages also a browser, for the tests of web pages. With --bench also what `npm run bench` measures with and beside.
set -eu

packages='busybox-static gcc libc6-dev zsh dash fish shellcheck libarchive-tools openssl gnupg curl libatomic1 libstdc++6 hyperfine mandoc
  xz-utils unzip iproute2 util-linux git ca-certificates systemd'
for option; do
  case $option in
    --pages) packages="$packages chromium" ;;
    --bench) packages="$packages nginx-light wrk" ;;
    *) echo "usage: install-debian.sh [--pages] [--bench]" >&2; exit 2 ;;
  esac
done

if ! command -v apt-get >/dev/null 2>&1; then
  echo "install-debian.sh: this host has no apt-get; install these by its own means:" >&2
  echo "$packages" >&2
  exit 6
fi

missing=
for package in $packages; do
  case $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || :) in
    installed) ;;
    *) missing="$missing $package" ;;
  esac
done
if [ -z "$missing" ]; then exit 0; fi

if [ "$(id -u)" -ne 0 ]; then
  echo "install-debian.sh: needs root to install:$missing" >&2
  exit 6
fi

export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of words
if ! apt-get install --yes --quiet --no-install-recommends $missing; then
  apt-get update --quiet
  # shellcheck disable=SC2086
  apt-get install --yes --quiet --no-install-recommends $missing
fi
