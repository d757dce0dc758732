#include "credential/evidence/hashed_fields.h"

namespace passport {
namespace {

void AppendNumber(std::uint64_t number, std::string& out) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xffU);
}

}  // namespace

HashedFields& HashedFields::Add(std::string_view bytes) {
  AppendNumber(bytes.size(), bytes_);
  bytes_ += bytes;
  return *this;
}

HashedFields& HashedFields::Add(std::uint64_t number) {
  AppendNumber(8, bytes_);
  AppendNumber(number, bytes_);
  return *this;
}

HashedFields& HashedFields::Add(const Digest& digest) {
  AppendNumber(digest.size(), bytes_);
  bytes_.append(digest.begin(), digest.end());
  return *this;
}

}  // namespace passport
