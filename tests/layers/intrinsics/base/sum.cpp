// An intrinsic outside the layer that owns them.
#include <immintrin.h>
