# Sourced by ./dev: Emscripten. An own emcc that is new enough, else Debian trixie's, unpacked into
# .cache/emscripten and driven by this system's clang. .cache/bin/emscripten-root leads to the folder of emcc.
#
# trixie's packages are unpacked, never installed: installing them would replace this system's libc. binaryen's
# programs are the only ones of them that need trixie's libc, so each runs through trixie's own dynamic linker.

EMSCRIPTEN_LISTS='deb @MIRROR@ trixie main'

emcc_version() { "$1" --version 2>/dev/null </dev/null | sed -n '1s/.* \([0-9][0-9.]*[0-9]\).*/\1/p'; }

# Folder of an emcc that the user brought: EMSCRIPTEN_ROOT, EMSDK or PATH.
own_emscripten() {
  local candidate version
  for candidate in "${EMSCRIPTEN_ROOT:-}" "${EMSDK:+$EMSDK/upstream/emscripten}" "$(dirname "$(command -v emcc || true)")"; do
    [ -n "$candidate" ] && [ "$candidate" != . ] && [ -x "$candidate/emcc" ] || continue
    candidate=$(dirname "$(readlink -f "$candidate/emcc")")
    [ -f "$candidate/cmake/Modules/Platform/Emscripten.cmake" ] || continue
    version=$(emcc_version "$candidate/emcc")
    if [ -n "$version" ] && version_at_least "$version" "$EMSCRIPTEN_MIN"; then
      printf '%s' "$candidate"
      return 0
    fi
  done
  return 1
}

setup_emscripten() {
  local root prefix="$CACHE/emscripten"
  if root=$(own_emscripten); then
    ln -sfn "$root" "$CACHE/bin/emscripten-root"
    return 0
  fi
  if [ "$(cat "$CACHE/stamps/emscripten" 2>/dev/null)" != "$EMSCRIPTEN_VERSION" ]; then
    unpack_emscripten "$prefix"
    printf '%s' "$EMSCRIPTEN_VERSION" >"$CACHE/stamps/emscripten"
  fi
  ln -sfn "$prefix/usr/share/emscripten" "$CACHE/bin/emscripten-root"
  unset EM_CONFIG  # would take the place of the file written here
  write_emscripten_config "$prefix"
}

unpack_emscripten() {
  local prefix=$1 staging="$CACHE/emscripten-staging" package version
  [ "$(uname -m)" = x86_64 ] || fail "this machine needs an Emscripten of its own, $EMSCRIPTEN_MIN or newer"
  rm -rf "$prefix" "$staging"
  mkdir -p "$staging/debs" "$prefix/usr/share" "$prefix/binaryen/bin" "$prefix/binaryen/lib"
  note "fetching Emscripten $EMSCRIPTEN_VERSION out of Debian trixie (235 MB)"
  (cd "$staging/debs" && apt_private trixie "$EMSCRIPTEN_LISTS" download \
    emscripten binaryen libc6 libstdc++6 libgcc-s1 >/dev/null) || fail 'apt-get download emscripten'
  version=$(dpkg-deb -f "$staging"/debs/emscripten_*.deb Version)
  case $version in
    "$EMSCRIPTEN_VERSION"*) ;;
    *) fail "Emscripten is pinned to $EMSCRIPTEN_VERSION, but trixie has $version" ;;
  esac
  for package in "$staging"/debs/*.deb; do
    dpkg-deb -x "$package" "$staging/root"
    rm "$package"
  done
  # Position independent libraries serve -sMAIN_MODULE alone, the tests are Emscripten's own.
  find "$staging/root/usr/share/emscripten" -depth -type d \( -name pic -o -name lto-pic \) -exec rm -rf {} +
  rm -rf "$staging/root/usr/share/emscripten/test" "$staging/root/usr/share/emscripten/tests"
  mv "$staging/root/usr/share/emscripten" "$prefix/usr/share/emscripten"
  unpack_binaryen "$staging/root" "$prefix/binaryen"
  rm -rf "$staging"
  note "npm install acorn@$ACORN_VERSION"
  npm install --prefix "$prefix" --ignore-scripts --no-audit --no-fund --no-save "acorn@$ACORN_VERSION" \
    </dev/null >"$CACHE/log/acorn" 2>&1 || { tail -20 "$CACHE/log/acorn" >&2; fail 'npm: acorn'; }
}

unpack_binaryen() {
  local from=$1 to=$2 program name
  find "$from" \( -name 'ld-linux-x86-64.so.2' -o -name 'lib*.so*' \) -path '*x86_64-linux-gnu*' -exec cp -a {} "$to/lib/" \;
  mkdir -p "$to/libexec"
  for program in "$from"/usr/bin/wasm*; do
    name=$(basename "$program")
    cp "$program" "$to/libexec/$name"
    printf '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")/..\nexec "$here/lib/ld-linux-x86-64.so.2" --library-path "$here/lib" "$here/libexec/%s" "$@"\n' \
      "$name" >"$to/bin/$name"
    chmod +x "$to/bin/$name"
  done
}

# Where emcc finds its tools; written each time, since the checkout may have moved.
write_emscripten_config() {
  local prefix=$1 root="$1/usr/share/emscripten" text
  text="LLVM_ROOT='/usr/bin'
LLVM_ADD_VERSION='$LLVM_VERSION'
CLANG_ADD_VERSION='$LLVM_VERSION'
BINARYEN_ROOT='$prefix/binaryen'
NODE_JS='$CACHE/bin/node'
CACHE='$root/cache'
FROZEN_CACHE=True"
  [ "$(cat "$root/.emscripten" 2>/dev/null)" = "$text" ] || printf '%s\n' "$text" >"$root/.emscripten"
}
