// The bundle of a region: how large it is, whole and as what has changed since the one before.
#pragma once

#include <cstddef>

namespace passport::bench {

struct RegionBundle {
  std::size_t credentials = 0;
  std::size_t revoked = 0;
  std::size_t decoys = 0;  // that are set
  std::size_t lists = 0;
  std::size_t bytes = 0;
  std::size_t delta_bytes = 0;  // a quarter of an hour later: every list signed again, forty credentials revoked
};

// Made for real: a registry of 120 organisations and their status lists, signed by keys with certificates, with
// 2,500,000 credentials at random slots, one in a hundred revoked, each with decoys beside it. Ends the process with a
// message when anything fails.
RegionBundle MakeRegionBundle();

}  // namespace passport::bench
