#include "wallet-cli/my_records.h"

#include <array>
#include <utility>

#include "credential/decision/asked.h"
#include "credential/passport/held_credential.h"
#include "credential/presentation/presentation.h"
#include "credential/presentation/transaction.h"

namespace passport {
namespace {

constexpr Seconds kMyLeeway{60};
constexpr std::size_t kShortIdBytes = 10;

std::vector<HeldRecord> ForChoosing(const HeldRecords& records) {
  std::vector<HeldRecord> held;
  held.reserve(records.records().size());
  for (const PresentedRecord& record : records.records()) {
    held.push_back({.credential = record.credential,
                    .record = &record.record,
                    .issuer = record.issuer,
                    .issuer_type = record.issuer_type,
                    .expires_at = record.expires_at,
                    .standing = record.standing});
  }
  return held;
}

// A kind this program does not know is nothing anybody holds.
std::vector<AskedRecord> RecordsAsked(const Asking& asking, std::vector<std::string>& unknown) {
  std::vector<AskedRecord> asked;
  for (const AskedRecordAnswer& each : asking.records) {
    const RecordKind* const kind = FindRecordKind(each.kind);
    if (kind == nullptr) {
      unknown.push_back(each.kind);
    } else {
      asked.push_back({.kind = kind, .facts = each.facts, .needs = each.needs});
    }
  }
  return asked;
}

}  // namespace

Result<MyRecords> VerifyMine(const CarriedPassport& carried, const PublishedTree& tree, Instant now) {
  std::vector<std::string> tokens;
  std::vector<std::string> left_out;
  for (const CarriedCredential& credential : carried.credentials) {
    if (credential.token.empty() || credential.state == "revoked" || FindRecordKind(credential.kind) == nullptr)
      continue;
    const std::array<std::string, 1> one = {credential.token};
    const Result<HeldRecords> alone = VerifyHeld(one, tree.snapshot(), kMyLeeway, now);
    if (alone.ok()) {
      tokens.push_back(credential.token);
    } else {
      left_out.push_back(KindLabel(credential.kind) + ": " + std::string(TextOf(alone.fault().reason).happened));
    }
  }
  TRY_ASSIGN(HeldRecords all, VerifyHeld(tokens, tree.snapshot(), kMyLeeway, now));
  return MyRecords{.records = std::move(all), .left_out = std::move(left_out)};
}

Result<Asking> ToAsking(const ShareRequestAnswer& request, const CivilDay& today) {
  TRY_ASSIGN(OrganisationId receiver, OrganisationId::Parse(request.receiver));
  // Somebody could pass off another's question as one of an organisation that the person trusts.
  if (request.audience != receiver.text())
    return Fault{Reason::kKbAud, "", "the answer would be for another than the organisation that the request names"};
  CivilDay day = today;
  if (!request.day.empty()) {
    TRY_ASSIGN(day, CivilDay::Parse(request.day));
  }
  if (!request.transaction_data.empty()) {
    const ShareTerms said{.share = request.id,
                          .receiver = request.receiver,
                          .purpose = request.purpose,
                          .keep_through = request.keep_through};
    if (request.transaction_data != ShareTransaction(said))
      return Fault{Reason::kClaims, "", "the request asks you to agree to something else than it says"};
  }
  return Asking{.receiver = std::move(receiver),
                .audience = request.audience,
                .nonce = request.nonce,
                .purpose = request.purpose,
                .profile = request.profile,
                .records = request.records,
                .day = day,
                .engagement = request.engagement == "employment" ? Engagement::kEmployment : Engagement::kPlacement,
                .transaction_data = request.transaction_data};
}

Result<Answering> Choose(const Asking& asking, const MyRecords& mine, const PublishedRules* rules, Instant now) {
  Answering answering;
  const std::vector<AskedRecord> asked = RecordsAsked(asking, answering.missing);
  const std::vector<HeldRecord> held = ForChoosing(mine.records);
  if (asking.profile.empty() || rules == nullptr) {
    KindsAnswered answered = ChooseKinds(asked, held);
    answering.showing = std::move(answered.showing);
    answering.missing.insert(answering.missing.end(), answered.missing.begin(), answered.missing.end());
    return answering;
  }
  TRY_ASSIGN(const RoleProfile* const profile, rules->InForce(asking.profile, asking.day, now));
  TRY_ASSIGN(const Duty duty, Duty::Make({.receiver = asking.receiver,
                                          .place = asking.receiver,
                                          .engagement = asking.engagement,
                                          .starts_at = asking.day.StartInLondon(),
                                          .ends_at = asking.day.PlusDays(1).StartInLondon()}));
  if (asking.records.empty() || !asked.empty())
    answering.showing = ChooseAsked(*profile, rules->taxonomies(), held, asked, duty);
  TRY_ASSIGN(answering.decision, Decide(*profile, rules->taxonomies(), mine.records, duty));
  return answering;
}

Result<std::string> MakePresentation(const Asking& asking, const std::vector<Showable>& showing,
                                     const CarriedPassport& carried, const IssuerDirectory& issuers, Signer& key,
                                     Instant now) {
  if (showing.empty()) return Fault{Reason::kRecordMissing, "", "nothing in the passport answers what is asked"};
  const std::string hash = asking.transaction_data.empty() ? "" : TransactionHash(asking.transaction_data);
  const BindingTerms terms{.audience = asking.audience,
                           .nonce = asking.nonce,
                           .made_at = now,
                           .purpose = asking.purpose,
                           .transaction_hash = hash};
  Presentation presentation;
  for (const Showable& showable : showing) {
    const CarriedCredential* const credential = carried.Find(showable.credential.text());
    if (credential == nullptr) return Fault{Reason::kNotFound, "", "a credential that was chosen is not carried"};
    TRY_ASSIGN(const HeldCredential held, HeldCredential::Read(credential->token, issuers, now, kMyLeeway));
    TRY_ASSIGN(std::string shown, held.Present(showable.facts, terms, key));
    presentation.credentials.push_back(std::move(shown));
  }
  if (presentation.credentials.size() > kPresentationCredentialsMax)
    return Fault{Reason::kLimit, "", "a presentation holds at most 64 credentials"};
  return presentation.Text();
}

bool IsAboutChecking(std::string_view fact) {
  return fact == "assurance" || fact == "method" || fact == "checker_role" || fact == "checked_on";
}

std::string ShortlyOf(const Record& record) {
  constexpr std::size_t kFactsShown = 3;
  std::string text;
  std::size_t shown = 0;
  for (const Fact& fact : record.facts()) {
    if (IsAboutChecking(fact.rule->name) || fact.rule->shape == FieldShape::kDigest || shown == kFactsShown) continue;
    if (!text.empty()) text += ", ";
    text += fact.value;
    ++shown;
  }
  return text;
}

std::string KindLabel(std::string_view word) {
  const RecordKind* const kind = FindRecordKind(word);
  if (kind != nullptr) return std::string(kind->label);
  return word == "badge" ? "Badge" : std::string(word);
}

std::string FactLabel(std::string_view kind, std::string_view fact) {
  const RecordKind* const known = FindRecordKind(kind);
  if (known == nullptr) return std::string(fact);
  for (const FieldRule& rule : known->fields) {
    if (rule.name == fact) return std::string(rule.label);
  }
  return std::string(fact);
}

Result<const CarriedCredential*> FindByPrefix(const CarriedPassport& carried, std::string_view id) {
  const CarriedCredential* found = nullptr;
  for (const CarriedCredential& credential : carried.credentials) {
    if (id.empty() || !credential.id.starts_with(id)) continue;
    if (found != nullptr) return Fault{Reason::kFieldInvalid, "", "several credentials begin so; type more of the id"};
    found = &credential;
  }
  if (found == nullptr) return Fault{Reason::kNotFound, "", "no credential of this passport begins so"};
  return found;
}

std::string ShortId(std::string_view id) { return std::string(id.substr(0, kShortIdBytes)); }

}  // namespace passport
