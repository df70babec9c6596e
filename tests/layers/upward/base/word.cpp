// A lower layer reaches up.
#include "text/word.h"
