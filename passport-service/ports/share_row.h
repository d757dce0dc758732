// What a receiver asks of a person, what became of it, and that whoever keeps a share should look again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "credential/crypto/sha256.h"
#include "credential/decision/role_profile.h"
#include "credential/vocabulary/identifiers.h"
#include "credential/vocabulary/instant.h"

namespace passport {

// On disks: never renumbered.
enum class ShareState : std::uint8_t {
  kAsked = 0,
  kGiven = 1,
  kRenewing = 2,  // the holder's key was replaced; nothing can be read until it is renewed
  kDeclined = 3,
  kEnded = 4,
  kLapsed = 5,  // its day is over, it was looked at once, or nobody answered
};

// One thing that is asked for, and the facts of it that show.
struct AskedRow {
  std::string kind;
  std::vector<std::string> facts;
  std::string needs;
  bool operator==(const AskedRow&) const = default;
};

struct ShareRow {
  ShareId id;
  OrganisationId receiver;
  ShareState state = ShareState::kAsked;
  // What is asked; never changes.
  std::string nonce;
  std::string purpose;
  std::string profile;  // empty when kinds are named
  CivilDay day;
  std::vector<AskedRow> asked = {};
  Engagement engagement = Engagement::kPlacement;
  std::optional<CivilDay> keep_through = {};  // nothing: it is looked at once
  bool answer_enough = false;
  Instant asked_at = {};
  Instant answer_by = {};
  std::uint32_t wrong_codes = 0;
  // What was given.
  std::optional<PersonId> person = {};  // also of who declined
  std::string subject = {};             // thumbprint of the holder key it was given with
  std::vector<CredentialId> credentials = {};
  std::optional<Instant> given_at = {};
  bool answer_only = false;  // the receiver gets what follows from the presentation, never the presentation
  std::string sealed = {};   // the presentation; empty once nobody may read it
  std::string request = {};  // id of the request that answered it
  std::optional<Instant> ended_at = {};
  std::string ended_by = {};        // "holder", "receiver", "loss", "day", "erasure"
  std::optional<Instant> due = {};  // when it lapses if nothing else happens; of one that is over, when its row goes
  std::uint64_t revision = 0;       // counts replacements
  std::optional<Digest> answer_digest = {};  // of everything that request held
  std::optional<Instant> looked_at = {};     // of what is looked at once, while the same request may look again
};

// Whether the receiver has it and may still get to see it.
inline bool IsLive(ShareState state) { return state == ShareState::kGiven || state == ShareState::kRenewing; }

// That the receiver has looked and has relied on nothing, because what it was given did not hold. A look that was
// relied on is a reliance row.
struct ShareLookRow {
  ShareId share;
  std::uint64_t sequence = 0;  // of the share's
  Instant at;
  std::string outcome;  // word
};

// "Look again." Says nothing of why.
struct ShareNoticeRow {
  OrganisationId receiver;
  std::uint64_t sequence = 0;  // of the receiver's notices
  ShareId share;
  Instant at;
};

}  // namespace passport
