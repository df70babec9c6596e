# Sourced by ./dev: apt, once for the machine and once beside it.
#
# apt_install    installs what is missing on the machine itself, as any apt user would
# apt_private    runs apt-get on state, cache and sources of its own under .cache/apt: it reaches Debian's source
#                packages, backports and trixie without touching the machine's configuration. Signatures are
#                verified with the keyring that Debian installs.

# Packages of the arguments that are not installed.
apt_missing() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() {
  local missing
  missing=$(apt_missing "$@" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    fail "missing packages, and neither root nor sudo: ask an administrator for: apt-get install $missing"
  fi
  note "apt-get install $missing"
  as_root apt-get -qq update </dev/null || fail 'apt-get update failed'
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends \
    $missing </dev/null >"$CACHE/log/apt-install" 2>&1 || { tail -20 "$CACHE/log/apt-install" >&2; fail "apt-get install $missing"; }
}

# Address of the mirror that this machine uses for Debian itself.
apt_mirror() {
  local query mirror
  query=(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' 'Origin: Debian')
  mirror=$("${query[@]}" 'Codename: bookworm' | head -n 1)
  if [ -z "$mirror" ]; then
    as_root apt-get -qq update </dev/null || true
    mirror=$("${query[@]}" 'Codename: bookworm' | head -n 1)
  fi
  [ -n "$mirror" ] || fail 'apt names no Debian 12 mirror: this set-up is written for Debian 12 (bookworm)'
  printf '%s' "$mirror"
}

# apt_private NAME 'SOURCES LINES with @MIRROR@' COMMAND...: apt-get COMMAND with that list of sources only.
apt_private() {
  local root="$CACHE/apt/$1" lines=$2
  shift 2
  if [ ! -f "$root/updated" ]; then
    mkdir -p "$root/state/lists/partial" "$root/cache/archives/partial" "$root/parts"
    : >"$root/status"
    printf '%s\n' "$lines" | sed "s|@MIRROR@|[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(apt_mirror)|" \
      >"$root/sources.list"
    cat >"$root/apt.conf" <<CONF
Dir::State "$root/state";
Dir::State::status "$root/status";
Dir::Cache "$root/cache";
Dir::Etc::sourcelist "$root/sources.list";
Dir::Etc::sourceparts "$root/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$root/parts";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
#clear APT::Update;
#clear DPkg;
CONF
    apt_private_update "$root"
  fi
  # A list that was fetched long ago may name files that a point release has replaced.
  apt-get -c "$root/apt.conf" -qq "$@" </dev/null ||
    { apt_private_update "$root" && apt-get -c "$root/apt.conf" -qq "$@" </dev/null; }
}

apt_private_update() {
  apt-get -c "$1/apt.conf" -qq update </dev/null || fail "apt-get update ($1/sources.list)"
  touch "$1/updated"
}
