// The passport that a profile asks for: written from its requirements, in the words of the taxonomies.
#pragma once

#include <string>
#include <vector>

#include "tests/credential/decision/profile_suite.h"

namespace passport {

// A record and the requirements it was written for: one, but that one record of a volunteer's role speaks to several.
struct Written {
  std::vector<std::string> requirements;
  Shown shown;
  bool IsFor(std::string_view requirement) const;
};

// Records that meet the first alternative of every requirement that counts in the engagement, at the council on
// 21 November 2026: what can be any age is a day old, what can end does not. Signed by the trust, or by the council
// where the receiver must.
std::vector<Written> PassportFor(const RoleProfile& profile, Engagement engagement);

}  // namespace passport
