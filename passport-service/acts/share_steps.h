// What becomes of a share: given, renewed, ended, lapsed; what it holds, sealed. The one place that changes its state.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/asked.h"
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

// What the request asks for. A kind that is no longer known is left out.
std::vector<AskedRecord> AskedIn(const ShareRow& row);

// Verifies what was sent for a request or for a renewal, just now: audience, nonce, purpose, transaction, nothing that
// was not asked for. Fails with the reasons of the token checks and kClaims.
Result<VerifiedPresentation> VerifyForShare(const ShareRow& row, std::string_view text, const TrustSnapshot& snapshot,
                                            Instant now);

// What was given. It is sealed under a data key of the share's own, which goes with its end. Fails as PersonVault does.
Result<std::optional<std::string>> OpenShare(PersonVault& vault, const ShareRow& row);

// What is looked at once waits for its day, but no longer than this.
inline constexpr Seconds kLookOnceMax{7 * 86'400};
// How long the row of one that is over stays, which says what was asked and given and holds nothing of it: where
// nothing was given, and where something was. What was relied on stays longer, in the chain of the receiver.
inline constexpr Seconds kUngivenKept{30 * 86'400};
inline constexpr Seconds kOverKept{400 * 86'400};
// For so long the request that looked at what is looked at once gets it again: its answer may have been lost.
inline constexpr Seconds kLookAgainTime{15 * 60};
// Until when it is kept if nothing else happens.
Instant DueOf(const ShareRow& row, Instant given_at);

// All of these raise the revision and say what must be written with the row; each change expects the row it was made
// from. Notices go to the receiver where it was not the receiver itself. To be written with WriteShares.
struct GivenShare {
  VerifiedPresentation presentation;
  std::string text;          // of the presentation
  bool answer_only = false;  // the receiver gets to see what follows from it, and nothing of it
};
// From asked, or renewed. Fails as the vault.
Result<Changes> GiveChanges(PersonVault& vault, ShareRow& row, const GivenShare& given, Instant now);
Changes RenewingChanges(ShareRow& row, Instant now);
// `state` is kDeclined, kEnded or kLapsed.
Changes EndChanges(ShareRow& row, ShareState state, std::string_view by, Instant now);
// Its day is over, it was looked at, or nobody answered; with the audit row.
Changes LapseChanges(ShareRow& row, Instant now);
// One that is live is over, by the receiver that erases what it keeps or because the person is gone; it names the
// person no more where `person_goes`. Nothing to do: no changes.
Changes EraseChanges(ShareRow& row, bool person_goes, Instant now);

// ApplyNow; what sealed these shares is forgotten, also when it is not known whether it went. Fails as ApplyNow does.
Result<void> WriteShares(Store& store, PersonVault& vault, std::span<const ShareRow> rows, const Changes& changes);

// The thumbprint of the key the service keeps for a person. Fails as OpenHolder.
Result<std::string> KeptThumbprint(PersonVault& vault, const PersonRow& person);
// Every key a passport is or was bound to, by thumbprint; without the one that is kept where that can not be opened, as
// after an older backup was put back. Fails likewise.
Result<std::vector<std::string>> ThumbprintsOf(Store& store, PersonVault& vault, const PersonId& person);

}  // namespace passport
