#include "passport-service/rpc/convert_keys.h"

#include "passport-service/rpc/convert_values.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

// Empty is everybody the caller answers for.
Result<KeepKeys::Query> ToQuery(const Caller& by, const std::string& owner) {
  KeepKeys::Query query{.by = by, .owner = std::nullopt};
  if (!owner.empty()) {
    TRY_ASSIGN(query.owner, KeyOwner::Parse(owner));
  }
  return query;
}

void FillTime(const std::optional<Instant>& at, google::protobuf::Timestamp* (v1::KeyEntry::*mutable_time)(),
              v1::KeyEntry& message) {
  if (at) *(message.*mutable_time)() = ToTimestamp(*at);
}

void Fill(const KeepKeys::ListedKey& key, v1::KeyEntry& message) {
  const KeyInfo& info = key.info;
  message.set_owner(info.owner.text());
  message.set_role(std::string(WordOf(info.role)));
  message.set_kid(info.kid);
  message.set_state(std::string(WordOf(info.state)));
  FillTime(info.created_at, &v1::KeyEntry::mutable_created_time, message);
  FillTime(info.published_at, &v1::KeyEntry::mutable_published_time, message);
  FillTime(info.activated_at, &v1::KeyEntry::mutable_activated_time, message);
  FillTime(info.retired_at, &v1::KeyEntry::mutable_retired_time, message);
  FillTime(info.compromised_at, &v1::KeyEntry::mutable_compromised_time, message);
  message.set_certified(key.certified);
}

}  // namespace

Result<KeepKeys::Query> ToOrder(const Caller& by, const v1::ListKeysRequest& request) {
  return ToQuery(by, request.owner());
}

Result<KeepKeys::Query> ToOrder(const Caller& by, const v1::PlanKeysRequest& request) {
  return ToQuery(by, request.owner());
}

Result<KeepKeys::Rotation> ToOrder(const Caller& by, const v1::RotateKeyRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const KeyOwner owner, KeyOwner::Parse(request.owner()));
  TRY_ASSIGN(const KeyRole role, ParseKeyRole(request.role()));
  return KeepKeys::Rotation{.by = by, .request = id, .owner = owner, .role = role};
}

Result<KeepKeys::Compromise> ToOrder(const Caller& by, const v1::CompromiseKeyRequest& request) {
  TRY_ASSIGN(const RequestId id, ToRequestId(request.request_id()));
  TRY_ASSIGN(const std::optional<Instant> since, ToMoment(request.has_since(), request.since(), "since"));
  if (!since) return Fault{Reason::kFieldInvalid, "", "since is missing"};
  return KeepKeys::Compromise{.by = by, .request = id, .kid = request.kid(), .since = *since, .why = request.reason()};
}

void Fill(const std::vector<KeepKeys::ListedKey>& keys, v1::ListKeysResponse& response) {
  for (const KeepKeys::ListedKey& key : keys) Fill(key, *response.add_keys());
}

void Fill(const std::vector<PlannedStep>& steps, v1::PlanKeysResponse& response) {
  for (const PlannedStep& step : steps) {
    v1::KeyStep& message = *response.add_steps();
    message.set_step(std::string(WordOf(step.step)));
    message.set_owner(step.owner.text());
    message.set_role(std::string(WordOf(step.role)));
    message.set_kid(step.kid);
    *message.mutable_due_time() = ToTimestamp(step.due);
  }
}

}  // namespace passport
