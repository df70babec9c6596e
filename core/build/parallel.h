// build/parallel.h - run independent jobs on some threads; on one where there are none (wasm).
//
// Jobs write to places of their own, numbered by the job: what comes out does not depend on who ran it.
#pragma once

#include <cstddef>
#include <functional>

namespace crossglot {

// Calls job(0) ... job(count - 1), each once, and returns when all are done. The calling thread takes part.
void run_parallel(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& job);

}  // namespace crossglot
