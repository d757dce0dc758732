// What becomes of a share: given, renewed, ended, lapsed; what it holds, sealed. The one place that changes its state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "credential/presentation/verified_presentation.h"
#include "passport-service/acts/person_vault.h"
#include "passport-service/acts/request_answers.h"

namespace passport {

// A request or share as both sides see it.
struct ShareView {
  ShareRow row;
  std::string receiver_name;  // legal name
  std::string purpose_label;
};
// Fails as the store does.
Result<ShareView> ViewOf(Store& store, ShareRow row, std::string purpose_label);

// What the proof of whoever answers must agree to: the text the request carries.
std::string TransactionOf(const ShareRow& row);

// Verifies what was sent for a request or for a renewal, just now: audience, nonce, purpose, transaction, nothing that
// was not asked for. Fails with the reasons of the token checks and kClaims.
Result<VerifiedPresentation> VerifyForShare(const ShareRow& row, std::string_view text, const TrustSnapshot& snapshot,
                                            Instant now);

// Sealed under the key of whom it is about at the receiver. Fails as PersonVault does.
Result<std::string> SealShare(PersonVault& vault, const ShareRow& row, std::string_view text);
Result<std::optional<std::string>> OpenShare(PersonVault& vault, const ShareRow& row);

// Until when it is kept if nothing else happens.
Instant DueOf(const ShareRow& row, Instant given_at);

// All of these raise the revision and say what must be written with the row; each change expects the row it was made
// from. Notices go to the receiver where it was not the receiver itself.
struct GivenShare {
  VerifiedPresentation presentation;
  std::string text;  // of the presentation, or of the derived answer
  bool answer_only = false;
};
// From asked, or renewed. Fails as the vault.
Result<Changes> GiveChanges(PersonVault& vault, ShareRow& row, const GivenShare& given, Instant now);
Changes RenewingChanges(ShareRow& row, Instant now);
// `state` is kDeclined, kEnded or kLapsed.
Changes EndChanges(ShareRow& row, ShareState state, std::string_view by, Instant now);
// Its day is over, or nobody answered; with the audit row.
Changes LapseChanges(ShareRow& row, Instant now);

// The thumbprint of the key the service keeps for a person. Fails as OpenHolder.
Result<std::string> KeptThumbprint(PersonVault& vault, const PersonRow& person);
// Every key a passport is or was bound to, by thumbprint. Fails likewise.
Result<std::vector<std::string>> ThumbprintsOf(Store& store, PersonVault& vault, const PersonId& person);

}  // namespace passport
