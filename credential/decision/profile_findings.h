// What was found wrong with a profile, as it is found.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "credential/decision/profile_check.h"

namespace passport {

class ProfileFindings {
 public:
  void Error(std::string place, std::string words) {
    Add(ProfileFinding::Weight::kError, std::move(place), std::move(words));
    ++errors_;
  }
  void Warning(std::string place, std::string words) {
    Add(ProfileFinding::Weight::kWarning, std::move(place), std::move(words));
  }
  std::size_t errors() const { return errors_; }  // so far
  std::vector<ProfileFinding> Take() && { return std::move(findings_); }

 private:
  void Add(ProfileFinding::Weight weight, std::string place, std::string words) {
    findings_.push_back({.weight = weight, .place = std::move(place), .words = std::move(words)});
  }
  std::vector<ProfileFinding> findings_;
  std::size_t errors_ = 0;
};

}  // namespace passport
