// Tells those who keep shares to look again: reads the log of events from where it has got to, and writes a notice for
// every live share that an event touches. Notice and place are one write, so none is lost and none comes twice from
// here, whenever the service stops.
//
// A receiver hears of what it was given and of what that is judged by, and of nothing else: what is issued to the
// person later, by whomever, is not in the share.
//
// It follows what is in force: an event is told once a look would show what it is about, and not before.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/request_answers.h"
#include "passport-service/ports/clock.h"

namespace passport {

// One thread at a time; another process that follows too is noticed and harms nothing.
class FollowEvents {
 public:
  struct Report {
    std::size_t events = 0;   // that were dealt with
    std::size_t damaged = 0;  // rows that could not be read: passed over
  };
  FollowEvents(Store& store, const CurrentTrust& trust, const Clock& clock)
      : store_(store), trust_(trust), clock_(clock) {}
  // Deals with at most so many events that are seen in what is in force. For all that touch rules or issuers together
  // it goes through the shares once, one at a time. Fails as the store does.
  Result<Report> operator()(std::size_t limit);

 private:
  struct Turn;  // what the events of one call touch, and what is written for them
  Result<std::vector<EventRow>> ReadEvents(std::uint64_t from, std::size_t limit, Turn& turn);
  Result<void> Follow(const EventRow& event, Turn& turn);
  Result<void> FollowStatus(const EventRow& event, Turn& turn);
  Result<void> GoThroughShares(Turn& turn);
  Result<bool> IsTouched(const ShareRow& row, Turn& turn);
  Result<std::optional<ShareRow>> FindLive(const ShareId& id, Turn& turn);
  Result<void> Tell(const ShareRow& row, Turn& turn);
  Store& store_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
