#include "passport-service/acts/line_ids.h"

#include <cstring>
#include <string>
#include <utility>

#include "credential/crypto/sha256.h"

namespace passport {
namespace {

constexpr std::size_t kSlotsAtFirst = 1024;

}  // namespace

LineIds::LineIds(Random& random) : key_{}, slots_(kSlotsAtFirst) { random.Fill(key_); }

std::uint64_t LineIds::NameOf(std::string_view id) const {
  std::string bytes(key_.begin(), key_.end());
  bytes += id;
  const Digest digest = Sha256(bytes);
  std::uint64_t name = 0;
  std::memcpy(&name, digest.data(), sizeof(name));
  return name == 0 ? 1 : name;
}

bool LineIds::Put(std::uint64_t name) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = name & mask;
  while (slots_[at] != 0) {
    if (slots_[at] == name) return false;
    at = (at + 1) & mask;
  }
  slots_[at] = name;
  return true;
}

void LineIds::Grow() {
  std::vector<std::uint64_t> before(slots_.size() * 2);
  before.swap(slots_);
  for (const std::uint64_t name : before) {
    if (name != 0) Put(name);
  }
}

bool LineIds::Add(std::string_view id) {
  if (2 * (size_ + 1) > slots_.size()) Grow();
  if (!Put(NameOf(id))) return false;
  ++size_;
  return true;
}

}  // namespace passport
