#!/usr/bin/env bash
# The main job on the bundled sample: cleanse it, show what was found, load it into the embedded store, serve gRPC.
set -euo pipefail
guiyi=$1 run_dir=$2 listen=$3
sample="$(dirname "$0")/../fixtures/sample"

mkdir -p "$run_dir"
echo "== cleansing the sample customers"
"$guiyi" cleanse "$sample/customers.csv" --source sample --truth "$sample/truth.csv" --out "$run_dir/cleansed"
echo
if [ ! -d "$run_dir/data" ]; then
  echo "== loading them into the embedded store"
  # Loaded beside and moved into place, so that an interrupted load is never taken for a whole one.
  rm -rf "$run_dir/data.partial"
  "$guiyi" load "$sample/customers.csv" --source sample --data-dir "$run_dir/data.partial"
  mv "$run_dir/data.partial" "$run_dir/data"
  echo
fi
echo "== serving (Ctrl-C ends); store: $run_dir/data"
exec "$guiyi" serve --data-dir "$run_dir/data" --listen "$listen"
