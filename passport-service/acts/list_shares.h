// What a receiver has asked for and been given; what a person has given; who has looked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "passport-service/acts/caller.h"
#include "passport-service/acts/current_trust.h"
#include "passport-service/acts/holder_caller.h"
#include "passport-service/acts/share_steps.h"
#include "passport-service/ports/clock.h"

namespace passport {

class ListShares {
 public:
  static constexpr std::size_t kPageMax = 1000;
  static constexpr std::size_t kPageDefault = 100;
  ListShares(Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  // Of the receiver, in a fixed order; at most `limit`, kPageDefault for 0, kPageMax at most. Fails with
  // kCallerUnknown, kFieldInvalid (token), and as the store does.
  Result<Page<ShareView>> Of(const Caller& by, std::string_view after, std::size_t limit);
  // Of the person, newest first; those that are over too. Fails as the store does.
  Result<std::vector<ShareView>> Of(const HolderCaller& by);

 private:
  Store& store_;
  const Clock& clock_;
};

// That somebody has looked.
struct SeenLook {
  std::string share;  // id, or several parted by spaces; empty where nothing that was shared was looked into
  OrganisationId receiver;
  std::string receiver_name;
  Instant at;
  std::string purpose;
  std::vector<AskedRow> records;  // what showed; nothing once the receiver has erased it
  std::string outcome;            // word
};

// What one row of reliance tells its person; without the receiver's name. Fails as store and key store do.
Result<SeenLook> OpenLook(PersonVault& vault, const RelianceRow& row, const Known& known);
// The looks into a share that were not relied on, the newest `limit`, oldest first; without the receiver's name.
// Nothing of a record showed in them. Fails as the store does.
Result<std::vector<SeenLook>> OtherLooks(Store& store, const ShareRow& share, std::size_t limit);

// Of many rows the newest; holds twice as many at the most, however many are added.
class NewestLooks {
 public:
  explicit NewestLooks(std::size_t most) : most_(most) {}
  void Add(RelianceRow row);
  std::size_t held() const { return rows_.size(); }
  std::vector<RelianceRow> Take() &&;  // newest first

 private:
  void Cut();
  const std::size_t most_;
  std::vector<RelianceRow> rows_;
};

class ListLooks {
 public:
  static constexpr std::size_t kLooksMax = 1000;
  struct Order {
    HolderCaller by;
    std::optional<ShareId> share;  // into one share
  };
  ListLooks(Store& store, PersonVault& vault, const CurrentTrust& trust, const Clock& clock)
      : store_(store), vault_(vault), trust_(trust), clock_(clock) {}
  // Every look into shares, also those that came to nothing, and every reliance on a presentation, under every key the
  // passport was ever bound to; newest first, at most kLooksMax. On record before it is answered. Fails with kNotFound
  // (another's share), kRegistryStale, and as store and key store do.
  Result<std::vector<SeenLook>> operator()(const Order& order);

 private:
  Result<std::vector<RelianceRow>> RowsAbout(const PersonId& person, const std::optional<ShareId>& share);
  Result<std::vector<SeenLook>> LooksInto(const PersonId& person, const std::optional<ShareId>& share);
  Result<void> NameReceivers(std::vector<SeenLook>& looks);
  Store& store_;
  PersonVault& vault_;
  const CurrentTrust& trust_;
  const Clock& clock_;
};

}  // namespace passport
