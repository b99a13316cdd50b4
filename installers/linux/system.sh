#!/bin/sh
# Installs the Debian packages that are missing, from the lists named as arguments. Asks for nothing when all are there.
set -eu
here=$(dirname "$0")
missing=
for list in "$@"; do
  for package in $(grep -v '^#' "$here/$list.txt"); do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
  echo "These system packages are missing, and only Debian's and Ubuntu's names are known here:$missing" >&2
  exit 1
fi
sudo=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "Ask an administrator to install:$missing" >&2; exit 1; }
  sudo=sudo
fi
echo "Installing system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# Recommends are left out: they would bring a desktop with them.
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
