#include "passport-service/rpc/convert_values.h"

#include <algorithm>

namespace passport {

namespace v1 = staffpassport::v1;

google::protobuf::Timestamp ToTimestamp(Instant at) {
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(at.seconds);
  return timestamp;
}

Instant ToInstant(const google::protobuf::Timestamp& at) { return {at.seconds()}; }

Result<std::optional<Instant>> ToMoment(bool there, const google::protobuf::Timestamp& at, std::string_view field) {
  constexpr std::int64_t kLast = 253'402'300'799;  // 9999-12-31T23:59:59Z, where timestamps end
  if (!there) return std::optional<Instant>();
  if (at.seconds() < 0 || at.seconds() > kLast)
    return Fault{Reason::kFieldInvalid, "", std::string(field) + " is not of the years 1970 to 9999"};
  return std::optional(ToInstant(at));
}

Result<std::optional<CivilDay>> ToDay(std::string_view text, std::string_view field) {
  if (text.empty()) return std::optional<CivilDay>();
  const Result<CivilDay> day = CivilDay::Parse(text);
  if (!day.ok()) return Fault{Reason::kFieldInvalid, "", std::string(field) + " is not a day like 2026-03-01"};
  return std::optional<CivilDay>(*day);
}

Result<Engagement> ToEngagement(v1::Engagement engagement) {
  switch (engagement) {
    case v1::ENGAGEMENT_UNSPECIFIED:
    case v1::ENGAGEMENT_PLACEMENT:
      return Engagement::kPlacement;
    case v1::ENGAGEMENT_EMPLOYMENT:
      return Engagement::kEmployment;
    default:
      return Fault{Reason::kFieldInvalid, "", "engagement is not one that is known"};
  }
}

Fields ToFields(const v1::Record& record) {
  Fields fields(record.fields().begin(), record.fields().end());
  std::sort(fields.begin(), fields.end());
  return fields;
}

void Fill(const Record& record, v1::Record& message) {
  message.set_kind(std::string(record.kind().word));
  for (const Fact& fact : record.facts()) (*message.mutable_fields())[std::string(fact.rule->name)] = fact.value;
}

v1::CredentialState ToMessage(CredentialState state) {
  switch (state) {
    case CredentialState::kCurrent:
      return v1::CREDENTIAL_STATE_CURRENT;
    case CredentialState::kSuspended:
      return v1::CREDENTIAL_STATE_SUSPENDED;
    case CredentialState::kRevoked:
      return v1::CREDENTIAL_STATE_REVOKED;
  }
  return v1::CREDENTIAL_STATE_UNSPECIFIED;
}

v1::HeldAs ToMessage(HeldAs held_as) {
  switch (held_as) {
    case HeldAs::kKept:
      return v1::HELD_AS_KEPT;
    case HeldAs::kFile:
      return v1::HELD_AS_FILE;
    case HeldAs::kWallet:
      return v1::HELD_AS_WALLET;
  }
  return v1::HELD_AS_UNSPECIFIED;
}

Result<HeldAs> ToHeldAs(v1::HeldAs held_as) {
  for (const HeldAs each : {HeldAs::kKept, HeldAs::kFile, HeldAs::kWallet}) {
    if (ToMessage(each) == held_as) return each;
  }
  return Fault{Reason::kFieldInvalid, "", "held_as is not KEPT, FILE or WALLET"};
}

Result<std::string> ToWord(v1::StandingReason reason) {
  switch (reason) {
    case v1::STANDING_REASON_TRAINING_EXPIRED:
      return std::string("training_expired");
    case v1::STANDING_REASON_LEFT_ORGANISATION:
      return std::string("left_organisation");
    case v1::STANDING_REASON_ISSUED_IN_ERROR:
      return std::string("issued_in_error");
    case v1::STANDING_REASON_NO_LONGER_VALID:
      return std::string("no_longer_valid");
    case v1::STANDING_REASON_SUSPECTED_INVALID:
      return std::string("suspected_invalid");
    case v1::STANDING_REASON_HOLDER_DECEASED:
      return std::string("holder_deceased");
    case v1::STANDING_REASON_LOST_PASSPORT:
      return std::string("lost_passport");
    case v1::STANDING_REASON_RESOLVED:
      return std::string("resolved");
    case v1::STANDING_REASON_UNSPECIFIED:
    case v1::StandingReason_INT_MIN_SENTINEL_DO_NOT_USE_:
    case v1::StandingReason_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return Fault{Reason::kFieldInvalid, "", "reason is unspecified or not known"};
}

Result<RequestId> ToRequestId(std::string_view text) {
  Result<RequestId> id = RequestId::Parse(text);
  if (!id.ok()) return Fault{Reason::kFieldInvalid, "", "request_id is not 1 to 64 of A-Z a-z 0-9 - _"};
  return id;
}

Result<CredentialId> ToCredentialId(std::string_view text) {
  Result<CredentialId> id = CredentialId::Parse(text);
  if (!id.ok()) return Fault{Reason::kFieldInvalid, "", "credential_id is not a credential's id"};
  return id;
}

Result<std::optional<OrganisationId>> ToOrganisationIfNamed(std::string_view text) {
  if (text.empty()) return std::optional<OrganisationId>();
  Result<OrganisationId> id = OrganisationId::Parse(text);
  if (!id.ok()) return Fault{Reason::kFieldInvalid, "", "organisation is not an organisation's code, like ods:RC9"};
  return std::optional<OrganisationId>(std::move(*id));
}

}  // namespace passport
