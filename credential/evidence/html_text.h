// Text from outside inside of HTML.
#pragma once

#include <string>
#include <string_view>

namespace passport {

// & < > " ' become references. Control characters, marks that turn the direction of writing or can not be seen, and
// bytes that are not UTF-8 become U+FFFD: nothing is shown in another order than it was written, and nothing hides.
std::string HtmlText(std::string_view text);

}  // namespace passport
