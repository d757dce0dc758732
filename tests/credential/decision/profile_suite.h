// The suite of role profiles by the name that stays, and what its tests share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/credential/decision/decision_world.h"

namespace passport {

// The taxonomies as they ship, on a day.
const Taxonomies& ShippedTaxonomies();
const Terms& ShippedTerms();  // on 21 November 2026

// "ok", or the word of the reason and the detail.
template <class T>
std::string SaidOf(const Result<T>& result) {
  return result.ok() ? "ok" : std::string(WordOf(result.fault().reason)) + ": " + result.fault().detail;
}

// The whole text of a profile "test" of version 1 with these requirements; `more` are members of the profile.
std::string TextOf(std::string_view requirements, std::string_view more = "");

namespace suites {
class Profile : public Counted<Profile> {
 public:
  static constexpr const char* kName = "Profile";
};
}  // namespace suites
}  // namespace passport
