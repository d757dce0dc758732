// passport-verify as a ward runs it: a presentation, a copy of the published folder, no network.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"

namespace passport {

struct OfflineQuestion {
  std::string program;       // passport-verify
  std::string presentation;  // file
  std::string published;     // folder
  std::string anchor;        // file
  std::string nonce;
  std::string audience;
  std::string role;
  Instant starts_at;  // of the shift
  Instant ends_at;
  bool employment = false;
  std::optional<Instant> at = std::nullopt;              // judge as of then, whatever the age of the holder's proof
  std::optional<Seconds> status_age_max = std::nullopt;  // the receiver's own limit

  // What is typed, without --json.
  std::vector<std::string> Words() const;
};

struct OfflineAnswer {
  int exit_code;
  bool valid;
  std::string reason;                // word, when it is not valid
  std::string outcome;               // of the decision; empty when there is none
  std::vector<std::string> reasons;  // of the requirements that are not met
  std::vector<std::string> too_old;  // a sentence for each thing that is
};

// Fails with kStateConflict when the program could not answer.
Result<OfflineAnswer> CheckOffline(const OfflineQuestion& question);

}  // namespace passport
