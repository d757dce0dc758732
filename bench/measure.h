// One benchmark by name.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>

#include "bench/world.h"

namespace passport::bench {

// Runs `act(i)` over the holders, or `count` other things, in turn; anything but true ends the benchmark with an error.
template <class Act>
void Measure(const char* name, Act act, std::size_t count = kHolders) {
  benchmark::RegisterBenchmark(name, [act, count](benchmark::State& state) mutable {
    std::size_t i = 0;
    for (auto _ : state) {
      if (!act(i)) {
        state.SkipWithError("the operation failed");
        return;
      }
      i = i + 1 == count ? 0 : i + 1;
    }
  });
}

}  // namespace passport::bench
