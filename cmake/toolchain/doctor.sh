# Sourced by ./dev: what this machine has of what the build needs. Installs nothing.

doctor_line() { printf '  %-14s %s\n' "$1" "$2"; }

# doctor_tool NAME VERSION-COMMAND...: the first line with a version in it.
doctor_tool() {
  local name=$1
  shift
  if command -v "$1" >/dev/null; then doctor_line "$name" "$("$@" 2>&1 </dev/null | grep -m 1 '[0-9]\.[0-9]')"; else doctor_line "$name" 'missing'; fi
}

doctor() {
  local missing dep root
  printf 'tools\n'
  doctor_tool system sh -c '. /etc/os-release; echo "$PRETTY_NAME $(cat /etc/debian_version), $(nproc) processors"'
  doctor_tool "$CC" "$CC" --version
  doctor_tool g++ g++ --version
  doctor_tool cmake cmake --version
  doctor_tool ninja ninja --version
  doctor_tool node node --version
  doctor_tool npm npm --version
  doctor_tool chromium chromium --version
  root="$CACHE/bin/emscripten-root"
  if [ -x "$root/emcc" ]; then
    doctor_line emcc "$(emcc_version "$root/emcc") in $(readlink -f "$root")"
  else
    doctor_line emcc "missing: ./dev setup unpacks $EMSCRIPTEN_VERSION, or bring $EMSCRIPTEN_MIN or newer"
  fi
  printf 'third-party sources\n'
  for dep in snowball libdeflate utf8proc catch2; do
    doctor_line "$dep" "$(cat "$CACHE/stamps/$dep" 2>/dev/null || echo missing)"
  done
  printf 'encoder\n'
  if [ -f "$MODEL/model.json" ]; then
    doctor_line model "${MODEL#"$ROOT/"}"
  else
    doctor_line model 'missing: ./dev model fetches it'
  fi
  printf 'system packages\n'
  missing=$(apt_missing "${PACKAGES_BUILD[@]}" "${PACKAGES_TEST[@]}" "${PACKAGES_BROWSER[@]}" "${PACKAGES_LINT[@]}" | tr '\n' ' ')
  doctor_line missing "${missing:-none}"
}
