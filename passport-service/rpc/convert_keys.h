// KeysService: messages to orders and answers to messages.
#pragma once

#include <string>
#include <vector>

#include "passport-service/acts/keep_keys.h"
#include "passport-service/rpc/desk.h"
#include "staffpassport/v1/keys_service.pb.h"

namespace passport {

Result<KeepKeys::Query> ToOrder(const Caller& by, const staffpassport::v1::ListKeysRequest& request);
Result<KeepKeys::Query> ToOrder(const Caller& by, const staffpassport::v1::PlanKeysRequest& request);
Result<KeepKeys::Rotation> ToOrder(const Caller& by, const staffpassport::v1::RotateKeyRequest& request);
Result<KeepKeys::Compromise> ToOrder(const Caller& by, const staffpassport::v1::CompromiseKeyRequest& request);

void Fill(const std::vector<KeepKeys::ListedKey>& keys, staffpassport::v1::ListKeysResponse& response);
void Fill(const std::vector<PlannedStep>& steps, staffpassport::v1::PlanKeysResponse& response);
// A type of ours, so that the desk finds how it is written.
struct NewKey {
  std::string kid;
};
inline void Fill(const NewKey& key, staffpassport::v1::RotateKeyResponse& response) { response.set_kid(key.kid); }
inline void Fill(const NewKey& key, staffpassport::v1::CompromiseKeyResponse& response) {
  response.set_replaced_by(key.kid);
}

template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::RotateKeyRequest> = true;
template <>
inline constexpr bool kChangesWhatIsPublished<staffpassport::v1::CompromiseKeyRequest> = true;

}  // namespace passport
