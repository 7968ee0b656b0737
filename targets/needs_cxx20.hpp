// Every header of nn/ begins by this one: an older standard stops the compiler here, at once and with one sentence. (An #error
// would not: g++ goes on behind it.)
#pragma once

#if __cplusplus < 202002L
#include "Ganglion needs C++20: compile with -std=c++20 or -std=gnu++20"
#endif
