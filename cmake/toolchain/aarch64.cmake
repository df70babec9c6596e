# AArch64 on another Linux machine: Debian's g++-aarch64-linux-gnu compiles, qemu-user runs the tests. It is there for
# the NEON kernels (core/simd), which no x86 machine can run otherwise.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L /usr/aarch64-linux-gnu)
