// A stream on the way to the browser.
#include <iostream>
