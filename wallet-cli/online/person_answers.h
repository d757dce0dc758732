// What the service answers a person's program, as plain values. Words are those of the wire in lower case.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "credential/passport/carried_passport.h"
#include "credential/vocabulary/instant.h"
#include "keys/secret.h"
#include "operator-cli/online/share_state.h"

namespace passport {

struct RedeemedAnswer {
  std::string person_id;
  std::string organisation;
  Secret passport_code;  // empty: the one before goes on
  std::uint32_t signed_again = 0;
};

// One receiving: what is new or stands otherwise, and where to go on.
struct ReceivedAnswer {
  std::vector<CarriedCredential> credentials;
  std::string next_token;
};

struct DisputeAnswer {
  std::string dispute_id;
  std::string credential_id;
  std::string issuer;
  std::string kind;
  std::string words;
  std::string state;  // "open", "corrected", "confirmed", "withdrawn"
  std::string answer;
  std::optional<Instant> raised_at;
  std::optional<Instant> settled_at;
};

struct MovedAnswer {
  std::uint32_t signed_again = 0;
  std::vector<std::string> left_behind;
  Secret passport_code;  // of a move
};

// Something about the person that is not erased.
struct StillKeptAnswer {
  std::string what;               // "people", "credentials", "reliances", "passport", "audit"
  std::string organisation;       // empty: the service
  std::string organisation_name;  // legal name
  std::uint64_t count = 0;        // 0 where there is nothing to count
  std::optional<Instant> until;
  std::string rule;
  std::string why;
  std::string source;
};

struct AskedRecordAnswer {
  std::string kind;
  std::vector<std::string> facts;
  std::string needs;
};

// What somebody asks of the person.
struct ShareRequestAnswer {
  std::string id;
  std::string receiver;
  std::string receiver_name;
  std::string audience;
  std::string nonce;
  std::string purpose;
  std::string purpose_label;
  std::string profile;
  std::vector<AskedRecordAnswer> records;
  std::string day;
  std::string engagement;  // "placement", "employment", or empty
  std::string keep_through;
  bool answer_enough = false;
  std::optional<Instant> expires_at;
  std::string transaction_data;  // what the proof agrees to; empty for a challenge
};

struct ShareAnswer {
  std::string id;
  std::string receiver;
  std::string receiver_name;
  std::string purpose;
  std::string profile;
  std::string state;  // "asked", "given", "renewing", "declined", "ended", "lapsed"
  std::string keep_through;
  std::optional<Instant> given_at;
  std::optional<Instant> ended_at;
  std::string ended_by;
  std::vector<std::string> credential_ids;
  // While it is renewing: what the proof under the new key names and agrees to, and what is asked.
  std::string audience;
  std::string nonce;
  std::string transaction_data;
  std::vector<AskedRecordAnswer> records;
};

struct LookAnswer {
  std::string share_id;
  std::string receiver;
  std::string receiver_name;
  std::optional<Instant> at;
  std::string purpose;
  std::vector<AskedRecordAnswer> records;
  std::string outcome;
};

}  // namespace passport
