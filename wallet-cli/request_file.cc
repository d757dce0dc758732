#include "wallet-cli/request_file.h"

#include <array>

#include "credential/encoding/json.h"
#include "credential/encoding/json_members.h"
#include "credential/vocabulary/instant_text.h"

namespace passport {
namespace {

constexpr json::Limits kRequestFileLimits{
    .bytes = kRequestFileBytesMax, .depth = 5, .nodes = 5000, .string_bytes = 4096, .members = 32};

Fault BadRequest(std::string_view member) {
  return {Reason::kFieldInvalid, "", "request: " + std::string(member) + " is missing or of another form"};
}

// A text that may be left out.
Result<std::string> RequestText(const json::Value& object, std::string_view name, bool required = false) {
  const json::Value* const value = object.Find(name);
  if (value == nullptr && !required) return std::string();
  if (value == nullptr || !value->text() || (required && value->text()->empty())) return BadRequest(name);
  return std::string(*value->text());
}

Result<AskedRecordAnswer> ReadAskedRecord(const json::Value& object) {
  constexpr std::array<std::string_view, 3> kMembers = {"kind", "facts", "needs"};
  if (!object.is_object() || json::FirstUnknown(object, kMembers) != nullptr) return BadRequest("records");
  AskedRecordAnswer asked;
  TRY_ASSIGN(asked.kind, RequestText(object, "kind", true));
  TRY_ASSIGN(asked.needs, RequestText(object, "needs"));
  const json::Value* const facts = object.Find("facts");
  if (facts != nullptr && !facts->is_array()) return BadRequest("facts");
  if (facts == nullptr) return asked;
  for (const json::Value& fact : *facts) {
    if (!fact.text()) return BadRequest("facts");
    asked.facts.emplace_back(*fact.text());
  }
  return asked;
}

Result<void> ReadAskedRecords(const json::Value& root, ShareRequestAnswer& request) {
  const json::Value* const records = root.Find("records");
  if (records == nullptr) return {};
  if (!records->is_array()) return BadRequest("records");
  for (const json::Value& each : *records) {
    TRY_ASSIGN(AskedRecordAnswer asked, ReadAskedRecord(each));
    request.records.push_back(std::move(asked));
  }
  return {};
}

}  // namespace

Result<ShareRequestAnswer> ReadRequestFile(std::string_view text) {
  json::Tree tree;
  TRY_ASSIGN(const json::Value* const root, tree.Parse(text, kRequestFileLimits));
  constexpr std::array<std::string_view, 16> kMembers = {
      "share_request_id", "receiver",      "receiver_name", "audience",    "nonce",
      "purpose",          "purpose_label", "profile",       "records",     "day",
      "engagement",       "keep_through",  "answer_enough", "expire_time", "staff_passport_request",
      "transaction_data"};
  if (!root->is_object()) return BadRequest("the file");
  if (const json::Value* const unknown = json::FirstUnknown(*root, kMembers); unknown != nullptr)
    return Fault{Reason::kFieldInvalid, "", "request: there is a member this program does not know"};
  ShareRequestAnswer request;
  TRY_ASSIGN(request.id, RequestText(*root, "share_request_id"));
  TRY_ASSIGN(request.receiver, RequestText(*root, "receiver", true));
  TRY_ASSIGN(request.receiver_name, RequestText(*root, "receiver_name"));
  TRY_ASSIGN(request.audience, RequestText(*root, "audience", true));
  TRY_ASSIGN(request.nonce, RequestText(*root, "nonce", true));
  TRY_ASSIGN(request.purpose, RequestText(*root, "purpose", true));
  TRY_ASSIGN(request.purpose_label, RequestText(*root, "purpose_label"));
  TRY_ASSIGN(request.profile, RequestText(*root, "profile"));
  TRY_ASSIGN(request.day, RequestText(*root, "day"));
  TRY_ASSIGN(request.engagement, RequestText(*root, "engagement"));
  if (request.engagement != "" && request.engagement != "placement" && request.engagement != "employment")
    return BadRequest("engagement");
  TRY_ASSIGN(request.keep_through, RequestText(*root, "keep_through"));
  if (const json::Value* const enough = root->Find("answer_enough"); enough != nullptr) {
    if (!enough->boolean()) return BadRequest("answer_enough");
    request.answer_enough = *enough->boolean();
  }
  TRY_ASSIGN(const std::string expires, RequestText(*root, "expire_time"));
  if (!expires.empty()) {
    TRY_ASSIGN(request.expires_at, ParseInstant(expires));
  }
  TRY_ASSIGN(request.transaction_data, RequestText(*root, "transaction_data"));
  TRY(ReadAskedRecords(*root, request));
  if (request.profile.empty() && request.records.empty()) return BadRequest("profile");
  return request;
}

}  // namespace passport
