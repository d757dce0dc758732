#include "passport-service/acts/answer_share.h"

#include "credential/decision/asked.h"
#include "credential/presentation/transaction.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/kept_passport.h"
#include "passport-service/acts/kept_reliance.h"
#include "passport-service/acts/share_code.h"

namespace passport {
namespace {

Fault NoSuchLink() { return {Reason::kNotFound, "", "no request has this link and code"}; }

// Counts wrong codes durably, before it says so: ten guesses are all there ever are.
Result<ShareRow> FindByCode(Store& store, PersonVault& vault, const HolderCaller& by, const ShareId& id,
                            std::string_view typed, Instant now) {
  while (true) {
    TRY_ASSIGN(std::optional<ShareRow> row, store.FindShare(id));
    if (!row || row->wrong_codes >= kWrongCodesMax) return NoSuchLink();
    TRY_ASSIGN(const std::string code, CodeOfShare(vault, id));
    if (SameCode(typed, code)) return std::move(*row);
    ++row->wrong_codes;
    ++row->revision;
    const Result<void> kept = ApplyNow(
        store, {ReplaceShare{*row}, AuditedOfPeople(now, by, {.what = "share.wrong_code", .object = id.text()})});
    if (kept.ok()) return NoSuchLink();
    if (kept.fault().reason != Reason::kStateConflict) return kept.fault();
  }
}

Result<void> CheckOpen(const ShareRow& row, Instant now) {
  if (row.state != ShareState::kAsked)
    return Fault{Reason::kStateConflict, "", "the request was answered or withdrawn"};
  if (now >= row.answer_by) return Fault{Reason::kStateConflict, "", "the time to answer the request is over"};
  return {};
}

// Whoever opened the passport for the person may be given what it asks itself, and no other.
Result<void> CheckSession(const HolderCaller& by, const ShareRow& row) {
  if (!by.session_of || *by.session_of == row.receiver) return {};
  return Fault{Reason::kHolderUnknown, "", "a good key or code must come with the call"};
}

Digest DigestOfAnswer(const AnswerShare::Order& order) {
  const auto* const sent = std::get_if<GivePresentation>(&order.what);
  const std::string_view how = std::holds_alternative<Decline>(order.what) ? "decline" : "least";
  return RequestDigest({"share.answer", sent != nullptr ? "presentation" : how, sent != nullptr ? sent->text : "",
                        order.answer_only ? "answer" : ""});
}

// Whether this very request has answered it already. Fails with kRequestReused.
Result<bool> HasAnswered(const AnswerShare::Order& order, const PersonId& person, const ShareRow& row) {
  if (row.request != order.request.text() || row.person != person) return false;
  if (row.answer_digest == DigestOfAnswer(order)) return true;
  return Fault{Reason::kRequestReused, "", "request_id was used for another request"};
}

Result<PersonId> PersonOf(const HolderCaller& by) {
  if (by.person) return *by.person;
  return Fault{Reason::kNotFound, "", "no passport is bound to this key"};
}

std::string LabelOfPurpose(const Known& known, const ShareRow& row, Instant now) {
  return std::string(known.rules->taxonomies().On(CivilDay::InLondon(now)).LabelOf(kPurposeList, row.purpose));
}

}  // namespace

Result<ShareView> ReadShareRequest::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const PersonId person, PersonOf(order.by));
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(ShareRow row, FindByCode(store_, vault_, order.by, order.share, order.code, now));
  TRY(CheckSession(order.by, row));
  TRY(CheckOpen(row, now));
  TRY(ApplyNow(store_, {AuditedOfPeople(now, order.by, {.what = "share.request_read", .object = person.text()})}));
  std::string label = LabelOfPurpose(known, row, now);
  return ViewOf(store_, std::move(row), std::move(label));
}

Result<std::string> AnswerShare::Least(const PersonId& person, const ShareRow& row, const Known& known, Instant now) {
  TRY_ASSIGN(const std::optional<PersonRow> of, store_.FindPerson(person));
  if (!of) return Fault{Reason::kNotFound, "", "the passport is no longer there"};
  TRY_ASSIGN(const std::vector<InPassport> held, AllInPassport(store_, vault_, *of, *known.trust, now));
  const std::vector<HeldRecord> records = ToShowFrom(held, known.trust->registry());
  const std::vector<AskedRecord> asked = AskedIn(row);
  std::vector<Showable> chosen;
  if (row.profile.empty()) {
    chosen = ChooseKinds(asked, records).showing;
  } else {
    TRY_ASSIGN(const Duty duty, DutyOf(row.receiver, {.day = row.day, .engagement = row.engagement}, now));
    TRY_ASSIGN(const RoleProfile* const profile, known.rules->InForce(row.profile, row.day, now));
    chosen = ChooseAsked(*profile, known.rules->taxonomies(), records, asked, duty);
  }
  if (chosen.empty()) return Fault{Reason::kRecordMissing, "", "the passport holds nothing of what was asked"};
  const std::string hash = TransactionHash(TransactionOf(row));
  const BindingTerms terms{.audience = row.receiver.text(),
                           .nonce = row.nonce,
                           .made_at = now,
                           .purpose = row.purpose,
                           .transaction_hash = hash};
  TRY_ASSIGN(const Presentation presentation, PresentKept(keys_, vault_, *of, held, chosen, terms));
  return presentation.Text();
}

// What the caller has proven, or of a kept passport the key the service keeps.
Result<std::string> AnswerShare::KeyOf(const HolderCaller& by) {
  if (by.key) return by.key->thumbprint;
  TRY_ASSIGN(const PersonId person, PersonOf(by));
  TRY_ASSIGN(const std::optional<PersonRow> row, store_.FindPerson(person));
  if (!row) return Fault{Reason::kNotFound, "", "the passport is no longer there"};
  return KeptThumbprint(vault_, *row);
}

Result<GivenShare> AnswerShare::Given(const Order& order, const ShareRow& row, const Known& known, Instant now) {
  TRY_ASSIGN(const PersonId person, PersonOf(order.by));
  std::string text;
  if (const auto* sent = std::get_if<GivePresentation>(&order.what)) {
    text = sent->text;
  } else if (order.by.held_as != HeldAs::kKept) {
    return Fault{Reason::kStateConflict, "", "the key is not kept here: send the presentation"};
  } else {
    TRY_ASSIGN(text, Least(person, row, known, now));
  }
  if (order.answer_only && !row.answer_enough)
    return Fault{Reason::kStateConflict, "", "the receiver did not say that an answer is enough"};
  TRY_ASSIGN(VerifiedPresentation verified, VerifyForShare(row, text, *known.trust, now));
  TRY_ASSIGN(const std::string key, KeyOf(order.by));
  if (verified.holder() != key)
    return Fault{Reason::kHolderMismatch, "", "it is bound to another key than the caller's"};
  return GivenShare{.presentation = std::move(verified), .text = std::move(text), .answer_only = order.answer_only};
}

Result<ShareView> AnswerShare::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const PersonId person, PersonOf(order.by));
  TRY_ASSIGN(const Known known, FindKnown(trust_));
  TRY_ASSIGN(ShareRow row, FindByCode(store_, vault_, order.by, order.share, order.code, now));
  TRY(CheckSession(order.by, row));
  std::string label = LabelOfPurpose(known, row, now);
  TRY_ASSIGN(const bool repeated, HasAnswered(order, person, row));
  if (repeated) return ViewOf(store_, std::move(row), std::move(label));
  TRY(CheckOpen(row, now));
  TRY_ASSIGN(const std::optional<PersonRow> passport, store_.FindPerson(person));
  if (!passport) return Fault{Reason::kNotFound, "", "the passport is no longer there"};
  row.person = person;
  row.request = order.request.text();
  row.answer_digest = DigestOfAnswer(order);
  const bool declined = std::holds_alternative<Decline>(order.what);
  Changes changes;
  if (declined) {
    changes = EndChanges(row, ShareState::kDeclined, "holder", now);
  } else {
    TRY_ASSIGN(const GivenShare given, Given(order, row, known, now));
    TRY_ASSIGN(changes, GiveChanges(vault_, row, given, now));
  }
  // Nobody is named who is being erased, and nothing is given with a key that is being replaced.
  changes.emplace_back(ExpectPassport{person, passport->passport_code_hash});
  changes.emplace_back(AuditedOfPeople(now, order.by,
                                       {.what = declined ? "share.declined" : "share.given",
                                        .object = person.text(),
                                        .why = row.purpose,
                                        .request = order.request.text()}));
  const Result<void> kept = WriteShares(store_, vault_, std::span(&row, 1), changes);
  if (kept.ok()) return ViewOf(store_, std::move(row), std::move(label));
  // Another device was first, or this very call was and nobody heard of it.
  TRY_ASSIGN(std::optional<ShareRow> stored, store_.FindShare(order.share));
  if (stored) {
    TRY_ASSIGN(const bool was_kept, HasAnswered(order, person, *stored));
    if (was_kept) return ViewOf(store_, std::move(*stored), std::move(label));
  }
  if (kept.fault().reason == Reason::kStateConflict)
    return Fault{Reason::kStateConflict, "", "the request was answered, or the passport changed, at the same time"};
  return kept.fault();
}

}  // namespace passport
