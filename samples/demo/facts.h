// The facts of one run of the demo, for programs (docs: samples/README.md, "What the demo writes"). Every fact was
// measured in that run.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace passport {

struct DemoDecision {
  std::string story;                 // "nurse online": which question of the story
  std::string outcome;               // "met", "met_expiring", "not_met", "cannot_tell"
  std::vector<std::string> reasons;  // words, one for each requirement that is not met
};

struct DemoRefusal {
  std::string attempt;  // "replay"
  std::string reason;   // word of the Reason
};

struct DemoFacts {
  std::size_t organisations = 0;
  std::size_t people = 0;
  std::size_t rows_read = 0;
  std::size_t rows_refused = 0;
  std::size_t credentials_issued = 0;  // of files
  std::size_t older_rounds = 0;        // records of files that a newer row of the same file makes count no more
  std::size_t issued_singly = 0;
  struct Rules {
    std::size_t taxonomies = 0;
    std::size_t profiles = 0;  // with local ones
  } rules;
  struct ProfileCheck {
    std::string now;  // the answer by the version in force
    std::string would_be;
  } profile_check;
  struct Correction {
    std::size_t superseded = 0;
    std::size_t issued_again = 0;  // by the same file, a second time
    bool second_person = false;    // who prepared could not approve, another one could
  } correction;
  std::vector<DemoDecision> decisions;
  std::vector<DemoRefusal> refusals;
  bool offline_verified = false;
  struct RevocationSeen {
    bool online = false;
    bool offline = false;
  } revocation_seen;
  struct Bundle {
    std::size_t bytes = 0;  // of the last that was taken
    bool answers = false;   // as the folder does
    bool too_old_is_no_answer = false;
    bool revocation_seen = false;
  } bundle;
  struct Override {
    bool recorded = false;
    bool decision_unchanged = false;
  } override;
  struct Evidence {
    std::size_t items = 0;
    std::size_t overrides = 0;
    std::size_t page_bytes = 0;
    bool holds = false;
    bool tampering_found = false;
    bool receipt_holds = false;
  } evidence;
  struct Counts {
    std::size_t shown = 0;
    std::size_t suppressed = 0;
  } counts;
  struct Registry {
    std::size_t changes = 0;  // proposed, reviewed and signed
    bool responsibility_passed =
        false;                      // a record of an organisation that was taken over holds, and names the successor
    bool old_code_refused = false;  // nothing new is signed under the old code
  } registry;
  struct LostKey {
    std::size_t credentials = 0;  // that it made worthless
    std::size_t people = 0;
    std::size_t reissued = 0;
    bool holds_again = false;
  } lost_key;
  struct LostPassport {
    std::size_t signed_again = 0;
    bool old_code_dead = false;
    bool old_key_dead = false;  // what was made with it before is suspended
    bool good_again = false;
    std::chrono::milliseconds time{0};  // of the employer's one command
  } lost_passport;
  struct Erasure {
    std::size_t credentials = 0;
    bool passport_gone = false;
  } erasure;
  struct Audit {
    std::size_t rows = 0;
    bool holds = false;
    bool tampering_found = false;
  } audit;
  std::chrono::milliseconds time{0};
};

// One JSON object, ends in a line end.
std::string JsonOf(const DemoFacts& facts);

}  // namespace passport
