// What a role requires, as data (docs/formats/role-profile.md).
//
// A profile is a list of requirements, all of which must be met. Each is a tree: any of, all of, none of, a record of
// one kind that meets conditions, a course as the taxonomy knows it. Every requirement carries the words a person
// reads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/record/record_kind.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

inline constexpr std::size_t kRoleProfileBytesMax = 256 * 1024;
inline constexpr std::size_t kNeedDepthMax = 4;  // lists (any_of, all_of, none_of) inside one another
inline constexpr std::size_t kNeedsMax = 1000;   // in one profile, lists among them

// How the person comes: as somebody who stays employed at home, or as a new employee of the receiver (domain sheet 4:
// whose check counts differs).
enum class Engagement : std::uint8_t { kPlacement, kEmployment };
// "placement", "employment".
std::string_view WordOf(Engagement engagement);

// One thing insisted on of one fact of a record, or of who signed it.
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
    kIsPlace,       // the fact (kOrganisation) is the place of the duty
    kIssuerType,    // the issuer's type of organisation is one of `words`; no fact
    kIssuerIs,      // words[0]: "receiver", the organisation that relies on it issued it, or "place", the one where the
                    // work is; no fact
    kSameIssuerAs,  // the issuer also issued a record that meets the requirement words[0], an earlier one; no fact
    kSamePersonAs,  // it is bound to the same holder as a record that meets the requirement words[0]; no fact
  };
  const FieldRule* fact;  // null for the tests of who signed
  Test test;
  std::vector<std::string> words;
  int amount = 0;
  // The condition must hold through the last day of the duty, not on its first alone: a right to work that ends during
  // a night shift does not carry the shift. For tests with an end: kWithinMonths, kWithinDays, kNotBeforeDay.
  bool through_shift = false;
  Reason otherwise;  // the reason when it does not hold
};

// A node of what is needed.
struct Need {
  enum class Form : std::uint8_t {
    kRecord,    // a record of `kind` that `picks` fit and that meets `conditions`
    kTraining,  // a record of mandatory training that covers `subject` at `level` (Terms::CoversOf), all its parts, no
                // older than `months` (or the taxonomy's period) and meets `conditions`
    kAllOf,     // every child
    kAnyOf,     // one child
    kNoneOf,    // no record that a child (kRecord, picks only) picks: a not-if
  };
  Form form;
  std::optional<Engagement> when = {};  // counts for this engagement only; nothing: always
  const RecordKind* kind = nullptr;     // kRecord; kTraining: mandatory training
  std::vector<Condition> picks = {};    // kOneOf only: which records are looked at
  std::vector<Condition> conditions = {};
  std::string subject = {};
  int level = 0;
  std::optional<int> months = {};  // kTraining: nothing means the taxonomy's refresh period of the day
  bool through_shift = false;      // kTraining: the period must last through the duty's last day
  std::vector<Need> children = {};
};

struct Requirement {
  // Whether a local profile may put its own in the place of this one, or only add to it.
  enum class Local : std::uint8_t { kStricterOnly, kReplaceable };
  std::string id;
  std::string needs;  // "moving and handling level 2 in the last 24 months"
  std::string who;    // who can put it right; empty: as the reason says
  std::string how;    // and how
  std::string note;   // where this comes from and what it leaves open; for readers of the rules, may be empty
  Local local = Local::kStricterOnly;
  std::optional<Engagement> when;
  Need need;
  // Of a local profile on its base: `need` is what the base asks and then what the local one adds.
  bool added_to = false;
  // What a reference to this requirement looks at: the base's need alone. Else what a local profile adds here could
  // make a requirement that refers here looser.
  const Need& Referred() const { return added_to ? need.children.front() : need; }
};

// The profile that a local one extends.
struct ProfileBase {
  std::string profile;
};

class RoleProfile {
 public:
  // Reads the JSON of a profile. Fails with kFieldInvalid naming the place: unknown members, kinds, facts, tests or
  // reasons; a test that does not fit the shape of its fact; no requirement; an id twice; a reference to a requirement
  // that does not stand before it (in a local profile, one to a requirement that is not its own is judged by On()); a
  // profile that extends itself; needs nested too deep; with kLimit when there are too many needs; with
  // kMalformed or kLimit for the JSON itself. Words of the taxonomy are not judged here (profile_check.h).
  static Result<RoleProfile> Parse(std::string_view text);

  const std::string& id() const { return id_; }  // 1 to 64 of a-z, 0-9 and '-'
  int version() const { return version_; }
  const std::string& title() const { return title_; }
  const std::string& standing() const { return standing_; }  // "proposal to be agreed locally"
  const std::string& note() const { return note_; }          // sources, and who was asked; may be empty
  const CivilDay& effective_from() const { return effective_from_; }
  // A met requirement that ends within so many days of the day in question is "met, but expiring". A re-check
  // (within_days) due more often than that anyway does not count as an end here.
  int expiring_within_days() const { return expiring_within_days_; }
  const std::vector<Requirement>& requirements() const { return requirements_; }
  // A local profile: whose, and what it adds to. Both or neither.
  const std::optional<OrganisationId>& organisation() const { return organisation_; }
  const std::optional<ProfileBase>& extends() const { return extends_; }
  const std::string& text() const { return text_; }
  // SHA-256 of the text; of a local profile on its base, SHA-256 of its own digest and then the base's.
  Digest digest() const { return digest_; }

  // This local profile on top of its base: requirements of the same id must be met as well as the base's (or instead,
  // where the base allows it); new ones are added. So it is never looser than the base but where the base allows it.
  // Both must be in force for it to be. Fails with kFieldInvalid when `base` is not what it extends, or is local
  // itself, or when a requirement refers to one that does not stand before it.
  Result<RoleProfile> On(const RoleProfile& base) const;

 private:
  friend class ProfileReader;
  explicit RoleProfile(CivilDay effective_from) : effective_from_(effective_from) {}
  std::string id_;
  int version_ = 0;
  std::string title_;
  std::string standing_;
  std::string note_;
  CivilDay effective_from_;
  int expiring_within_days_ = 0;
  std::vector<Requirement> requirements_;
  std::optional<OrganisationId> organisation_;
  std::optional<ProfileBase> extends_;
  std::string text_;
  Digest digest_{};
};

}  // namespace passport
