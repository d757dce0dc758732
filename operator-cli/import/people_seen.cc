#include "operator-cli/import/people_seen.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "credential/crypto/sha256.h"

namespace passport {
namespace {

constexpr std::size_t kSlotsAtFirst = 1024;

std::int32_t NumberOf(CivilDay day) { return day.year() * 10000 + day.month() * 100 + day.day(); }

}  // namespace

std::uint64_t PeopleSeen::Hash(std::string_view person) const {
  std::string salted = std::to_string(salt_);
  salted.append("\n").append(person);
  const Digest digest = Sha256(std::string_view(salted));
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < sizeof(hash); ++i) hash = hash << 8U | digest[i];
  return hash == 0 ? 1 : hash;
}

std::size_t PeopleSeen::Find(std::uint64_t person) const {
  std::size_t at = person & (slots_.size() - 1);
  while (slots_[at].person != 0 && slots_[at].person != person) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void PeopleSeen::Grow() {
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(std::max(kSlotsAtFirst, slots_.size() * 2)));
  for (const Slot& slot : before) {
    if (slot.person != 0) slots_[Find(slot.person)] = slot;
  }
}

PeopleSeen::Answer PeopleSeen::Compare(std::string_view person, CivilDay born_on, std::uint64_t line) {
  if (slots_.empty()) Grow();
  const std::uint64_t hash = Hash(person);
  std::size_t at = Find(hash);
  if (slots_[at].person == hash) {
    return slots_[at].day == NumberOf(born_on) ? Answer{Seen::kAgrees, 0} : Answer{Seen::kDisagrees, slots_[at].line};
  }
  if (count_ >= people_max_) return {Seen::kNotCompared, 0};
  if ((count_ + 1) * 2 > slots_.size()) {
    Grow();
    at = Find(hash);
  }
  const std::uint64_t line_max = std::numeric_limits<std::uint32_t>::max();
  slots_[at] = {.person = hash, .day = NumberOf(born_on), .line = static_cast<std::uint32_t>(std::min(line, line_max))};
  ++count_;
  return {Seen::kAgrees, 0};
}

}  // namespace passport
