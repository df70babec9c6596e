# Sourced by ./dev: third-party sources into .cache/deps, where CMake finds them (cmake/deps.cmake).
#
# They are upstream's release archives as Debian's source packages hold them.

SOURCE_LISTS='deb-src @MIRROR@ bookworm main
deb-src @MIRROR@ bookworm-backports main'

# source_archive PACKAGE RELEASE VERSION FOLDER: unpacks upstream's archive of that version into FOLDER.
source_archive() {
  local package=$1 release=$2 version=$3 folder=$4 found work
  work=$(mktemp -d "$CACHE/source.XXXXXX")
  (cd "$work" && apt_private source "$SOURCE_LISTS" source --download-only "$package/$release" >/dev/null) ||
    fail "apt-get source $package/$release"
  found=$(cd "$work" && ls ./*.orig.tar.* | grep -v '\.asc$')
  case $found in
    *_"$version"*.orig.tar.*) ;;
    *) fail "$package is pinned to $version, but $release has $found" ;;
  esac
  rm -rf "$folder" && mkdir -p "$folder"
  tar -xf "$work/$found" --strip-components=1 -C "$folder"
  rm -rf "$work"
}

# Snowball's compiler turns the algorithms into C; only those and their runtime are kept.
deps_snowball() {
  local work="$CACHE/snowball-source" out="$DEPS/snowball"
  source_archive snowball bookworm "$SNOWBALL_VERSION" "$work"
  (cd "$work" && make -s -j2 libstemmer/modules_utf8.h libstemmer/libstemmer_utf8.c libstemmer.a) >"$CACHE/log/snowball" 2>&1 ||
    { tail -20 "$CACHE/log/snowball" >&2; fail 'Snowball does not build'; }
  rm -rf "$out" && mkdir -p "$out"
  cp -r "$work/runtime" "$work/include" "$work/COPYING" "$out/"
  mkdir "$out/libstemmer" "$out/src_c"
  cp "$work"/libstemmer/*_utf8.[ch] "$out/libstemmer/"
  cp "$work"/src_c/stem_UTF_8_*.[ch] "$out/src_c/"
  rm -f "$out"/runtime/*.o
  rm -rf "$work"
}

deps_libdeflate() { source_archive libdeflate bookworm "$LIBDEFLATE_VERSION" "$DEPS/libdeflate"; }

deps_utf8proc() { source_archive utf8proc bookworm "$UTF8PROC_VERSION" "$DEPS/utf8proc"; }

deps_catch2() {
  local work="$CACHE/catch2-source"
  source_archive catch2 bookworm-backports "$CATCH2_VERSION" "$work"
  mkdir -p "$DEPS/catch2"
  cp "$work"/extras/catch_amalgamated.[ch]pp "$work/LICENSE.txt" "$DEPS/catch2/"
  rm -rf "$work"
}

# Header-only libraries of the system behind a folder of their own: em++ must never see /usr/include, whose C
# headers shadow its sysroot's.
deps_headers() {
  mkdir -p "$DEPS/include"
  ln -sfn /usr/include/nlohmann "$DEPS/include/nlohmann"
  ln -sfn /usr/include/CLI "$DEPS/include/CLI"
  ln -sfn /usr/include/eigen3/Eigen "$DEPS/include/Eigen"
}
