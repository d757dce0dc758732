// A role profile before it is put in force: what it says, what is wrong with it, and what it would change. Works from
// files alone; the service is not asked.
#pragma once

#include <string>

#include "operator-cli/session.h"

namespace passport {

struct ProfileReviewFlags {
  std::string file;
  std::string published;     // folder of the published tree
  std::string registry_key;  // file with a JWK
  std::string day;           // empty: the first day of the profile, or today if that is later
  std::string receiver;
  std::string passports;  // folder of presentations, or empty
  bool employment = false;
};

// Reads the profile, lays a local one on its base in force that day, prints it in plain words, then errors and warnings
// (CheckProfile), then for every presentation in the folder what it answers now and what it would answer. Files of the
// folder are named by file name only; one that does not hold is named with its reason and does not stop the others.
// Ends with kRefused when the profile has an error or does not parse.
Ending ReviewProfile(Session& session, const ProfileReviewFlags& flags);

}  // namespace passport
