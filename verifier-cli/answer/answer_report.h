// What passport-verify says about a derived answer (docs/formats/derived-answer.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credential/evidence/derived_answer.h"
#include "verifier-cli/exit_code.h"
#include "verifier-cli/files/published_tree.h"

namespace passport {

// What whoever asked insists on.
struct AnswerExpectation {
  OrganisationId receiver;             // who asked
  std::string request;                 // and with which request
  std::optional<std::string> nonce;    // of that request, where it was kept
  std::vector<std::string> verifiers;  // ids of the receipt keys that are trusted; none: all the registry lists
  Seconds answer_age_max;              // from then on it says nothing
  std::optional<CivilDay> day;         // in question; nothing: its own day, or today where that is later
};

// What a proven answer comes to for that day, and why that is not what it says.
struct AnswerForDay {
  CivilDay day;
  Outcome outcome = Outcome::kCannotTell;
  Reason reason = Reason::kNone;  // unless the answer itself says so
  std::string detail = {};
};

// Either a fault, or an answer that holds and what it comes to.
struct AnswerReport {
  Instant now;
  std::optional<Fault> refused = {};
  std::optional<DerivedAnswer> answer = {};
  std::optional<AnswerForDay> for_day = {};
  std::string verifier = {};              // who runs the service that answered, as its registry says
  std::vector<std::string> too_old = {};  // a sentence for each thing that is
};

// Proves the text, compares it with what is expected, and judges it for the day: by the version of the profile that is
// in force then, not at all where registry or answer are too old.
AnswerReport JudgeAnswer(std::string_view text, const AnswerExpectation& expected, const PublishedTree& tree,
                         Freshness freshness, Instant now);

ExitCode ExitCodeOf(const AnswerReport& report);
// One line of JSON.
std::string JsonOf(const AnswerReport& report);
std::string TextFor(const AnswerReport& report);

}  // namespace passport
