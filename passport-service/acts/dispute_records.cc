#include "passport-service/acts/dispute_records.h"

#include <algorithm>
#include <charconv>

#include "credential/encoding/base64url.h"
#include "credential/vocabulary/text_forms.h"
#include "passport-service/acts/answers_for.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/rebind_passport.h"
#include "passport-service/acts/standing_fact.h"

namespace passport {
namespace {

Fault NobodysCall() { return {Reason::kHolderUnknown, "", "a good key or code must come with the call"}; }
Fault NoSuchRecord() { return {Reason::kNotFound, "", "the passport holds no such record"}; }
Fault NoSuchDispute() { return {Reason::kNotFound, "", "no such dispute of a record of this organisation"}; }

// Ids sort as they were raised: the instant, then what tells it from others of the same person and request.
std::string DisputeMark(const PersonId& person, std::string_view what) {
  return EncodeBase64Url(RequestDigest({"dispute", person.text(), what})).substr(0, 22);
}
std::string DisputeIdOf(Instant at, const std::string& mark) {
  const std::string seconds = std::to_string(at.seconds);
  return std::string(12 - std::min<std::size_t>(seconds.size(), 12), '0') + seconds + "-" + mark;
}

bool AreWords(const std::string& words) { return !words.empty() && words.size() <= kDisputeWordsMax; }

Result<Dispute> OpenDispute(PersonVault& vault, DisputeRow row) {
  const DataOwner about = owner::Person(row.organisation, row.person);
  Dispute dispute{.row = std::move(row), .words = {}, .answer = {}};
  const auto open = [&](std::string_view context, const std::string& sealed, std::string& text) -> Result<void> {
    if (sealed.empty()) return {};
    TRY_ASSIGN(const std::optional<std::string> opened, vault.Open(about, context, sealed));
    text = opened.value_or("");
    return {};
  };
  TRY(open(kDisputeWordsContext, dispute.row.sealed_words, dispute.words));
  TRY(open(kDisputeAnswerContext, dispute.row.sealed_answer, dispute.answer));
  return dispute;
}

// A record of the person's whose text is still there; a revoked one may be disputed, too.
Result<CredentialRow> FindHeld(Store& store, const PersonId& person, const CredentialId& id) {
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllHeldBy(store, person));
  const auto found = std::find_if(held.begin(), held.end(), [&](const CredentialRow& row) { return row.id == id; });
  if (found == held.end() || found->sealed_token.empty()) return NoSuchRecord();
  return *found;
}

const DisputeRow* OpenOneOf(const std::vector<DisputeRow>& rows, const CredentialId& credential) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const DisputeRow& row) {
    return row.credential == credential && row.state == DisputeState::kOpen;
  });
  return found == rows.end() ? nullptr : &*found;
}

// Whose records the caller answers for: its own, unless handed over, and those of whom it took over.
Result<std::vector<OrganisationId>> AnsweredBy(Store& store, const OrganisationRow& caller, Instant now) {
  std::vector<OrganisationId> answered;
  TRY_ASSIGN(const std::vector<OrganisationRow> all, store.AllOrganisations());
  for (const OrganisationRow& row : all) {
    if (row.id != caller.id && SuccessionAt(row, now) == nullptr) continue;
    TRY_ASSIGN(const OrganisationId answers, AnswersFor(store, row, now));
    if (answers == caller.id) answered.push_back(row.id);
  }
  return answered;
}

}  // namespace

Result<void> AcceptRecord::operator()(const Order& order) {
  if (!order.by.person) return NobodysCall();
  const PersonId& person = *order.by.person;
  const Instant now = clock_.Now();
  TRY_ASSIGN(const CredentialRow held, FindHeld(store_, person, order.credential));
  if (held.state == CredentialState::kRevoked) return NoSuchRecord();
  TRY_ASSIGN(const std::vector<DisputeRow> said, store_.DisputesBy(person));
  if (OpenOneOf(said, held.id) != nullptr) {
    return Fault{Reason::kStateConflict, "", "the record is disputed; take that back first"};
  }
  const bool already = std::any_of(said.begin(), said.end(), [&](const DisputeRow& row) {
    return row.credential == held.id && row.state == DisputeState::kAccepted;
  });
  Changes changes;
  if (!already) {
    changes.emplace_back(PutDispute{{.organisation = held.organisation,
                                     .id = DisputeIdOf(now, DisputeMark(person, "accepted " + held.id.text())),
                                     .person = person,
                                     .credential = held.id,
                                     .kind = held.kind,
                                     .state = DisputeState::kAccepted,
                                     .sealed_words = {},
                                     .sealed_answer = {},
                                     .raised_at = now,
                                     .settled_at = now,
                                     .revision = 1}});
  }
  changes.emplace_back(AuditedOfPeople(now, order.by,
                                       {.what = "record.accepted",
                                        .object = held.id.text(),
                                        .request = order.request.text(),
                                        .outcome = already ? "unchanged" : "done"}));
  return ApplyNow(store_, changes);
}

Result<Dispute> DisputeRecord::Withdraw(const Order& order, std::vector<DisputeRow> all) {
  const Instant now = clock_.Now();
  const DisputeRow* found = OpenOneOf(all, order.credential);
  if (found == nullptr) {
    // Taken back already, the last one.
    std::sort(all.begin(), all.end(), [](const DisputeRow& a, const DisputeRow& b) { return a.id > b.id; });
    const auto last = std::find_if(all.begin(), all.end(), [&](const DisputeRow& row) {
      return row.credential == order.credential && row.state == DisputeState::kWithdrawn;
    });
    if (last == all.end()) return Fault{Reason::kNotFound, "", "no open dispute of this record"};
    found = &*last;
  }
  DisputeRow row = *found;
  const bool already = row.state == DisputeState::kWithdrawn;
  Changes changes;
  if (!already) {
    row.state = DisputeState::kWithdrawn;
    row.settled_at = now;
    ++row.revision;
    changes.emplace_back(PutDispute{row});
    changes.emplace_back(AppendEvent{{now, "record.dispute_withdrawn", row.id}});
  }
  changes.emplace_back(AuditedOfPeople(now, order.by,
                                       {.what = "record.dispute_withdrawn",
                                        .object = row.id,
                                        .request = order.request.text(),
                                        .outcome = already ? "unchanged" : "done"}));
  TRY(ApplyNow(store_, changes));
  return OpenDispute(vault_, std::move(row));
}

Result<Dispute> DisputeRecord::operator()(const Order& order) {
  if (!order.by.person) return NobodysCall();
  const PersonId& person = *order.by.person;
  const Instant now = clock_.Now();
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(std::vector<DisputeRow> said, store_.DisputesBy(person));
  if (order.withdraw) return Withdraw(order, std::move(said));
  if (!AreWords(order.words)) return Fault{Reason::kFieldInvalid, "", "words are not 1 to 1000 bytes"};
  const std::string mark = DisputeMark(person, "request " + order.request.text());
  for (DisputeRow& row : said) {
    if (!row.id.ends_with(mark)) continue;
    TRY_ASSIGN(Dispute before, OpenDispute(vault_, std::move(row)));
    if (before.words != order.words)
      return Fault{Reason::kRequestReused, "", "request_id was used for another request"};
    TRY(ApplyNow(store_, {AuditedOfPeople(
                             now, order.by,
                             {.what = "request.repeated", .object = before.row.id, .request = order.request.text()})}));
    return before;
  }
  TRY_ASSIGN(const CredentialRow held, FindHeld(store_, person, order.credential));
  if (OpenOneOf(said, held.id) != nullptr) {
    return Fault{Reason::kAlreadyExists, "", "the record is disputed already; take that back first"};
  }
  DisputeRow row{.organisation = held.organisation,
                 .id = DisputeIdOf(now, mark),
                 .person = person,
                 .credential = held.id,
                 .kind = held.kind,
                 .state = DisputeState::kOpen,
                 .sealed_words = {},
                 .sealed_answer = {},
                 .raised_at = now,
                 .settled_at = {},
                 .revision = 1};
  const DataOwner about = owner::Person(row.organisation, person);
  TRY_ASSIGN(row.sealed_words, vault_.Seal(about, kDisputeWordsContext, order.words));
  Changes changes = {
      ExpectDataKey{about}, PutDispute{row},
      AuditedOfPeople(now, order.by, {.what = "record.disputed", .object = row.id, .request = order.request.text()}),
      AppendEvent{{now, "record.disputed", row.id}}};
  // What was said to be right is not any more.
  for (const DisputeRow& accepted : said) {
    if (accepted.credential == held.id && accepted.state == DisputeState::kAccepted)
      changes.emplace_back(DropDispute{accepted.organisation, accepted.id});
  }
  TRY(ApplyNow(store_, changes));
  return OpenDispute(vault_, std::move(row));
}

Result<std::vector<Dispute>> ReadDisputes::Mine(const HolderCaller& by) {
  if (!by.person) return NobodysCall();
  TRY_ASSIGN(std::vector<DisputeRow> said, store_.DisputesBy(*by.person));
  std::sort(said.begin(), said.end(), [](const DisputeRow& a, const DisputeRow& b) { return a.id < b.id; });
  std::vector<Dispute> disputes;
  for (DisputeRow& row : said) {
    if (row.state == DisputeState::kAccepted) continue;
    TRY_ASSIGN(Dispute dispute, OpenDispute(vault_, std::move(row)));
    disputes.push_back(std::move(dispute));
  }
  TRY(ApplyNow(store_,
               {AuditedOfPeople(clock_.Now(), by, {.what = "record.disputes_read", .object = by.person->text()})}));
  return disputes;
}

// A token is the place of an organisation among those the caller answers for, and the store's token there.
Result<Page<Dispute>> ReadDisputes::List(const ListOrder& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const std::vector<OrganisationId> answered, AnsweredBy(store_, caller, now));
  std::size_t at = 0;
  std::string after;
  if (!order.after.empty()) {
    const char* const end = order.after.data() + order.after.size();
    const auto read = std::from_chars(order.after.data(), end, at);
    if (read.ec != std::errc() || read.ptr == end || *read.ptr != '.')
      return Fault{Reason::kFieldInvalid, "", "page_token is not that of a page"};
    after = std::string(read.ptr + 1, end);
  }
  Page<Dispute> disputes;
  const std::size_t limit = std::max<std::size_t>(order.limit, 1);
  while (at < answered.size() && disputes.rows.size() < limit) {
    TRY_ASSIGN(Page<DisputeRow> page, store_.DisputesOf(answered[at], after, limit - disputes.rows.size()));
    for (DisputeRow& row : page.rows) {
      if (row.state == DisputeState::kAccepted || (!order.all && row.state != DisputeState::kOpen)) continue;
      TRY_ASSIGN(Dispute dispute, OpenDispute(vault_, std::move(row)));
      disputes.rows.push_back(std::move(dispute));
    }
    after = page.next;
    if (after.empty()) ++at;
  }
  if (at < answered.size()) disputes.next = std::to_string(at) + "." + after;
  TRY(ApplyNow(store_, {Audited(now, order.by, {.what = "record.disputes_read"})}));
  return disputes;
}

// The record was issued anew or revoked since the dispute was raised; being bound to another key corrects nothing. One
// that was over before is corrected by another of its kind in its place.
Result<bool> SettleDispute::WasCorrected(const DisputeRow& row) {
  TRY_ASSIGN(const std::optional<CredentialRow> credential, store_.FindCredential(row.organisation, row.credential));
  if (!credential || credential->state != CredentialState::kRevoked) return false;
  const std::string& why = credential->state_reason;
  if (why == kPassportReplaced || why == "lost_passport" || why == "erased") return false;
  if (credential->state_at >= row.raised_at) return true;
  TRY_ASSIGN(const std::vector<CredentialRow> held, AllHeldBy(store_, row.person));
  return std::any_of(held.begin(), held.end(), [&](const CredentialRow& other) {
    return other.organisation == row.organisation && other.kind == row.kind &&
           other.state == CredentialState::kCurrent && other.issued_at >= row.raised_at;
  });
}

Result<Dispute> SettleDispute::operator()(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  const bool ends = order.state == DisputeState::kConfirmed || order.state == DisputeState::kCorrected;
  if (!ends) return Fault{Reason::kFieldInvalid, "", "state is not CORRECTED or CONFIRMED"};
  if (!AreWords(order.answer)) return Fault{Reason::kFieldInvalid, "", "answer is not 1 to 1000 bytes"};
  TRY_ASSIGN(const std::vector<OrganisationId> answered, AnsweredBy(store_, caller, now));
  std::optional<DisputeRow> row;
  for (const OrganisationId& organisation : answered) {
    TRY_ASSIGN(row, store_.FindDispute(organisation, order.dispute));
    if (row) break;
  }
  if (!row || row->state == DisputeState::kAccepted) return NoSuchDispute();
  const DataOwner about = owner::Person(row->organisation, row->person);
  // Under the key of the person, because the words are about them.
  const Digest plain =
      RequestDigest({"settle_dispute", order.dispute,
                     order.state == DisputeState::kCorrected ? "corrected" : "confirmed", order.answer});
  TRY_ASSIGN(const std::optional<Digest> digest,
             vault_.DigestUnder(about, "request",
                                std::string_view(reinterpret_cast<const char*>(plain.data()), plain.size())));
  const RequestKey key{.by = caller.id, .id = order.request, .digest = digest.value_or(Digest{})};
  TRY_ASSIGN(const std::optional<std::string> answer, RepeatAnswer(store_, key, order.by, now));
  if (answer) return OpenDispute(vault_, *row);
  if (row->state != DisputeState::kOpen) return Fault{Reason::kStateConflict, "", "the dispute is settled"};
  if (order.state == DisputeState::kCorrected) {
    TRY_ASSIGN(const bool corrected, WasCorrected(*row));
    if (!corrected) {
      return Fault{Reason::kStateConflict, "", "the record stands as it was; issue it anew or revoke it first"};
    }
  }
  row->state = order.state;
  row->settled_at = now;
  ++row->revision;
  TRY_ASSIGN(row->sealed_answer, vault_.Seal(about, kDisputeAnswerContext, order.answer));
  TRY(ApplyOnce(store_,
                {ExpectDataKey{about}, PutDispute{*row},
                 Audited(now, order.by,
                         {.what = "record.dispute_settled",
                          .object = row->id,
                          .why = order.state == DisputeState::kCorrected ? "corrected" : "confirmed",
                          .request = order.request.text()}),
                 AppendEvent{{now, "record.dispute_settled", row->id}},
                 RememberAnswer{{caller.id, order.request, key.digest, row->id, now}}},
                key));
  return OpenDispute(vault_, *row);
}

}  // namespace passport
