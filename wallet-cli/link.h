// Links of invitations and requests: "https://<where>/i/<id>", "/r/<id>". The id is not secret; a code told apart is.
#pragma once

#include <string>
#include <string_view>

namespace passport {

inline bool IsLink(std::string_view text) { return text.starts_with("https://"); }

// What a link names; a text that is no link is the id itself.
inline std::string IdOfLink(std::string_view link) {
  while (link.ends_with('/')) link.remove_suffix(1);
  return std::string(link.substr(link.rfind('/') + 1));  // npos + 1 is 0: the whole text
}

}  // namespace passport
