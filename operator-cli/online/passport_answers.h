// What the service says of passports that are lost, of people who leave and of disputes, as plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "keys/secret.h"

namespace passport {

// That somebody made sure who the person is.
struct IdentityEntry {
  std::string method;      // word of the list identity_method
  std::string checked_by;  // who
  std::string checked_on;  // "2026-03-01"
};

struct InvitationAnswer {
  std::string invitation;  // what the link names
  Secret code;             // to be told apart from it
  Instant expires_at;
};

struct UnlockedAnswer {
  Secret session_code;
  Instant expires_at;
};

struct LossEntry {
  std::string employee_number;
  IdentityEntry identity;
  std::string report;   // empty: none
  std::string held_as;  // "kept", "file", "wallet"
  bool end_shares = false;
};

struct ReplacedAnswer {
  std::uint64_t signed_again = 0;
  std::vector<std::string> left_behind;
  Secret passport_code;               // of a passport that is kept, otherwise empty
  InvitationAnswer invitation;        // of another; its id is empty for one that is kept
  std::optional<Instant> undo_until;  // nothing: it is final
};

struct LeftAnswer {
  std::vector<std::string> revoked;
  std::uint64_t kept = 0;
};

struct DisputeAnswer {
  std::string id;
  std::string credential_id;
  std::string issuer;
  std::string kind;
  std::string words;
  std::string state;  // "open", "corrected", "confirmed", "withdrawn"
  std::string answer;
  Instant raised_at;
};

struct DisputePage {
  std::vector<DisputeAnswer> disputes;
  std::string next_page_token;
};

}  // namespace passport
