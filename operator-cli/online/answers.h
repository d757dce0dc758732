// What is asked of the service and what it answers, as plain values. The wire's own types stop at this folder.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "credential/vocabulary/instant.h"
#include "credential/vocabulary/result.h"
#include "keys/secret.h"

namespace passport {

// A kind and its facts by name, all text (docs/formats/records.md).
struct RecordText {
  std::string kind;
  std::map<std::string, std::string> fields;
};

struct OrganisationEntry {
  std::string id;  // "ods:RC9"
  std::string legal_name;
  std::string type;
  std::vector<std::string> record_kinds;  // none: it only asks and verifies
  bool two_person = false;                // what one of its systems prepared, another one must approve
};

struct EnrolledAnswer {
  std::string person_id;
  Secret passport_code;  // of a new person, otherwise empty
};

struct IssuedAnswer {
  std::string credential_id;
  bool again = false;         // this request had been answered before
  bool unchanged = false;     // the same stood signed already
  std::string superseded_id;  // the credential it took the place of, or empty
};

struct CredentialAnswer {
  std::string credential_id;
  std::string person_id;
  std::string kind;
  std::string state;  // "current", "suspended", "revoked"
  std::string state_reason;
  std::optional<Instant> state_at;
  Instant issued_at;
  Instant expires_at;
  std::string request_id;
  std::string token;  // empty in lists
};

struct CredentialPage {
  std::vector<CredentialAnswer> credentials;
  std::string next_page_token;  // empty at the end
};

struct StandingAnswer {
  std::string state;
  Instant since;
};

// A badge as it is to be signed.
struct BadgeEntry {
  std::string employee_number;
  std::string name;
  std::string role;
  std::string valid_through;  // "2026-12-31"
  std::string photo_digest;   // 32 bytes, or empty
};
struct BadgeAnswer {
  std::string credential_id;
  std::string badge;  // the text for the code
};

struct HoldingAnswer {
  std::string credential_id;
  std::string issuer;
  std::string state;
  RecordText record;
};

struct ShowingChoice {
  std::string credential_id;
  std::vector<std::string> facts;
};

// What to show: the choices, or when there are none what speaks to the profile on the day.
struct PresentQuestion {
  std::string audience;
  std::string nonce;
  std::string purpose;
  std::vector<ShowingChoice> show;
  std::string profile;
  std::string day;          // "2026-03-01"; empty for today
  bool employment = false;  // for a new employment instead of a placement
};

struct ChallengeAnswer {
  std::string nonce;
  std::string audience;
  Instant expires_at;
};

// Why something is not a yes, in the words of the service.
struct RefusalAnswer {
  Reason reason;
  std::string check;  // "SDJWT-13", or empty
  std::string detail;
};

enum class VerdictAnswer { kValid, kNotValid, kCannotTell };

struct PresentedAnswer {
  std::string credential_id;
  std::string issuer;
  RecordText record;
  std::string standing;  // "good", "revoked", "suspended", "cannot_tell"
  std::optional<Instant> standing_as_of;
  std::string responsible;  // who answers for it today, "Example Trust (ods:RC9)"; empty: the issuer
};

// For which shift, and why it is relied on. Nothing named: today, at the caller's own place, as a placement.
struct ShiftQuestion {
  std::string day;  // "2026-03-01"
  std::optional<Instant> starts_at;
  std::optional<Instant> ends_at;
  std::string place;
  bool employment = false;
  std::string purpose;
  std::string agreement;
};

struct VerificationAnswer {
  VerdictAnswer verdict;
  std::optional<RefusalAnswer> refusal;  // when not valid
  std::vector<PresentedAnswer> records;  // none when it does not hold
  std::string snapshot_id;
  std::string held_as;  // "kept", "file", "wallet": where the holder's key is; empty when it does not hold
};

enum class RoleAnswer { kMet, kMetExpiring, kNotMet, kCannotTell };

struct RequirementAnswer {
  std::string requirement;
  std::string needs;
  RoleAnswer outcome;
  std::string reason;  // stable word, "too_old"; empty when met
  std::vector<std::string> relied_on;
  std::string holds_through;
  std::string who;
  std::string remedy;
};

struct DecisionAnswer {
  RoleAnswer outcome;
  std::string profile;
  int profile_version = 0;
  std::string day;
  std::string last_day;
  std::string holds_through;
  std::vector<RequirementAnswer> lines;
};

// A named person's decision to go on regardless.
struct OverrideAnswer {
  std::uint64_t reliance = 0;
  std::string profile;
  std::string named_person;
  std::string reason;
  std::string words;
  Instant from;
  Instant until;
};

struct OverridePage {
  std::vector<OverrideAnswer> overrides;
  std::string next_page_token;  // empty at the end
};

struct OverrideEntry {
  std::uint64_t reliance = 0;
  std::string named_person;
  std::string reason;
  std::string words;
  Instant until;
};

// What a presentation that holds leaves behind.
struct RelianceAnswer {
  std::string receipt;         // empty when it does not hold
  std::uint64_t reliance = 0;  // its place in the caller's chain
};

struct VerifiedAnswer {
  VerificationAnswer verification;
  RelianceAnswer kept;
};

struct RoleDecisionAnswer {
  VerificationAnswer verification;
  std::optional<DecisionAnswer> decision;  // absent when the presentation does not hold
  RelianceAnswer kept;
  std::vector<OverrideAnswer> overrides;
};

enum class RuleWord { kTaxonomy, kRoleProfile };

// Counts by word; nothing where fewer than five people stand behind one.
using SafeCounts = std::map<std::string, std::optional<std::uint64_t>>;
struct RoleCountsAnswer {
  std::string employer;
  std::string profile;
  std::optional<std::uint64_t> people;
  SafeCounts outcomes;
  SafeCounts reasons;
  SafeCounts not_repeated;
  std::optional<std::uint64_t> days_to_clear;
};

struct SystemCertificateAnswer {
  std::string public_key_sha256;
  Instant from;
  std::optional<Instant> until;
  std::optional<Instant> revoked_at;
};

// Who is to be erased, and why.
struct ErasureEntry {
  std::string organisation;     // one that was taken over; empty: the caller's own
  std::string employee_number;  // one of the two
  std::string subject;
  std::string why;
};
struct ErasureAnswer {
  std::uint64_t credentials = 0;
  std::uint64_t receipts = 0;
  std::uint64_t drafts = 0;
  bool passport = false;  // it is gone, too
};
struct RetentionLineAnswer {
  std::string rule;
  std::string what;
  std::int64_t keep_days = 0;
  std::uint64_t kept = 0;
  std::uint64_t due = 0;
  std::string why;
  std::string source;
};
struct RetentionAnswer {
  std::string rules;
  int version = 0;
  std::vector<RetentionLineAnswer> lines;
};

// A key as everyone may know it.
struct KeyAnswer {
  std::string owner;  // "ods:RC9", or "service"
  std::string role;   // "issue"
  std::string kid;
  std::string state;  // "staged", "active", "retired", "compromised"
  Instant created_at;
  std::optional<Instant> published_at;
  std::optional<Instant> activated_at;
  std::optional<Instant> retired_at;
  std::optional<Instant> compromised_at;
  bool certified = false;
};

// What will happen to a key, and when.
struct KeyStepAnswer {
  std::string step;  // "stage", "replace", "certify", "publish", "activate", "retire"
  std::string owner;
  std::string role;
  std::string kid;  // empty where the key is to be made
  Instant due;
};

// A key in other hands.
struct KeyLoss {
  std::string kid;
  Instant since;
  std::string why;  // "stolen", "lost", "copied", "precaution"
};

// A system that may call, or might once.
struct SystemAnswer {
  std::string organisation;
  std::string name;
  std::vector<std::string> roles;  // words, "issuer_clerk"
  std::vector<SystemCertificateAnswer> certificates;
  bool revoked = false;
  Instant changed_at;
};

struct SystemEntry {
  std::string organisation;  // empty: the caller's own
  std::string system;
  std::vector<std::string> roles;  // words
  std::string certificate_pem;     // empty: those it has
};

struct SystemEnding {
  std::string organisation;  // empty: the caller's own
  std::string system;
  std::string public_key_sha256;  // of one certificate; empty: the whole system
  std::string why;
};

struct PublishAnswer {
  std::uint64_t registry_sequence = 0;
  std::uint64_t files_written = 0;
  std::uint64_t lists_signed = 0;
  std::string snapshot_id;
};

// Words for screens and JSON, stable: "valid", "met_expiring", "possible_match".
std::string_view WordOf(VerdictAnswer verdict);
std::string_view WordOf(RoleAnswer outcome);

// True when calling again with the same request id is the remedy.
bool WorthRepeating(Reason reason);

}  // namespace passport
