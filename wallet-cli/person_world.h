// The world passport-wallet lives in. main() brings the real one, tests bring theirs.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string_view>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/random.h"
#include "credential/vocabulary/result.h"
#include "keys/scrypt_cost.h"
#include "keys/secret.h"

namespace passport {

struct PersonWorld {
  int input;                   // file descriptor behind "-"
  std::ostream& output;        // results
  std::ostream& errors;        // what went wrong, and questions
  bool output_is_terminal;     // a person looks on: secrets may be shown
  bool colours;                // and colours, too
  std::filesystem::path home;  // of the wallet's own passport
  ScryptCost cost;             // of new passports
  std::function<Instant()> clock;
  std::function<void(std::chrono::milliseconds)> pause;
  // A secret typed without being shown. Fails with kConfig when there is no terminal to ask at.
  std::function<Result<Secret>(std::string_view prompt)> ask_secret;
  // True for yes. Fails with kConfig when there is no terminal to ask at.
  std::function<Result<bool>(std::string_view question)> ask_yes;
  Random& random;
};

}  // namespace passport
