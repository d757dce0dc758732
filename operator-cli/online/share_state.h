// The words of a share's states, for the programs of both its sides.
#pragma once

#include <string_view>

namespace passport {

// Of "asked", "given", "renewing", "declined", "ended", "lapsed": nothing more comes of it.
inline bool IsOver(std::string_view share_state) {
  return share_state == "declined" || share_state == "ended" || share_state == "lapsed";
}

}  // namespace passport
