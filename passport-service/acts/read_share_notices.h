// What receivers hear of the shares they keep: notices, read from where they have got to.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// What a receiver should look at again.
struct ShareNotices {
  std::vector<ShareNoticeRow> rows;
  std::uint64_t next = 0;  // sequence of the last that was read, or where it began
};

class ReadShareNotices {
 public:
  static constexpr std::size_t kPageMax = 1000;
  static constexpr std::size_t kPageDefault = 100;
  static constexpr Seconds kKept{90 * 86'400};  // older ones are forgotten
  ReadShareNotices(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Of the caller, after that one, or all that are kept; at most `limit`, kPageDefault for 0, kPageMax at most. Fails
  // with kStateConflict when there never was such a one, or some after it are forgotten already: who went on would miss
  // them; and as the store does.
  Result<ShareNotices> After(const Caller& by, std::optional<std::uint64_t> after, std::size_t limit);
  // The same for a poll: on record, and old ones are forgotten. Fails with kCallerUnknown too.
  Result<ShareNotices> Poll(const Caller& by, std::optional<std::uint64_t> after, std::size_t limit);
  // Sequence of the last one.
  Result<std::uint64_t> Last(const Caller& by);
  // That the caller began to watch. Fails as the store does.
  Result<void> Begin(const Caller& by);
  // Also of those who never ask. Fails as the store does.
  Result<void> ForgetOld();

 private:
  Store& store_;
  const Clock& clock_;
};

// The place of a notice as a token, and back. Fails with kFieldInvalid.
std::string TokenOf(std::uint64_t sequence);
Result<std::uint64_t> ParseToken(std::string_view token);

}  // namespace passport
