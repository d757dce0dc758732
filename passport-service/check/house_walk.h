// The walk behind CheckHouse: one method a subject, in the order they need each other.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "passport-service/check/check_house.h"

namespace passport {

class HouseWalk {
 public:
  explicit HouseWalk(Store& store) : store_(store) {}
  Result<void> Audit();
  Result<void> Events();
  Result<void> People();
  Result<void> Answers();
  Result<void> Organisations();  // with their lists, then with their credentials
  Result<void> Intents();
  Result<void> StatusEntries();
  Result<void> Holdings();
  Result<void> Employments();
  Result<void> HolderKeys();   // after People()
  Result<void> Rebindings();   // after People()
  Result<void> Unlocks();      // after People() and Organisations()
  Result<void> Disputes();     // after Organisations()
  Result<void> Shares();       // after People() and Organisations()
  Result<void> Invitations();  // and identity checks
  Result<void> Documents();
  // After Organisations().
  Result<void> StandingRecords();
  Result<void> MatchKeys();
  Result<void> Imports();
  Result<void> Drafts();
  Result<void> ImportSeries();
  Result<void> Reliances();
  Result<void> Overrides();
  Result<void> Systems();
  Result<void> Registry();  // successors and proposals
  HouseReport TakeReport() && { return std::move(report_); }

 private:
  struct List {
    StatusListRow row;
    std::vector<bool> handed_out;           // by slot
    std::map<std::uint32_t, int> expected;  // entry each slot of a credential must have
    std::set<std::uint32_t> pending;        // slots of intents
  };
  struct ChainEnd {
    std::uint64_t sequence = 0;
    Digest hash{};
  };
  void Violation(std::string sentence);
  Result<void> Proposals();
  Result<void> LooksInto(const ShareRow& share, const std::string& name);
  void AuditOfActor(const AuditRow& row, const std::string& name);
  Result<void> Lists(const OrganisationId& organisation);
  Result<void> Credentials(const OrganisationId& organisation);
  Result<void> Credential(const CredentialRow& row);
  Result<void> Chain(const OrganisationId& organisation);
  // Since when everything that is good must be bound to the key of now, as far as it can be told without opening
  // anything; nothing while it is being signed again, and for people of before keys had rows.
  Result<std::optional<Instant>> BoundSince(const PersonId& person);
  void BoundTo(std::optional<Instant> since, const CredentialRow& row);
  // The list of a slot that is handed out and nobody else's so far, or null after a violation.
  List* Claim(const Slot& slot, const std::string& owner);

  Store& store_;
  HouseReport report_;
  std::unordered_map<std::string, ChainEnd> actors_;  // where the rows of each actor have got to
  std::unordered_set<std::string> intended_;          // request ids with such an audit row
  std::unordered_set<std::string> issued_;
  std::unordered_set<std::string> people_;
  std::unordered_set<std::string> answered_;    // organisation and request
  std::unordered_set<std::string> credited_;    // organisation and request of every credential
  std::unordered_map<std::string, int> holds_;  // credentials by person
  std::set<OrganisationId> organisations_;
  std::map<std::pair<OrganisationId, std::uint32_t>, List> lists_;
};

}  // namespace passport
