#include "passport-service/acts/read_evidence.h"

#include <algorithm>

#include "credential/crypto/jwk.h"
#include "credential/encoding/base64url.h"
#include "passport-service/acts/audited.h"
#include "passport-service/acts/enrol_organisation.h"
#include "passport-service/acts/key_certificates.h"
#include "passport-service/acts/override_decision.h"
#include "passport-service/acts/sealed_person.h"
#include "passport-service/acts/sealed_receipt.h"

namespace passport {
namespace {

Result<std::string> ThumbprintOf(PersonVault& vault, const PersonRow& person) {
  TRY_ASSIGN(const HolderKeyPair holder, OpenHolder(vault, person));
  json::Tree tree;
  const Result<json::Value*> jwk = tree.Parse(holder.jwk, json::kTokenLimits);
  if (!jwk.ok()) return Fault{Reason::kStoreUnavailable, "", "a stored holder key is damaged"};
  const Result<PublicKey> key = ReadJwk(**jwk);
  if (!key.ok()) return Fault{Reason::kStoreUnavailable, "", "a stored holder key is damaged"};
  return Thumbprint(key->point());
}

bool IsThumbprint(std::string_view text) {
  Digest digest{};
  return DecodeBase64UrlInto(text, digest).ok();
}

Result<EvidenceOverride> ToEvidence(PersonVault& vault, OverrideRow row) {
  TRY_ASSIGN(const Override opened, OpenOverride(vault, std::move(row)));
  return EvidenceOverride{.link = opened.row.reliance,
                          .named_person = opened.named_person,
                          .reason = opened.row.reason,
                          .words = opened.words,
                          .from = opened.row.from,
                          .until = opened.row.until};
}

}  // namespace

Result<std::optional<std::string>> ReadEvidence::SubjectOf(const OrganisationRow& caller, const Order& order) {
  if (order.employee_number && order.subject)
    return Fault{Reason::kFieldInvalid, "", "employee_number and subject exclude each other"};
  if (order.subject) {
    // It is audited in clear, so it must be what it is said to be.
    if (!IsThumbprint(*order.subject))
      return Fault{Reason::kFieldInvalid, "", "subject is not the thumbprint of a holder's key"};
    return order.subject;
  }
  if (!order.employee_number) return std::optional<std::string>();
  TRY_ASSIGN(const std::optional<EmploymentRow> employment,
             FindEmployee(store_, vault_, caller.id, *order.employee_number));
  if (!employment) return Fault{Reason::kNotFound, "", "none of your people has this employee number"};
  TRY_ASSIGN(const std::optional<PersonRow> person, store_.FindPerson(employment->person));
  if (!person) return Fault{Reason::kStoreUnavailable, "", "a person who is employed is not there"};
  TRY_ASSIGN(std::string subject, ThumbprintOf(vault_, *person));
  return std::optional(std::move(subject));
}

Result<void> ReadEvidence::Tally(Export& under_way, const std::optional<RelianceLink>& last, EvidenceHead& head) {
  constexpr std::size_t kPage = 200;
  if (!last) return {};
  OverrideTally tally;
  std::string after;
  do {
    Page<OverrideRow> page;
    if (under_way.subject) {
      TRY_ASSIGN(page.rows, store_.OverridesFor(under_way.organisation, *under_way.subject));
    } else {
      TRY_ASSIGN(page, store_.OverridesOf(under_way.organisation, after, kPage));
    }
    for (OverrideRow& row : page.rows) {
      if (row.reliance > last->sequence) continue;  // beside a decision that came since
      under_way.overrides.insert(row.id);
      TRY_ASSIGN(const EvidenceOverride opened, ToEvidence(vault_, std::move(row)));
      tally.Add(opened);
    }
    after = page.next;
  } while (!after.empty());
  head.overrides = tally.count();
  head.overrides_digest = tally.digest();
  return {};
}

Result<std::uint64_t> ReadEvidence::CountErased(const Export& under_way) {
  constexpr std::size_t kPage = 200;
  std::uint64_t erased = 0;
  std::uint64_t seen = 0;
  std::uint64_t after = 0;
  while (seen < under_way.count) {
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(under_way.count - seen, kPage));
    TRY_ASSIGN(const Page<RelianceRow> page, RowsAfter(under_way, after, wanted));
    if (page.rows.empty()) return Fault{Reason::kEvidence, "", "a reliance row that was counted is not there"};
    for (const RelianceRow& row : page.rows) {
      TRY_ASSIGN(const bool kept,
                 vault_.Keeps(owner::Subject(row.entry.organisation, row.entry.subject), row.entry.sealed_receipt));
      if (!kept) ++erased;
      after = under_way.subject ? row.link.subject_sequence : row.link.sequence;
      ++seen;
    }
  }
  return erased;
}

Result<Page<RelianceRow>> ReadEvidence::RowsAfter(const Export& under_way, std::uint64_t after, std::size_t limit) {
  if (under_way.subject) return store_.ReliancesOn(under_way.organisation, *under_way.subject, after, limit);
  return store_.ReliancesOf(under_way.organisation, after, limit);
}

Result<ReadEvidence::Export> ReadEvidence::Begin(const Order& order) {
  const Instant now = clock_.Now();
  TRY_ASSIGN(const OrganisationRow caller, FindCaller(store_, order.by));
  TRY_ASSIGN(const std::optional<std::string> subject, SubjectOf(caller, order));
  TRY_ASSIGN(const std::optional<DocumentRow> registry, store_.NewestDocument("registry"));
  if (!registry) return Fault{Reason::kRegistryStale, "", "nothing has been published yet"};
  TRY(ApplyNow(store_, {Audited(now, order.by, {.what = "evidence.exported", .object = subject.value_or("all")})}));
  TRY_ASSIGN(const std::optional<RelianceLink> last,
             subject ? store_.LastLinkOn(caller.id, *subject) : store_.LastLink(caller.id));
  Export under_way{.organisation = caller.id,
                   .subject = subject,
                   .count = !last     ? 0
                            : subject ? last->subject_sequence
                                      : last->sequence,
                   .signed_head = {},
                   .registry_token = registry->text,
                   .overrides = {}};
  EvidenceHead head{.organisation = caller.id,
                    .subject = subject,
                    .count = under_way.count,
                    .last = last ? last->hash : Digest{},
                    .at = now};
  TRY(Tally(under_way, last, head));
  TRY_ASSIGN(head.erased, CountErased(under_way));
  TRY_ASSIGN(const SigningKey key, FindSigningKey(keys_, store_, KeyOwner::Service(), KeyRole::kReceipt));
  TRY_ASSIGN(under_way.signed_head, SignEvidenceHead(head, key.reference(), *key.signer));
  return under_way;
}

Result<ReadEvidence::Item> ReadEvidence::Open(const RelianceRow& row, const Export& under_way) {
  Item item{.item = {.link = row.link, .receipt = {}}, .overrides = {}};
  TRY_ASSIGN(std::optional<std::string> receipt, UnsealReceipt(vault_, row.entry));
  item.item.receipt = std::move(receipt).value_or("");
  TRY_ASSIGN(std::vector<OverrideRow> overrides, store_.OverridesOn(row.entry.organisation, row.link.sequence));
  for (OverrideRow& each : overrides) {
    if (!under_way.overrides.contains(each.id)) continue;  // it came since the export began
    TRY_ASSIGN(EvidenceOverride opened, ToEvidence(vault_, std::move(each)));
    item.overrides.push_back(std::move(opened));
  }
  return item;
}

Result<std::vector<ReadEvidence::Item>> ReadEvidence::Next(Export& under_way, std::size_t limit) {
  std::vector<Item> items;
  const std::uint64_t left = under_way.count - under_way.done;
  if (left == 0) return items;
  const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, limit));
  TRY_ASSIGN(const Page<RelianceRow> page, RowsAfter(under_way, under_way.after, wanted));
  if (page.rows.empty()) return Fault{Reason::kEvidence, "", "a reliance row that was counted is not there"};
  for (const RelianceRow& row : page.rows) {
    TRY_ASSIGN(Item item, Open(row, under_way));
    items.push_back(std::move(item));
    under_way.after = under_way.subject ? row.link.subject_sequence : row.link.sequence;
    ++under_way.done;
  }
  return items;
}

}  // namespace passport
