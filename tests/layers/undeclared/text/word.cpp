// A folder that no call declares.
#include "base/byte.h"
