#!/usr/bin/env bash
# Installs what the build needs on a Debian machine: a C++ compiler; libclang for RocksDB's bindings; Python's venv
# for the client test. Says what it installs; does nothing when all is there.
set -euo pipefail

# libclang-cpp, which some machines come with, is another library.
has_libclang() {
  local file
  for file in /usr/lib/llvm-*/lib/libclang{,-[0-9]*}.so* /usr/lib/*/libclang{,-[0-9]*}.so*; do
    if [ -e "$file" ]; then return 0; fi
  done
  return 1
}

missing=()
command -v g++ >/dev/null || missing+=(g++)
command -v make >/dev/null || missing+=(make)
has_libclang || missing+=(libclang-dev)
command -v python3 >/dev/null || missing+=(python3)
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  echo "installing Debian packages: ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >&2
fi

if ! command -v cargo >/dev/null; then
  echo "cargo is missing: install Rust from https://rustup.rs (1.95 or later) and run make again" >&2
  exit 1
fi
