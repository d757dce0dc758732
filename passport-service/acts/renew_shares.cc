#include "passport-service/acts/renew_shares.h"

#include <algorithm>
#include <array>

#include "credential/presentation/transaction.h"
#include "passport-service/acts/audited.h"

namespace passport {
namespace {

constexpr Seconds kRenewProofAgeMax{300};
constexpr Seconds kRenewLeeway{60};

// The credential that was signed again: of the same issuer, telling the same of the same fact.
const InPassport* SignedAgain(const std::vector<InPassport>& held, const PresentedRecord& shown) {
  const InPassport* found = nullptr;
  for (const InPassport& each : held) {
    if (each.row.state != CredentialState::kCurrent || each.row.organisation != shown.issuer) continue;
    const Record& record = each.credential.record();
    if (&record.kind() != &shown.record.kind()) continue;
    const bool same = std::all_of(shown.record.facts().begin(), shown.record.facts().end(),
                                  [&](const Fact& fact) { return record.Find(fact.rule->name) == fact.value; });
    if (same && (found == nullptr || found->row.issued_at < each.row.issued_at)) found = &each;
  }
  return found;
}

}  // namespace

struct RenewShares::Under {
  Known known;
  PersonRow person;
  std::string thumbprint;  // of the key that is good
  bool kept = false;       // the service has it
  Instant now;
};

Result<std::vector<ShareRow>> RenewShares::LiveOf(const PersonId& person) {
  std::vector<ShareRow> live;
  std::string after;
  do {
    TRY_ASSIGN(const Page<ShareRow> page, store_.SharesOfPerson(person, after, 100));
    std::copy_if(page.rows.begin(), page.rows.end(), std::back_inserter(live),
                 [](const ShareRow& row) { return IsLive(row.state); });
    after = page.next;
  } while (!after.empty());
  return live;
}

// Nothing, when nothing of what was given was signed again.
Result<Changes> RenewShares::PresentAgain(const Under& under, ShareRow& row) {
  TRY_ASSIGN(const std::optional<std::string> text, OpenShare(vault_, row));
  if (!text) return Changes{};
  TRY_ASSIGN(const Presentation given, Presentation::Parse(*text));
  const Expectation expected{
      .audience = row.receiver.text(), .nonce = row.nonce, .proof_age_max = kRenewProofAgeMax, .leeway = kRenewLeeway};
  const Result<VerifiedPresentation> before =
      VerifyKeptPresentation(given, expected, *row.given_at, *under.known.trust, under.now);
  if (!before.ok()) return Changes{};  // an issuer that is no longer there
  TRY_ASSIGN(const std::vector<InPassport> held,
             AllInPassport(store_, vault_, under.person, *under.known.trust, under.now));
  std::vector<Showable> chosen;
  for (const PresentedRecord& shown : before->records()) {
    const InPassport* const again = SignedAgain(held, shown);
    if (again == nullptr) continue;
    Showable showable{again->credential.id(), {}};
    for (const Fact& fact : shown.record.facts()) showable.facts.emplace_back(fact.rule->name);
    chosen.push_back(std::move(showable));
  }
  if (chosen.empty()) return Changes{};
  const std::string hash = TransactionHash(TransactionOf(row));
  const BindingTerms terms{.audience = row.receiver.text(),
                           .nonce = row.nonce,
                           .made_at = under.now,
                           .purpose = row.purpose,
                           .transaction_hash = hash};
  TRY_ASSIGN(const Presentation presentation, PresentKept(keys_, vault_, under.person, held, chosen, terms));
  std::string renewed = presentation.Text();
  TRY_ASSIGN(VerifiedPresentation verified, VerifyForShare(row, renewed, *under.known.trust, under.now));
  const bool answer_only = row.answer_only;
  return GiveChanges(vault_, row,
                     {.presentation = std::move(verified), .text = std::move(renewed), .answer_only = answer_only},
                     under.now);
}

Result<void> RenewShares::Turn(const Under& under, ShareRow row, bool end_all, Report& report) {
  Changes changes;
  if (!end_all && row.state == ShareState::kGiven && row.subject == under.thumbprint) return {};
  std::size_t* counted = &report.ended;
  if (!end_all && under.kept) {
    TRY_ASSIGN(changes, PresentAgain(under, row));
    counted = &report.renewed;
  } else if (!end_all) {
    if (row.state == ShareState::kRenewing) {
      ++report.renewing;
      return {};
    }
    changes = RenewingChanges(row, under.now);
    counted = &report.renewing;
  }
  if (changes.empty()) {
    changes = EndChanges(row, ShareState::kEnded, "loss", under.now);
    counted = &report.ended;
  }
  changes.emplace_back(AuditedOfService(under.now, {.what = counted == &report.ended ? "share.ended" : "share.renewed",
                                                    .object = row.id.text(),
                                                    .why = "key_replaced"}));
  TRY(WriteShares(store_, vault_, std::span(&row, 1), changes));
  ++*counted;
  return {};
}

// One that can not be shown again must not hold up the passport: it waits, closed to its receiver, and the audit trail
// names it. What may pass is tried again with the rest.
Result<void> RenewShares::LeaveWaiting(ShareRow row, const Fault& fault, Report& report) {
  constexpr std::array kMayPass = {Reason::kSigning, Reason::kStoreFull, Reason::kOutcomeUnknown,
                                   Reason::kRegistryStale};
  if (std::find(kMayPass.begin(), kMayPass.end(), fault.reason) != kMayPass.end()) return fault;
  const Instant now = clock_.Now();
  Changes changes;
  if (row.state != ShareState::kRenewing) changes = RenewingChanges(row, now);
  changes.emplace_back(AuditedOfService(
      now, {.what = "share.renewed", .object = row.id.text(), .why = "key_replaced", .outcome = WordOf(fault.reason)}));
  Result<void> kept = ApplyNow(store_, changes);
  // Where nothing can be kept it is not the share. Somebody who was quicker has it in hand.
  if (!kept.ok() && kept.fault().reason != Reason::kStateConflict) return kept;
  ++report.renewing;
  return {};
}

Result<RenewShares::Report> RenewShares::operator()(const PersonId& person, bool end_all) {
  Report report;
  TRY_ASSIGN(const std::vector<ShareRow> live, LiveOf(person));
  if (live.empty()) return report;
  TRY_ASSIGN(Known known, FindKnown(trust_));
  TRY_ASSIGN(std::optional<PersonRow> row, store_.FindPerson(person));
  if (!row) return Fault{Reason::kNotFound, "", "the passport is no longer there"};
  TRY_ASSIGN(const std::vector<HolderKeyRow> keys, store_.HolderKeysOf(person));
  const auto good =
      std::find_if(keys.begin(), keys.end(), [](const HolderKeyRow& each) { return !each.until.has_value(); });
  Under under{.known = std::move(known), .person = std::move(*row), .thumbprint = {}, .now = clock_.Now()};
  under.kept = good == keys.end() || good->held_as == HeldAs::kKept;
  if (good != keys.end()) {
    under.thumbprint = good->thumbprint;
  } else {
    TRY_ASSIGN(under.thumbprint, KeptThumbprint(vault_, under.person));
  }
  for (const ShareRow& each : live) {
    Result<void> turned = Turn(under, each, end_all, report);
    if (turned.ok()) continue;
    if (turned.fault().reason != Reason::kStateConflict) {
      TRY(LeaveWaiting(each, turned.fault(), report));
      continue;
    }
    // Somebody was quicker; once more, as it stands now.
    TRY_ASSIGN(std::optional<ShareRow> again, store_.FindShare(each.id));
    if (again && IsLive(again->state)) TRY(Turn(under, std::move(*again), end_all, report));
  }
  return report;
}

std::function<Result<void>(const PersonId& person, bool end_all)> RenewShares::AsTurn() {
  return [this](const PersonId& person, bool end_all) -> Result<void> {
    TRY((*this)(person, end_all));
    return {};
  };
}

Result<ShareView> RenewShare::operator()(const Order& order) {
  const Instant now = clock_.Now();
  const Fault none{Reason::kNotFound, "", "there is no such share"};
  if (!order.by.person) return none;
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(std::optional<ShareRow> row, store_.FindShare(order.share));
  if (!row || row->person != order.by.person) return none;
  if (!order.by.key) return Fault{Reason::kHolderMismatch, "", "a share is renewed with the new key"};
  const bool done = row->state == ShareState::kGiven && row->subject == order.by.key->thumbprint;
  if (done) return ViewOf(store_, std::move(*row), "");
  if (row->state != ShareState::kRenewing)
    return Fault{Reason::kStateConflict, "", "the share does not wait to be renewed"};
  TRY_ASSIGN(VerifiedPresentation verified, VerifyForShare(*row, order.presentation, *known.trust, now));
  if (verified.holder() != order.by.key->thumbprint)
    return Fault{Reason::kHolderMismatch, "", "it is bound to another key than the caller's"};
  TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(*order.by.person));
  if (!person) return none;
  TRY_ASSIGN(
      Changes changes,
      GiveChanges(vault_, *row,
                  {.presentation = std::move(verified), .text = order.presentation, .answer_only = row->answer_only},
                  now));
  changes.emplace_back(ExpectPassport{person->id, person->passport_code_hash});
  changes.emplace_back(AuditedOfPeople(now, order.by,
                                       {.what = "share.renewed",
                                        .object = order.by.person->text(),
                                        .why = row->purpose,
                                        .request = order.request.text()}));
  TRY(WriteShares(store_, vault_, std::span(&*row, 1), changes));
  return ViewOf(store_, std::move(*row), "");
}

}  // namespace passport
