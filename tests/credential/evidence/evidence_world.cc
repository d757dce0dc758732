#include "tests/credential/evidence/evidence_world.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>

namespace passport {
namespace {

template <class T>
T OrStop(Result<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "evidence world: %s\n", result.fault().detail.c_str());
    std::abort();
  }
  return std::move(result).value();
}

std::string WithoutEnd(std::string line) {
  if (line.empty() || line.back() != '\n') std::abort();
  line.pop_back();
  return line;
}

ReceiptRecord RecordOf(char letter, std::string_view kind, std::vector<Record::Field> facts) {
  return {.credential = CredentialOf(letter),
          .kind = std::string(kind),
          .issuer = OrStop(OrganisationId::Parse("ods:RC9")),
          .issuer_name = "Example RC9",
          .issuer_kid = "issue-1",
          .issued_at = kNow - Seconds{90 * 86400},
          .standing = "good",
          .status_as_of = kNow - Seconds{240},
          .facts = std::move(facts)};
}

std::vector<Record::Field> Checked(std::vector<Record::Field> facts) {
  const std::vector<Record::Field> common = {{"achieved_on", "2026-08-20"},
                                             {"assurance", "employer_verified"},
                                             {"method", "documents_seen"},
                                             {"checker_role", "recruitment_officer"},
                                             {"checked_on", "2026-08-20"}};
  facts.insert(facts.end(), common.begin(), common.end());
  return facts;
}

}  // namespace

void Evidence::TearDownTestSuite() {
  RecordProperty("cases", std::to_string(cases_));
  std::printf("Evidence: %zu cases\n", cases_);
}

EvidenceWorld& EvidenceWorld::Get() {
  static EvidenceWorld world;
  return world;
}

EvidenceWorld::EvidenceWorld() : receipt_key(NewKey()), other_receipt_key(NewKey()), trust(TrustWorld::Get()) {}

RegistryContent EvidenceWorld::Content() const {
  RegistryContent content = trust.Content();
  content.receipt_keys = {ListedKey(receipt_key, "receipt-1"), ListedKey(other_receipt_key, "receipt-2")};
  return content;
}

std::string EvidenceWorld::RegistryToken() const {
  static const std::string token = trust.RegistryToken(Content());
  return token;
}

TrustRegistry EvidenceWorld::Registry() const { return RegistryOf(Content()); }

TrustRegistry RegistryOf(const RegistryContent& content) {
  TrustWorld& trust = TrustWorld::Get();
  return OrStop(TrustRegistry::Read(trust.RegistryToken(content), trust.pinned, content.issued_at, kMinute));
}

OrganisationId Receiver() { return TrustWorld::Get().council.id; }
std::string SubjectOf(char letter) { return std::string(43, letter); }
CredentialId CredentialOf(char letter) { return OrStop(CredentialId::Parse(std::string(43, letter))); }

ReceiptContent VerifiedReceipt(char person, Instant decided_at) {
  ReceiptContent content{.receiver = Receiver()};
  content.subject = SubjectOf(person);
  content.purpose = "community_shift";
  content.agreement = "workforce_sharing_agreement";
  content.outcome = "good";
  content.snapshot_id = std::string(43, 's');
  content.registry_sequence = 7;
  content.decided_at = decided_at;
  content.records = {
      RecordOf('A', "identity_check",
               Checked({{"given_names", "Testina"}, {"family_name", "Sample"}, {"document_types", "passport"}})),
      RecordOf('B', "professional_registration",
               Checked({{"regulator", "NMC"}, {"register_status", "registered"}, {"restrictions", "false"}})),
      RecordOf('C', "mandatory_training",
               Checked({{"subject", "fire_safety"}, {"level", "1"}, {"expires_on", "2027-08-19"}}))};
  for (ReceiptRecord& record : content.records) {
    record.issued_at = decided_at - Seconds{90 * 86400};
    record.status_as_of = decided_at - Seconds{240};
  }
  return content;
}

ReceiptContent MetReceipt(char person, Instant decided_at) {
  ReceiptContent content = VerifiedReceipt(person, decided_at);
  content.profile = "community-nurse";
  content.profile_version = 3;
  content.profile_digest = std::string(43, 'p');
  content.profile_digest.back() = 'w';
  content.place = Receiver().text();
  content.engagement = "placement";
  content.starts_at = decided_at + kDay;
  content.ends_at = decided_at + kDay + Seconds{8 * 3600};
  content.outcome = "met_expiring";
  content.lines = {{"identity", "identity checked by an employer", "met", "none", {CredentialOf('A')}, std::nullopt},
                   {"registration",
                    "NMC registered nurse",
                    "met",
                    "none",
                    {CredentialOf('B')},
                    CivilDay::InLondon(*content.ends_at)},
                   {"fire-safety",
                    "fire safety in the last 24 months",
                    "met_expiring",
                    "ends_too_soon",
                    {CredentialOf('C')},
                    CivilDay::InLondon(*content.ends_at)}};
  return content;
}

std::string Signed(const ReceiptContent& content) {
  return OrStop(SignReceipt(content, "receipt-1", EvidenceWorld::Get().receipt_key));
}

EvidenceOverride OverrideOf(std::uint64_t link) {
  return {.link = link,
          .named_person = "Example Manager",
          .reason = "patient_safety",
          .words = "No other nurse can come tonight",
          .from = kNow,
          .until = kNow + kDay};
}

Chain& Chain::Add(const ReceiptContent& content, std::vector<EvidenceOverride> overrides) {
  return AddToken(content.subject, content.decided_at, Signed(content), std::move(overrides));
}

Chain& Chain::AddToken(std::string_view subject, Instant at, std::string token,
                       std::vector<EvidenceOverride> overrides) {
  RelianceLink link{.sequence = items_.size() + 1,
                    .previous = items_.empty() ? Digest{} : items_.back().link.hash,
                    .subject_sequence = 1,
                    .subject_previous = {},
                    .at = at,
                    .subject = std::string(subject),
                    .receipt_digest = Sha256(token),
                    .hash = {}};
  for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
    if (item->link.subject != subject) continue;
    link.subject_sequence = item->link.subject_sequence + 1;
    link.subject_previous = item->link.hash;
    break;
  }
  link.hash = LinkHash(organisation_, link);
  items_.push_back({std::move(link), std::move(token)});
  overrides_.push_back(std::move(overrides));
  return *this;
}

Chain& Chain::Erase(std::size_t number) {
  items_[number - 1].receipt.clear();
  return *this;
}

EvidenceHead Chain::Head(std::string_view subject, Instant at) const {
  EvidenceHead head{.organisation = organisation_, .at = at};
  if (!subject.empty()) head.subject = std::string(subject);
  OverrideTally overrides;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (!subject.empty() && items_[i].link.subject != subject) continue;
    ++head.count;
    head.last = items_[i].link.hash;
    if (items_[i].receipt.empty()) ++head.erased;
    for (const EvidenceOverride& one : overrides_[i]) overrides.Add(one);
  }
  head.overrides = overrides.count();
  head.overrides_digest = overrides.digest();
  return head;
}

std::vector<std::string> Chain::Lines(std::string_view subject) const { return LinesWith(Head(subject)); }

std::vector<std::string> Chain::LinesWith(const EvidenceHead& head) const {
  EvidenceWorld& world = EvidenceWorld::Get();
  const std::string signed_head = OrStop(SignEvidenceHead(head, "receipt-1", world.receipt_key));
  std::vector<std::string> lines = {WithoutEnd(EvidenceFileHeader(signed_head, world.RegistryToken()))};
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (head.subject && items_[i].link.subject != *head.subject) continue;
    lines.push_back(WithoutEnd(EvidenceFileItem(items_[i], overrides_[i])));
  }
  return lines;
}

std::string CheckLines(const std::vector<std::string>& lines, std::vector<CheckedItem>* items) {
  Evidence::Count();
  const auto words = [](const Fault& fault) { return std::string(WordOf(fault.reason)) + ": " + fault.detail; };
  if (lines.empty()) return "no lines";
  EvidenceCheck check(TrustWorld::Get().pinned);
  const Result<EvidenceHead> head = check.Begin(lines[0]);
  if (!head.ok()) return words(head.fault());
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Result<CheckedItem> item = check.Next(lines[i]);
    if (!item.ok()) return words(item.fault());
    if (items != nullptr) items->push_back(std::move(item).value());
  }
  const Result<void> end = check.End();
  return end.ok() ? "ok" : words(end.fault());
}

}  // namespace passport
