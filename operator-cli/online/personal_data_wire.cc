#include "operator-cli/online/personal_data_wire.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

constexpr std::array<std::pair<std::string_view, v1::ErasureReason>, 4> kReasons = {
    {{"person_asked", v1::ERASURE_REASON_PERSON_ASKED},
     {"kept_long_enough", v1::ERASURE_REASON_KEPT_LONG_ENOUGH},
     {"wrong_person", v1::ERASURE_REASON_WRONG_PERSON},
     {"test_data", v1::ERASURE_REASON_TEST_DATA}}};

template <class Response>
RetentionAnswer ReportFromWire(const Response& response) {
  RetentionAnswer answer{.rules = response.rules(), .version = response.version(), .lines = {}};
  for (const v1::RetentionLine& line : response.lines()) {
    answer.lines.push_back({.rule = line.rule(),
                            .what = line.what(),
                            .keep_days = line.keep_days(),
                            .kept = line.kept(),
                            .due = line.due(),
                            .why = line.why(),
                            .source = line.source()});
  }
  return answer;
}

}  // namespace

Result<v1::ErasePersonRequest> ToWire(std::string_view request_id, const ErasureEntry& entry) {
  v1::ErasePersonRequest request;
  request.set_request_id(std::string(request_id));
  request.set_organisation(entry.organisation);
  request.set_employee_number(entry.employee_number);
  request.set_subject(entry.subject);
  const auto* const reason =
      std::find_if(kReasons.begin(), kReasons.end(), [&](const auto& pair) { return pair.first == entry.why; });
  if (reason == kReasons.end()) {
    return Fault{Reason::kFieldInvalid, "", "a reason is person_asked, kept_long_enough, wrong_person or test_data"};
  }
  request.set_why(reason->second);
  return request;
}

ErasureAnswer FromWire(const v1::ErasePersonResponse& response) {
  return {.credentials = response.credentials(),
          .receipts = response.receipts(),
          .drafts = response.drafts(),
          .passport = response.passport()};
}

RetentionAnswer FromWire(const v1::ReportRetentionResponse& response) { return ReportFromWire(response); }
RetentionAnswer FromWire(const v1::ApplyRetentionResponse& response) { return ReportFromWire(response); }

}  // namespace passport
