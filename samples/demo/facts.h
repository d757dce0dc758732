// The facts of one run of the demo, for programs (docs: samples/README.md, "What the demo writes"). Every fact was
// measured in that run.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace passport {

struct DemoDecision {
  std::string story;                 // "nurse online": which question of the story
  std::string outcome;               // "met", "met_expiring", "not_met", "cannot_tell"
  std::vector<std::string> reasons;  // words, one for each requirement that is not met
};

struct DemoRefusal {
  std::string attempt;  // "replay"
  std::string reason;   // word of the Reason
};

struct DemoFacts {
  std::size_t organisations = 0;
  std::size_t people = 0;
  std::size_t rows_read = 0;
  std::size_t rows_refused = 0;
  std::size_t credentials_issued = 0;
  std::vector<DemoDecision> decisions;
  std::vector<DemoRefusal> refusals;
  bool offline_verified = false;
  struct RevocationSeen {
    bool online = false;
    bool offline = false;
  } revocation_seen;
  std::chrono::milliseconds time{0};
};

// One JSON object, ends in a line end.
std::string JsonOf(const DemoFacts& facts);

}  // namespace passport
