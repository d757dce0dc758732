// What a receiver asks of a person and is given, as plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "operator-cli/online/answers.h"

namespace passport {

// What is asked, why, and for how long.
struct ShareQuestion {
  std::string purpose;             // word of the list relying_purpose
  std::string profile;             // this, or
  std::vector<std::string> kinds;  // these; or of the profile's only these
  std::string day;                 // "2026-03-01"; empty for today
  bool employment = false;         // as a new employee, not a placement
  std::string keep_through;        // empty: looked at once
  bool answer_enough = false;
  std::uint32_t seconds = 0;  // how long it can be answered; 0: as the service has it
};

// One thing that is asked for: of which kind, which facts show, and why.
struct RecordAskedFor {
  std::string kind;
  std::vector<std::string> facts;
  std::string needs;
};

struct AskedShare {
  std::string id;
  std::string link;  // what the link names
  Secret code;       // to be told apart from it
  std::string receiver;
  std::string receiver_name;
  std::string nonce;
  std::string purpose;
  std::string purpose_label;
  std::string profile;
  std::vector<RecordAskedFor> records;
  std::string day;
  bool employment = false;
  std::string keep_through;
  bool answer_enough = false;
  Instant expires_at;
};

struct ReceivedShare {
  std::string id;
  std::string purpose;
  std::string profile;
  std::string state;  // "asked", "given", "renewing", "declined", "ended", "lapsed"
  std::string keep_through;
  std::optional<Instant> given_at;
  std::optional<Instant> ended_at;
  std::string ended_by;
  std::vector<std::string> credential_ids;
};

struct ReceivedSharePage {
  std::vector<ReceivedShare> shares;
  std::string next_page_token;  // empty at the end
};

// What a look shows: what was given, judged now, or the answer where no more was given.
struct ShareLook {
  std::optional<RoleDecisionAnswer> judged;
  std::string answer;  // signed (docs/formats/derived-answer.md); empty beside what is judged
  // Of an answer.
  RelianceAnswer kept;
  std::vector<OverrideAnswer> overrides;
};

// That a share should be looked at again. It says nothing of why.
struct ShareNotice {
  std::string share_id;
  std::string resume_token;  // where to go on after this one
  Instant at;
};

struct ShareNoticePage {
  std::vector<ShareNotice> notices;
  std::string resume_token;  // where to go on next time
};

// Takes what a watch heard: a notice, or none when it is only said where to go on.
using ShareNoticeSink = std::function<Result<void>(const std::optional<ShareNotice>& notice, const std::string& token)>;

}  // namespace passport
