// The records of the passport at hand, verified against the published files, and the least of them that does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "credential/decision/decision.h"
#include "credential/presentation/verified_presentation.h"
#include "wallet-cli/wallet_session.h"

namespace passport {

struct MyRecords {
  HeldRecords records;
  std::vector<std::string> left_out;  // one line for each credential that does not hold now: kind and why
};
// Those that are not revoked. One that does not hold (expired, its issuer not listed) is left out and named.
Result<MyRecords> VerifyMine(const CarriedPassport& carried, const PublishedTree& tree, Instant now);

// What is asked of the person, wherever the request came from.
struct Asking {
  OrganisationId receiver;
  std::string audience;
  std::string nonce;
  std::string purpose;
  std::string profile;                     // empty: the kinds
  std::vector<AskedRecordAnswer> records;  // kinds, and of each the facts; with a profile these of it alone, if any
  CivilDay day;
  Engagement engagement = Engagement::kPlacement;
  std::string transaction_data;  // what the proof agrees to; empty for a challenge
};
// Fails with kKbAud when the answer would go to another than the one who asks, with kClaims when the request asks for
// agreement to something else than it says.
Result<Asking> ToAsking(const ShareRequestAnswer& request, const CivilDay& today);

// The least of the person's records that answers, and how the role would be decided with all of them; without a profile
// no decision.
struct Answering {
  std::vector<Showable> showing;
  std::optional<Decision> decision;
  std::vector<std::string> missing;  // kinds that were asked for and are not there
};
Result<Answering> Choose(const Asking& asking, const MyRecords& mine, const PublishedRules* rules, Instant now);

// The presentation of what was chosen, bound to the asking by the person's key.
Result<std::string> MakePresentation(const Asking& asking, const std::vector<Showable>& showing,
                                     const CarriedPassport& carried, const IssuerDirectory& issuers, Signer& key,
                                     Instant now);

// Facts that say how a record was checked, not what it says.
bool IsAboutChecking(std::string_view fact);
// "Fire safety, 1, 2026-03-01": what tells a record from others of its kind.
std::string ShortlyOf(const Record& record);
// The label of a kind's word, or the word.
std::string KindLabel(std::string_view word);
// "Achieved on" for "achieved_on".
std::string FactLabel(std::string_view kind, std::string_view fact);

// The one credential whose id begins so. Fails with kNotFound, kFieldInvalid when the beginning fits several.
Result<const CarriedCredential*> FindByPrefix(const CarriedPassport& carried, std::string_view id);
// Enough of an id to tell it from others.
std::string ShortId(std::string_view id);

}  // namespace passport
