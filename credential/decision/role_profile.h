// What a role requires, as data (docs/formats/role-profile.md).
//
// A profile is a list of requirements, all of which must be met; each is met by any one of its alternatives; an
// alternative picks records of one kind and sets conditions on their facts. Every requirement carries the words a
// person reads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/key_set.h"
#include "credential/crypto/signer.h"
#include "credential/record/record_kind.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::string_view kRoleProfileTyp = "dsp-role-profile+jwt";
inline constexpr std::size_t kRoleProfileBytesMax = 256 * 1024;

// One thing insisted on of one fact of a record.
struct Condition {
  enum class Test : std::uint8_t {
    kOneOf,         // the fact is one of `words`
    kAtLeast,       // the fact is a number of at least `amount`
    kAssurance,     // the assurance grade is at least the one of words[0]
    kWithinMonths,  // the day of the fact plus `amount` months is not before the day in question
    kWithinDays,    // the same in days
    kNotBeforeDay,  // the day of the fact, where there is one, is not before the day in question ("ends on"); only for
                    // facts that are always shown
    kNotAfterDay,   // the day of the fact is not after the day in question ("starts on")
  };
  std::string fact;
  Test test;
  std::vector<std::string> words;
  int amount = 0;
  Reason otherwise;  // the reason when it does not hold
};

struct Alternative {
  const RecordKind* kind;
  std::vector<Condition> picks;       // kOneOf only: which records are looked at
  std::vector<Condition> conditions;  // what they must satisfy
};

struct Requirement {
  std::string id;
  std::string needs;  // "moving and handling level 2 in the last 24 months"
  std::vector<Alternative> any_of;
};

class RoleProfile {
 public:
  // Reads the JSON of a profile. Fails with kFieldInvalid naming the place: unknown members, kinds, facts, tests or
  // reasons; a test that does not fit the shape of its fact; no requirement; an id twice; with kMalformed or kLimit for
  // the JSON itself.
  static Result<RoleProfile> Parse(std::string_view text);
  // Reads a published, signed profile. Fails with kRegistry when it was not signed by the pinned registry key, else as
  // Parse does.
  static Result<RoleProfile> ReadSigned(std::string_view jws, const KeySet& pinned);

  const std::string& id() const { return id_; }
  int version() const { return version_; }
  const std::string& title() const { return title_; }
  const CivilDay& effective_from() const { return effective_from_; }
  // A met requirement that ends within so many days of the day in question is "met, but expiring". A re-check
  // (within_days) due more often than that anyway does not count as an end here.
  int expiring_within_days() const { return expiring_within_days_; }
  const std::vector<Requirement>& requirements() const { return requirements_; }
  const std::string& text() const { return text_; }

 private:
  friend class ProfileReader;
  explicit RoleProfile(CivilDay effective_from) : effective_from_(effective_from) {}
  std::string id_;
  int version_ = 0;
  std::string title_;
  CivilDay effective_from_;
  int expiring_within_days_ = 0;
  std::vector<Requirement> requirements_;
  std::string text_;
};

// Signs the text of a profile for publication. Fails as the signer does.
Result<std::string> SignRoleProfile(const RoleProfile& profile, std::string_view kid, Signer& registry_key);

}  // namespace passport
