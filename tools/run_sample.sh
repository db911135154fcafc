#!/usr/bin/env bash
# The main job on the bundled sample: cleanse it, show what was found, load it into the embedded store, serve gRPC.
set -euo pipefail
guiyi=$1 run_dir=$2 listen=$3
sample="$(dirname "$0")/../fixtures/sample"

mkdir -p "$run_dir"
echo "== cleansing the sample customers"
"$guiyi" cleanse "$sample/customers.csv" --source sample --truth "$sample/truth.csv" --out "$run_dir/cleansed"
echo
# A store of another release or another sample is no use; what was upserted into it by hand goes with it.
stamp="$("$guiyi" --version) $("$guiyi" models | cksum) $(cksum < "$sample/customers.csv")"
if [ "$(cat "$run_dir/stamp" 2>/dev/null)" != "$stamp" ]; then
  echo "== loading them into the embedded store"
  rm -rf "$run_dir/data" "$run_dir/stamp"
  "$guiyi" load "$sample/customers.csv" --source sample --data-dir "$run_dir/data"
  # Written last, so that an interrupted load is never taken for a whole one.
  echo "$stamp" > "$run_dir/stamp"
  echo
fi
echo "== serving (Ctrl-C ends); store: $run_dir/data"
exec "$guiyi" serve --data-dir "$run_dir/data" --listen "$listen"
