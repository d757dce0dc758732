// What one organisation may ask for at once, so that a greedy one slows itself down and not its neighbours.
//
// Calls and bytes fill a bucket each second by second (token bucket); calls under way and streams have places. All
// systems of an organisation share its buckets and places. A certificate has an account of its own until it is known
// that it may call: one that may not, however often it asks, takes nothing from the organisation it names.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "credential/vocabulary/result.h"

namespace passport {

// Of each organisation.
struct CallerShare {
  double calls_per_s = 500;
  double calls_burst = 1000;
  double bytes_per_s = 16.0 * 1024 * 1024;  // both ways
  double bytes_burst = 64.0 * 1024 * 1024;
  int calls_max = 16;        // under way at once
  int streams_max = 4;       // open at once
  double refused_per_s = 1;  // of each certificate, calls it may not make
  double refused_burst = 100;
};

// Of people: of each address until it is known who calls, so that guessing slows down whoever guesses and behind whose
// address many may sit; and of each person.
struct PeopleShares {
  CallerShare address{.calls_per_s = 200, .calls_burst = 1000, .calls_max = 64, .streams_max = 64};
  CallerShare person{.calls_per_s = 20,
                     .calls_burst = 200,
                     .bytes_per_s = 2.0 * 1024 * 1024,
                     .bytes_burst = 32.0 * 1024 * 1024,
                     .calls_max = 4,
                     .streams_max = 2};
};

// Any thread may call.
class CallerLimits {
 public:
  using Time = std::chrono::steady_clock::time_point;
  enum class Kind { kCall, kStream };

  // A place, held for as long as it lives.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept { *this = std::move(other); }
    Place& operator=(Place&& other) noexcept;
    ~Place();

   private:
    friend class CallerLimits;
    Place(CallerLimits& limits, std::string caller, Kind kind)
        : limits_(&limits), caller_(std::move(caller)), kind_(kind) {}
    CallerLimits* limits_ = nullptr;
    std::string caller_;
    Kind kind_ = Kind::kCall;
  };

  explicit CallerLimits(const CallerShare& share) : share_(share) {}

  // Takes a place and one call out of the bucket. Fails with kBusy.
  Result<Place> Enter(const std::string& caller, Kind kind, Time now);
  // Fails with kBusy after too many calls that the caller may not make. Whoever sits behind the address of a guesser
  // and proves who they are must not be asked this.
  Result<void> CheckRefusals(const std::string& caller, Time now);
  // Notes that a call was one the caller may not make.
  void NoteRefused(const std::string& caller, Time now);
  // Takes bytes out of the bucket, more than are in it if need be, and returns how long it takes to fill up again.
  std::chrono::milliseconds Spend(const std::string& caller, std::size_t bytes, Time now);
  // Of an answer kBusy: true once a minute for each caller.
  bool WorthTelling(const std::string& caller, Time now);

 private:
  struct Account {
    double calls = 0;
    double bytes = 0;
    double refused = 0;  // how many more it may be
    Time filled;
    int calls_under_way = 0;
    int streams_open = 0;
    std::optional<Time> told = std::nullopt;
  };
  Account& FindFilled(const std::string& caller, Time now);
  void Leave(const std::string& caller, Kind kind);
  void ForgetIdle(Time now);

  const CallerShare share_;
  std::mutex mutex_;
  std::map<std::string, Account> accounts_;
};

}  // namespace passport
