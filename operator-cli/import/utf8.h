// Whether bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing past U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace passport {

// Position of the first byte that begins no well-formed character; nothing when all is well. Any thread may call.
std::optional<std::size_t> FirstByteNotUtf8(std::string_view bytes);

}  // namespace passport
