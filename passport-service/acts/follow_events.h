// Tells those who keep shares to look again: reads the log of events from where it has got to, and writes a notice for
// every live share that an event touches. Notice and place are one write, so none is lost and none comes twice from
// here, whenever the service stops.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// One thread at a time; another process that follows too is noticed and harms nothing.
class FollowEvents {
 public:
  FollowEvents(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Deals with at most so many events; how many there were. Fails as the store does.
  Result<std::size_t> operator()(std::size_t limit);

 private:
  Result<std::vector<ShareRow>> Touched(const EventRow& event);
  Result<std::vector<ShareRow>> WithNews(const EventRow& event);
  Result<std::vector<ShareRow>> LiveWith(const CredentialId& credential);
  Result<std::set<std::string>> ProfilesOn(const std::string& base);
  template <class IsTouched>
  Result<std::vector<ShareRow>> LiveWhere(const IsTouched& is_touched);
  Store& store_;
  const Clock& clock_;
};

// What a receiver should look at again.
struct ShareNotices {
  std::vector<ShareNoticeRow> rows;
  std::uint64_t next = 0;  // sequence of the last that was read, or where it began
};

class ReadShareNotices {
 public:
  static constexpr std::size_t kPageMax = 1000;
  static constexpr std::size_t kPageDefault = 100;
  static constexpr Seconds kKept{90 * 86'400};  // older ones are forgotten, a few with each poll
  ReadShareNotices(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Of the caller, after that one; at most `limit`, kPageDefault for 0, kPageMax at most. Fails with kCallerUnknown and
  // as the store does.
  Result<ShareNotices> After(const Caller& by, std::uint64_t after, std::size_t limit);
  // The same for a poll: on record, and old ones are forgotten.
  Result<ShareNotices> Poll(const Caller& by, std::uint64_t after, std::size_t limit);
  // Sequence of the last one.
  Result<std::uint64_t> Last(const Caller& by);
  // That the caller began to watch. Fails as the store does.
  Result<void> Begin(const Caller& by);

 private:
  Store& store_;
  const Clock& clock_;
};

// The place of a notice as a token, and back. Fails with kFieldInvalid.
std::string TokenOf(std::uint64_t sequence);
Result<std::uint64_t> ParseToken(std::string_view token);

}  // namespace passport
