#include "wallet-cli/online/person_from_wire.h"

#include "operator-cli/online/share_wire.h"

namespace passport {

namespace v1 = staffpassport::v1;

namespace {

Fault NewerWord(std::string_view of_what) {
  return {Reason::kSchemaNewer, "", "the service says a " + std::string(of_what) + " that this program does not know"};
}

std::optional<Instant> PersonTime(bool there, const google::protobuf::Timestamp& time) {
  return there ? std::optional(Instant{time.seconds()}) : std::nullopt;
}

AskedRecordAnswer FromWire(const v1::AskedRecord& message) {
  return {.kind = message.kind(), .facts = {message.facts().begin(), message.facts().end()}, .needs = message.needs()};
}

Result<std::string> StateWord(v1::CredentialState state) {
  switch (state) {
    case v1::CREDENTIAL_STATE_CURRENT:
      return std::string("current");
    case v1::CREDENTIAL_STATE_SUSPENDED:
      return std::string("suspended");
    case v1::CREDENTIAL_STATE_REVOKED:
      return std::string("revoked");
    default:
      return NewerWord("state of a credential");
  }
}

Result<std::string> StateWord(v1::DisputeState state) {
  switch (state) {
    case v1::DISPUTE_STATE_OPEN:
      return std::string("open");
    case v1::DISPUTE_STATE_CORRECTED:
      return std::string("corrected");
    case v1::DISPUTE_STATE_CONFIRMED:
      return std::string("confirmed");
    case v1::DISPUTE_STATE_WITHDRAWN:
      return std::string("withdrawn");
    default:
      return NewerWord("state of a dispute");
  }
}

Result<std::string> KeptWord(v1::KeptOf what) {
  switch (what) {
    case v1::KEPT_OF_PEOPLE:
      return std::string("people");
    case v1::KEPT_OF_CREDENTIALS:
      return std::string("credentials");
    case v1::KEPT_OF_RELIANCES:
      return std::string("reliances");
    case v1::KEPT_OF_PASSPORT:
      return std::string("passport");
    case v1::KEPT_OF_AUDIT:
      return std::string("audit");
    default:
      return NewerWord("thing that is kept");
  }
}

Result<std::string> EngagementWord(v1::Engagement engagement) {
  switch (engagement) {
    case v1::ENGAGEMENT_UNSPECIFIED:
      return std::string();
    case v1::ENGAGEMENT_PLACEMENT:
      return std::string("placement");
    case v1::ENGAGEMENT_EMPLOYMENT:
      return std::string("employment");
    default:
      return NewerWord("way of coming");
  }
}

}  // namespace

Result<CarriedCredential> FromWire(const v1::ReceivedCredential& message) {
  TRY_ASSIGN(std::string state, StateWord(message.state()));
  return CarriedCredential{.id = message.credential_id(),
                           .issuer = message.issuer(),
                           .issuer_name = message.issuer_name(),
                           .kind = message.kind(),
                           .state = std::move(state),
                           .state_reason = message.state_reason(),
                           .token = message.token(),
                           .accepted = message.accepted()};
}

Result<DisputeAnswer> FromWire(const v1::Dispute& message) {
  TRY_ASSIGN(std::string state, StateWord(message.state()));
  return DisputeAnswer{.dispute_id = message.dispute_id(),
                       .credential_id = message.credential_id(),
                       .issuer = message.issuer(),
                       .kind = message.kind(),
                       .words = message.words(),
                       .state = std::move(state),
                       .answer = message.answer(),
                       .raised_at = PersonTime(message.has_raise_time(), message.raise_time()),
                       .settled_at = PersonTime(message.has_settle_time(), message.settle_time())};
}

Result<StillKeptAnswer> FromWire(const v1::StillKept& message) {
  TRY_ASSIGN(std::string what, KeptWord(message.what()));
  return StillKeptAnswer{.what = std::move(what),
                         .organisation = message.organisation(),
                         .organisation_name = message.organisation_name(),
                         .count = message.count(),
                         .until = PersonTime(message.has_until_time(), message.until_time()),
                         .rule = message.rule(),
                         .why = message.why(),
                         .source = message.source()};
}

Result<ShareRequestAnswer> FromWire(const v1::ShareRequest& message) {
  TRY_ASSIGN(std::string engagement, EngagementWord(message.engagement()));
  ShareRequestAnswer request{.id = message.share_request_id(),
                             .receiver = message.receiver(),
                             .receiver_name = message.receiver_name(),
                             .audience = message.audience(),
                             .nonce = message.nonce(),
                             .purpose = message.purpose(),
                             .purpose_label = message.purpose_label(),
                             .profile = message.profile(),
                             .records = {},
                             .day = message.day(),
                             .engagement = std::move(engagement),
                             .keep_through = message.keep_through(),
                             .answer_enough = message.answer_enough(),
                             .expires_at = PersonTime(message.has_expire_time(), message.expire_time()),
                             .transaction_data = message.transaction_data()};
  for (const v1::AskedRecord& record : message.records()) request.records.push_back(FromWire(record));
  return request;
}

Result<ShareAnswer> FromWire(const v1::Share& message) {
  TRY_ASSIGN(std::string state, ShareStateWord(message.state()));
  ShareAnswer share{.id = message.share_id(),
                    .receiver = message.receiver(),
                    .receiver_name = message.receiver_name(),
                    .purpose = message.purpose(),
                    .profile = message.profile(),
                    .state = std::move(state),
                    .keep_through = message.keep_through(),
                    .given_at = PersonTime(message.has_give_time(), message.give_time()),
                    .ended_at = PersonTime(message.has_end_time(), message.end_time()),
                    .ended_by = message.ended_by(),
                    .credential_ids = {message.credential_ids().begin(), message.credential_ids().end()},
                    .audience = message.audience(),
                    .nonce = message.nonce(),
                    .transaction_data = message.transaction_data(),
                    .records = {}};
  for (const v1::AskedRecord& record : message.records()) share.records.push_back(FromWire(record));
  return share;
}

LookAnswer FromWire(const v1::Look& message) {
  LookAnswer look{.share_id = message.share_id(),
                  .receiver = message.receiver(),
                  .receiver_name = message.receiver_name(),
                  .at = PersonTime(message.has_look_time(), message.look_time()),
                  .purpose = message.purpose(),
                  .records = {},
                  .outcome = message.outcome()};
  for (const v1::AskedRecord& record : message.records()) look.records.push_back(FromWire(record));
  return look;
}

v1::HeldAs ToWire(HeldAs held_as) {
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

}  // namespace passport
