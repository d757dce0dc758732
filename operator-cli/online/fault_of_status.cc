#include "operator-cli/online/fault_of_status.h"

#include <algorithm>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "operator-cli/online/answers.h"

namespace passport {
namespace {

constexpr std::string_view kErrorDomain = "staffpassport";
constexpr std::size_t kDetailBytesMax = 500;

std::string Plain(std::string_view text) {
  std::string plain(text.substr(0, kDetailBytesMax));
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return plain;
}

std::optional<google::rpc::ErrorInfo> ErrorInfoOf(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return std::nullopt;
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (detail.Is<google::rpc::ErrorInfo>() && detail.UnpackTo(&info) && info.domain() == kErrorDomain) return info;
  }
  return std::nullopt;
}

// The message is what happened and then the detail; the first is known here too.
std::string DetailOf(Reason reason, std::string_view message, const google::rpc::ErrorInfo& info) {
  const std::string_view happened = TextOf(reason).happened;
  if (message.starts_with(happened)) message.remove_prefix(happened.size());
  while (message.starts_with(' ')) message.remove_prefix(1);
  const auto check = info.metadata().find("check");
  if (check == info.metadata().end()) return Plain(message);
  return Plain("check " + check->second + (message.empty() ? "" : ": ") + std::string(message));
}

Fault OfConnection(const grpc::Status& status, std::string_view address) {
  const std::string where = "the service at " + std::string(address);
  const std::string said = ": " + Plain(status.error_message());
  switch (status.error_code()) {
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return {Reason::kDeadline, "", where + " did not answer in time"};
    case grpc::StatusCode::UNAUTHENTICATED:
      return {Reason::kCallerUnknown, "", where + " does not accept the certificate" + said};
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return {Reason::kLimit, "", where + " takes no more" + said};
    case grpc::StatusCode::UNIMPLEMENTED:
      return {Reason::kNotFound, "", where + " does not know this call"};
    default:
      return {Reason::kServiceUnreachable, "", where + " is not reached or ended the call" + said};
  }
}

}  // namespace

std::optional<Reason> ReasonOfWire(std::string_view wire_word) {
  const auto same = [](char ours, char theirs) {
    return theirs == (ours >= 'a' && ours <= 'z' ? static_cast<char>(ours - 'a' + 'A') : ours);
  };
  for (const ReasonText& text : AllReasons()) {
    if (std::equal(text.word.begin(), text.word.end(), wire_word.begin(), wire_word.end(), same)) return text.reason;
  }
  return std::nullopt;
}

Fault FaultOfStatus(const grpc::Status& status, std::string_view address) {
  const std::optional<google::rpc::ErrorInfo> info = ErrorInfoOf(status);
  if (!info) return OfConnection(status, address);
  const std::optional<Reason> reason = ReasonOfWire(info->reason());
  if (!reason) {
    return {Reason::kSchemaNewer, "",
            "the service gives a reason this program does not know: " + Plain(info->reason())};
  }
  return {*reason, "", DetailOf(*reason, status.error_message(), *info)};
}

bool WorthRepeating(Reason reason) {
  return reason == Reason::kServiceUnreachable || reason == Reason::kStoreUnavailable ||
         reason == Reason::kOutcomeUnknown || reason == Reason::kDeadline || reason == Reason::kSigning ||
         reason == Reason::kRegistryStale || reason == Reason::kBusy;
}

}  // namespace passport
