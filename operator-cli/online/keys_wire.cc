#include "operator-cli/online/keys_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

std::optional<Instant> TimeIf(bool there, const google::protobuf::Timestamp& at) {
  return there ? std::optional(Instant{at.seconds()}) : std::nullopt;
}

}  // namespace

v1::CompromiseKeyRequest ToWire(std::string_view request_id, const KeyLoss& loss) {
  v1::CompromiseKeyRequest request;
  request.set_request_id(std::string(request_id));
  request.set_kid(loss.kid);
  request.mutable_since()->set_seconds(loss.since.seconds);
  request.set_reason(loss.why);
  return request;
}

KeyAnswer FromWire(const v1::KeyEntry& message) {
  return {.owner = message.owner(),
          .role = message.role(),
          .kid = message.kid(),
          .state = message.state(),
          .created_at = {message.created_time().seconds()},
          .published_at = TimeIf(message.has_published_time(), message.published_time()),
          .activated_at = TimeIf(message.has_activated_time(), message.activated_time()),
          .retired_at = TimeIf(message.has_retired_time(), message.retired_time()),
          .compromised_at = TimeIf(message.has_compromised_time(), message.compromised_time()),
          .certified = message.certified()};
}

KeyStepAnswer FromWire(const v1::KeyStep& message) {
  return {.step = message.step(),
          .owner = message.owner(),
          .role = message.role(),
          .kid = message.kid(),
          .due = {message.due_time().seconds()}};
}

}  // namespace passport
