// A badge as a card to print and cut out: HTML for A4 with a front and a back of 85.6 by 54 millimetres (ISO/IEC 7810
// ID-1). No scripts, nothing from elsewhere; everything from outside is escaped.
#pragma once

#include <string>
#include <string_view>

#include "credential/vocabulary/result.h"

namespace passport {

struct BadgeCard {
  std::string badge;     // the text for the code
  std::string employer;  // legal name
  std::string name;
  std::string role;
  std::string valid_through;  // "2026-12-31"
  bool has_photo = false;     // its digest stands in the badge: the very same image goes on the card
};

// Fails with kLimit when no code can be made of the badge.
Result<std::string> BadgeCardHtml(const BadgeCard& card);

}  // namespace passport
